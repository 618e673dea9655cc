"""Everybody of the meeting in one list: the quorum, the floor, the roll, the proxies, the votes."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from boardroom_tui.protocol.fields import Role, Status
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.state.model import Meeting, Person
from boardroom_tui.state.select import (
    has_floor,
    has_vote,
    person,
    place_in_queue,
    quorum,
    quorum_forecast,
    roster,
    shown_name,
)
from boardroom_tui.ui.widgets.name_colour import colour_of
from boardroom_tui.ui.widgets.presence import floor_time, person_key, presence_symbol
from boardroom_tui.ui.widgets.rows import Piece, Row
from boardroom_tui.ui.words.durations import time_of_day

_BLANK = Row(left=())
_PRESENCE, _VOTE, _HAND = 8, 8, 6
"""Cells for each of the words beside a name."""


def roster_rows(
    meeting: Meeting, now: datetime, *, dark: bool, zone: tzinfo | None
) -> tuple[Row, ...]:
    """The whole page; `dark` is whether the theme is one, `zone` where times are shown."""
    return (
        *_of_the_quorum(meeting),
        _BLANK,
        *_of_the_floor(meeting, now, zone),
        _BLANK,
        *_of_the_members(meeting, dark=dark),
    )


def _of_the_quorum(meeting: Meeting) -> Iterator[Row]:
    people = meeting.people.values()
    voters = [one for one in people if has_vote(one)]
    here = [one for one in voters if one.present]
    known = quorum(meeting)
    yield _heading("Quorum")
    if known is None:
        yield Row(left=(("  ", ""), ("This meeting’s server tells of none.", "$dim")), hang=2)
    else:
        mark, style = ("✓ ", "$success") if known.met else ("! ", "$warning")
        margin = known.have - known.need
        spare = f"{margin or 'none'} to spare" if margin >= 0 else f"{-margin} missing"
        words = f"{known.have} of {len(voters)} with a vote are here, {known.need} needed: {spare}"
        yield Row(left=((mark, style), (words, "bold")), hang=2)
    forecast = quorum_forecast(meeting)
    if forecast is not None:
        yield Row(left=(("! ", "$warning"), (forecast, "$warning")), hang=2)
    if any(one.weight > 1 for one in voters):
        weight, whole = (sum(one.weight for one in some) for some in (here, voters))
        yield Row(left=(("  ", ""), (f"Their votes count {weight} of {whole}.", "$dim")), hang=2)


def _of_the_floor(meeting: Meeting, now: datetime, zone: tzinfo | None) -> Iterator[Row]:
    speakers = meeting.speakers
    yield _heading("The floor")
    if speakers.speaking is not None:
        who = speakers.speaking.user_id
        yield Row(
            left=(("  speaks  ", "$accent"), (shown_name(meeting, who), "bold")),
            right=floor_time(speakers, now),
            key=person_key(who, "floor"),
        )
    for place, turn in enumerate(speakers.queue, start=1):
        yield Row(
            left=((f"  ✋{place:<5} ", "$warning"), (shown_name(meeting, turn.user_id), "")),
            right=((f"since {time_of_day(turn.since, now, zone)}", "$dim"),),
            key=person_key(turn.user_id, "floor"),
        )
    if not speakers.queue:
        asks = "Nobody asks for it." if speakers.speaking else "Nobody has it or asks for it."
        yield Row(left=((f"  {asks}", "$dim"),))


def _of_the_members(meeting: Meeting, *, dark: bool) -> Iterator[Row]:
    groups = roster(meeting)
    excused = sum(one.apologies for one in groups.absent)
    counts = [
        f"{len(groups.present) + len(groups.away)} present",
        f"{len(groups.away)} of them away" if groups.away else "",
        f"{len(groups.absent) - excused} absent",
        f"{excused} excused" if excused else "",
    ]
    yield Row(
        left=(
            ("The roll", "$dim bold"),
            (f"  {', '.join(count for count in counts if count)}", "$dim"),
        )
    )
    for someone in (*groups.present, *groups.away, *groups.absent):
        yield from _member(meeting, someone, dark=dark)


def _member(meeting: Meeting, someone: Person, *, dark: bool) -> Iterator[Row]:
    symbol, style = presence_symbol(someone) if someone.present else ("○", "$dim")
    colour = colour_of(someone.user_id, dark) if someone.present else "$dim"
    own = same(Kind.USER, someone.user_id, meeting.own_id)
    role = someone.role if someone.role is Role.FACILITATOR else ""
    words = ", ".join(word for word in ("you" if own else "", role) if word)
    yield Row(
        left=(
            (f"{symbol} ", style),
            (someone.shown_name, colour),
            (f"  {words}" if words else "", "$dim"),
        ),
        right=_columns(meeting, someone),
        key=person_key(someone.user_id),
    )
    for words in _proxies(meeting, someone):
        yield Row(left=((f"    {words}", "$dim"),), key=person_key(someone.user_id))


def _columns(meeting: Meeting, someone: Person) -> tuple[Piece, ...]:
    place = place_in_queue(meeting, someone.user_id)
    hand = "speaks" if has_floor(meeting, someone.user_id) else ""
    hand = f"✋{place}" if place is not None else hand
    # The hand is two cells wide.
    room = _HAND - 1 if place is not None else _HAND
    floor = meeting.speakers
    return (
        # The column is there only while somebody speaks or asks to.
        (f"{hand:<{room}} " if floor.queue or floor.speaking else "", "$warning"),
        (f"{_presence(someone):<{_PRESENCE}} ", "" if someone.present else "$dim"),
        (f"{_vote(someone):<{_VOTE}}", "" if has_vote(someone) else "$dim"),
    )


def _presence(someone: Person) -> str:
    if not someone.present:
        return "excused" if someone.apologies else "absent"
    match someone.status:
        case Status.AWAY | Status.BUSY:
            return str(someone.status)
        case Status.ONLINE | Status.OFFLINE:
            return "present"


def _vote(someone: Person) -> str:
    if someone.role is Role.OBSERVER:
        return "observer"
    if not has_vote(someone):
        return "no vote"
    return f"vote ×{someone.weight}" if someone.weight > 1 else "vote"


def _proxies(meeting: Meeting, someone: Person) -> Iterator[str]:
    """Whose vote somebody casts, and who casts theirs."""
    for giver, holder in meeting.proxies.items():
        if same(Kind.USER, holder, someone.user_id):
            yield f"votes for {shown_name(meeting, giver)} too"
        if same(Kind.USER, giver, someone.user_id):
            named = person(meeting, holder)
            yield f"{holder if named is None else named.shown_name} votes for them"


def _heading(words: str) -> Row:
    return Row(left=((words, "$dim bold"),))
