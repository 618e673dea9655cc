"""What a facilitator keeps an eye on, as rows: the vote, quorum, the floor, motions, the agenda."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from boardroom_tui.protocol.fields import ItemStatus
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.motions import number_of, pending_motions
from boardroom_tui.state.schedule import outlook, spent
from boardroom_tui.state.select import (
    elapsed,
    not_voted,
    open_decisions,
    place_of,
    prepared_decisions,
    quorum,
    quorum_forecast,
    shown_name,
)
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.widgets.agenda import ITEM_SYMBOLS, decision_key, item_key, motion_key
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.countdown import time_left
from boardroom_tui.ui.widgets.presence import floor_time, person_key
from boardroom_tui.ui.widgets.rows import Piece, Row
from boardroom_tui.ui.widgets.vote.own_vote import own_in_short
from boardroom_tui.ui.widgets.vote.tally_bars import FACES
from boardroom_tui.ui.widgets.vote.words import counts, hides_votes, voted
from boardroom_tui.ui.words.durations import lasting, rounded

_MINUTE = timedelta(minutes=1)

KeyOf = Callable[[CommandId], str]
"""The key of a command, as people write it."""


@dataclass(frozen=True, slots=True)
class ControlScene:
    """What the rows are made of."""

    meeting: Meeting
    now: datetime
    zone: tzinfo | None
    key_of: KeyOf


def proceedings(scene: ControlScene) -> tuple[Row, ...]:
    """What goes on now: votes, quorum, the floor, motions."""
    sections = (_votes(scene), _quorum(scene.meeting), _floor(scene), _motions(scene))
    return joined(*map(tuple, sections))


def schedule(scene: ControlScene) -> tuple[Row, ...]:
    """The agenda with its times, and what is prepared."""
    return joined(tuple(_agenda(scene)), tuple(_prepared(scene)))


def joined(*sections: tuple[Row, ...]) -> tuple[Row, ...]:
    """Sections one below the other, a blank line between them."""
    rows: list[Row] = []
    for section in sections:
        if section and rows:
            rows.append(Row(left=()))
        rows.extend(section)
    return tuple(rows)


def _heading(words: str, right: str = "") -> Row:
    return Row(left=((words, "$accent bold"),), right=((right, "$dim"),) if right else ())


def _said(words: str, style: str = "$foreground", symbol: str = " ") -> Row:
    """A sentence that goes on in further lines."""
    return Row(left=((f"{symbol} ", style), (words, style)), hang=2)


# Votes


def _votes(scene: ControlScene) -> Iterator[Row]:
    being_voted = open_decisions(scene.meeting)
    yield _heading("Vote" if len(being_voted) < 2 else f"Votes {len(being_voted)}")
    if not being_voted:
        yield _said("No vote is open.", "$dim")
    for view in being_voted:
        yield from _vote(scene, view)


def _vote(scene: ControlScene, view: DecisionView) -> Iterator[Row]:
    meeting = scene.meeting
    time = time_left(view, scene.now, scene.zone)
    yield Row(
        left=(("◆ ", "$accent bold"), (one_line(view.title), "bold")),
        right=((f"{time.symbol} {time.words}".strip(), f"{time.style} bold"),),
        key=decision_key(view.decision_id),
        hang=2,
    )
    total, required = voted(view)
    own = own_in_short(meeting, view)
    mine: tuple[Piece, ...] = () if own is None else ((str(own), own.style),)
    yield Row(left=((f"  {total} of {required} voted", "bold"), *_tally(view)), right=mine)
    if (words := forecast(meeting, view)) is not None:
        yield _said(words)
    if view.not_voted is None:
        return
    here, absent = not_voted(meeting, view)
    if here:
        key = scene.key_of(CommandId.REMIND)
        names = ", ".join(map(one_line, here))
        yield _said(f"Not voted, {len(here)}: {names}. {key} reminds them.", "$warning")
    else:
        yield _said("All who are here have voted.", "$success", "✓")
    if absent:
        yield _said(f"Absent, {len(absent)}: {', '.join(map(one_line, absent))}.", "$dim")


def _tally(view: DecisionView) -> Iterator[Piece]:
    """The votes for each choice, where they may be seen."""
    if not hides_votes(view):
        for vote, count in counts(view).items():
            yield (f"  {FACES[vote].symbol} {count}", FACES[vote].style)


# Quorum and the floor


def _quorum(meeting: Meeting) -> Iterator[Row]:
    here = quorum(meeting)
    if here is None:
        return
    yield _heading("Quorum")
    told = f"{here.have} here, {here.need} needed"
    if not here.met:
        yield _said(f"{told}: {here.need - here.have} more must come.", "$warning", "!")
    elif (hangs := quorum_forecast(meeting)) is not None:
        yield _said(f"{told}. {hangs}", "$warning", "!")
    else:
        spare = here.have - here.need
        words = f"{told}; {spare} may leave." if spare else f"{told}."
        yield _said(words, "$success", "✓")


def _floor(scene: ControlScene) -> Iterator[Row]:
    meeting, speakers = scene.meeting, scene.meeting.speakers
    asking = len(speakers.queue)
    yield _heading("The floor", f"{asking} asking" if asking else "")
    if speakers.speaking is not None:
        name = one_line(shown_name(meeting, speakers.speaking.user_id))
        yield Row(
            left=(("▸ ", "$accent"), (name, "bold")),
            right=floor_time(speakers, scene.now),
            key=person_key(speakers.speaking.user_id),
        )
    for place, turn in enumerate(speakers.queue, start=1):
        waits = elapsed(turn.since, scene.now)
        yield Row(
            left=((f"✋{place} ", "$warning"), (one_line(shown_name(meeting, turn.user_id)), "")),
            right=() if waits is None else ((f"for {rounded(waits)}", "$dim"),),
            key=person_key(turn.user_id),
        )
    if speakers.speaking is None and not speakers.queue:
        yield _said("Nobody has it, nobody asks for it.", "$dim")


# Motions and decisions


def _motions(scene: ControlScene) -> Iterator[Row]:
    pending = pending_motions(scene.meeting)
    if not pending:
        return
    yield _heading("Motions")
    for motion in pending:
        seconded = motion.seconder is not None
        state = f"seconded: {scene.key_of(CommandId.PUT)}" if seconded else "wants a second"
        number = number_of(scene.meeting, motion.motion_id)
        yield Row(
            left=((f"▷ {number} ", "$accent"), (one_line(motion.title), "")),
            right=((state, "$accent bold" if seconded else "$warning"),),
            key=motion_key(motion.motion_id),
            hang=3 + len(str(number)),
        )


def _prepared(scene: ControlScene) -> Iterator[Row]:
    prepared = prepared_decisions(scene.meeting)
    if not prepared:
        return
    yield _heading("Prepared decisions", f"{scene.key_of(CommandId.OPEN)} opens one")
    places = {item.id: place for place, item in enumerate(scene.meeting.agenda, start=1)}
    for view in prepared:
        place = None if view.question is None else places.get(view.question.item_id or "")
        yield Row(
            left=(("◇ ", "$dim"), (one_line(view.title), "")),
            right=() if place is None else ((f"item {place}", "$dim"),),
            key=decision_key(view.decision_id),
            hang=2,
        )


# The agenda


def _agenda(scene: ControlScene) -> Iterator[Row]:
    meeting = scene.meeting
    done = sum(1 for item in meeting.agenda if item.status is ItemStatus.COMPLETED)
    yield _heading("Agenda", f"{done} of {len(meeting.agenda)} done" if meeting.agenda else "")
    if not meeting.agenda:
        yield _said("This meeting has no agenda.", "$dim")
    for item in meeting.agenda:
        yield _item(scene, item)
    end = outlook(meeting, scene.now)
    if end is None:
        return
    words, style = f"Ends about {end.ends_at.astimezone(scene.zone):%H:%M}", "$foreground"
    if end.planned_end is not None and end.late >= _MINUTE:
        words, style = f"{words}, {rounded(end.late)} later than planned", "$warning"
    elif end.planned_end is not None and end.late <= -_MINUTE:
        words = f"{words}, {rounded(-end.late)} earlier than planned"
    if end.unplanned:
        what = "1 item has" if end.unplanned == 1 else f"{end.unplanned} items have"
        words = f"{words}; {what} no planned time"
    yield _said(f"{words}.", style, "!" if style == "$warning" else "◷")


_ITEM_STYLES = {
    ItemStatus.PENDING: ("$dim", "$foreground"),
    ItemStatus.IN_PROGRESS: ("$accent bold", "bold"),
    ItemStatus.COMPLETED: ("$success", "$dim"),
    ItemStatus.DEFERRED: ("$warning", "$dim"),
}


def _item(scene: ControlScene, item: AgendaItem) -> Row:
    place = place_of(scene.meeting, item)
    number = "" if place is None else f"{place} "
    mark, style = _ITEM_STYLES[item.status]
    symbol = f"{ITEM_SYMBOLS[item.status]} "
    return Row(
        left=((symbol, mark), (number, "$dim"), (one_line(item.title), style)),
        right=_times(scene, item),
        key=item_key(item.id),
        hang=len(symbol) + len(number),
    )


def _times(scene: ControlScene, item: AgendaItem) -> tuple[Piece, ...]:
    """`22 of 5 min, 17 min over`: what it took, of what was planned, and the difference."""
    if item.status is ItemStatus.DEFERRED:
        return (("deferred", "$dim"),)
    time = spent(scene.meeting, item, scene.now)
    planned = None if time.planned is None else f"{time.planned // _MINUTE} min"
    if time.taken is None:
        return () if planned is None else ((planned, "$dim"),)
    running = item.status is ItemStatus.IN_PROGRESS
    taken = lasting(time.taken) if running else rounded(time.taken)
    over: Piece = (f", {rounded(time.over)} over" if time.over >= _MINUTE else "", "$warning")
    if planned is None:
        return ((taken, "$foreground" if running else "$dim"),)
    taken = taken.removesuffix(" min")
    return ((taken, "$foreground" if running else "$dim"), (f" of {planned}", "$dim"), over)
