"""A decision as lines: the whole card where there is room, a strip of four lines where not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from operator import itemgetter

from textual.content import Content

from boardroom_tui.protocol.fields import Method, Vote
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import may_vote, open_decisions
from boardroom_tui.ui.widgets.cell_wrap import ELLIPSIS, cut, one_line, wrap
from boardroom_tui.ui.widgets.countdown import time_left
from boardroom_tui.ui.widgets.decision_rows import Kind, decision_row, listed
from boardroom_tui.ui.widgets.rows import line_of
from boardroom_tui.ui.widgets.vote import words
from boardroom_tui.ui.widgets.vote.own_vote import own_in_short, own_vote
from boardroom_tui.ui.widgets.vote.tally_bars import (
    FACES,
    VOTED,
    bar,
    labelled_bar,
    short_bar,
    short_label,
)
from boardroom_tui.ui.widgets.vote.words import QUIET, Remark

_STRIP_HEIGHT = 4
_LONG_TEXT = 6
"""A text of more lines stands below the bars, so that they stay in sight."""


@dataclass(frozen=True, slots=True)
class VoteScene:
    """What a card is drawn from."""

    meeting: Meeting
    view: DecisionView
    now: datetime
    zone: tzinfo | None = None
    key: str = "v"
    """The key that votes."""
    object_key: str = "n"
    """The key that objects."""
    comments: tuple[str, ...] = ()
    """What was commented in a secret ballot, where one may read it."""
    next_key: str = "→"
    """The key that shows the next open vote, where there are several."""
    connected: bool = True
    """Whether what is sent is under way, and does not wait."""

    @property
    def own(self) -> Remark:
        """How one's own vote stands."""
        keys = self.key, self.zone, self.object_key
        return own_vote(self.meeting, self.view, *keys, connected=self.connected)

    @property
    def cast(self) -> Vote | None:
        """What one has voted; None in a secret ballot."""
        return None if self.view.own_vote is None else self.view.own_vote.vote

    @property
    def standing(self) -> Remark:
        """Whether the vote is open; with its place among several."""
        standing = words.standing(self.view)
        place = self.place
        if place is None:
            return standing
        return Remark(standing.symbol, f"{standing.words}, {place}", standing.style)

    @property
    def place(self) -> str | None:
        """Which of several open votes it is: `1 of 2`."""
        ids = [view.decision_id for view in open_decisions(self.meeting)]
        if self.view.decision_id not in ids or len(ids) == 1:
            return None
        return f"{ids.index(self.view.decision_id) + 1} of {len(ids)}"

    @property
    def others(self) -> tuple[DecisionView, ...]:
        """The votes that are open beside this one."""
        being_voted = open_decisions(self.meeting)
        return tuple(one for one in being_voted if one.decision_id != self.view.decision_id)


def top_of_card(scene: VoteScene, width: int) -> Content:
    """Whether the vote is open, and the time left."""
    return _top_line(scene.standing, scene, width)


def top_of_strip(scene: VoteScene, width: int) -> Content:
    """The vote's title, and the time left."""
    place = "" if scene.place is None else f"{scene.place}: "
    title = f"{place}{one_line(scene.view.title)}"
    standing = Remark(scene.standing.symbol, title, scene.standing.style)
    return _top_line(standing, scene, width)


def card(scene: VoteScene, width: int) -> list[Content]:
    """All there is to say, in lines of `width`."""
    text = _text(scene.view, width)
    long = len(text) > _LONG_TEXT
    lines = [top_of_card(scene, width)]
    lines += _wrapped(one_line(scene.view.title), width, "bold")
    if text and not long:
        lines += text
    lines.append(Content())
    lines += _verdict(scene.view, width) or _wrapped(words.rule(scene.view), width, QUIET)
    if (outlook := forecast(scene.meeting, scene.view)) is not None:
        lines += _wrapped(outlook, width, "bold")
    for said in words.secrecy(scene.view):
        lines += _wrapped(said, width, QUIET)
    lines += [Content(), *_bars(scene, width)]
    lines += _remark(scene.own, width)
    for said in _around(scene):
        lines += _wrapped(said, width, QUIET)
    lines += _also_open(scene, width)
    lines += _comments(scene.comments, width)
    if long:
        lines += [Content(), *text]
    return lines


def before(scene: VoteScene, width: int, room: int) -> list[Content]:
    """What was decided before, the newest first, in at most `room` lines: they go below a card."""
    ended = [
        (view.outcome.completed_at, view)
        for view in listed(scene.meeting, Kind.DECIDED)
        if view.outcome is not None and view.decision_id != scene.view.decision_id
    ]
    ended.sort(key=itemgetter(0), reverse=True)
    rows = [decision_row(view, scene.now, scene.zone) for _, view in ended[: max(0, room - 2)]]
    heading = [Content(), *_wrapped("Decided before:", width, QUIET)] if rows else []
    return [*heading, *(line_of(row, width) for row in rows)]


def condensed(scene: VoteScene, width: int) -> list[Content]:
    """The same where that is too long to be seen whole: what one must not miss first."""
    lines = [*strip(scene, width), Content(), *_text(scene.view, width)]
    about = [words.rule(scene.view), *words.secrecy(scene.view), *_around(scene)]
    for said in about:
        lines += _wrapped(said, width, QUIET)
    return [*lines, *_also_open(scene, width), *_comments(scene.comments, width)]


def strip(scene: VoteScene, width: int) -> list[Content]:
    """The same in four lines at most, the most telling first."""
    view = scene.view
    top = top_of_strip(scene, width)
    bars = _short_bars(scene, width)
    if view.outcome is not None:
        # One's own vote stays; the bars say again what a long verdict says.
        room = _STRIP_HEIGHT - 2
        verdict = _verdict(view, width)
        said = [verdict[0], _goes_on(verdict[1], width)] if len(verdict) > room else verdict
        return [top, *[*said, *bars][:room], _line(scene.own, width)]
    begin = f"{words.way(view)} ".lstrip()
    outlook = forecast(scene.meeting, view)
    said = f"{begin}{words.rule(view)}"
    if outlook is not None:
        both = f"{begin}{outlook} {words.rule(view)}"
        said = both if Content(both).cell_length <= width else f"{begin}{outlook}"
    return [top, *bars, _line(scene.own, width), Content.assemble((cut(said, width), QUIET))]


def in_one_line(scene: VoteScene, width: int) -> Content:
    """The vote where there is room for nothing else: its title, one's own vote, the time left."""
    own = own_in_short(scene.meeting, scene.view)
    left = Remark(scene.standing.symbol, one_line(scene.view.title), scene.standing.style)
    return _top_line(left, scene, width, own)


def in_few_words(scene: VoteScene, width: int, *, keyed: bool = False) -> Content:
    """The same, no wider than it is long: what stands in a dialog's frame.

    `keyed` names the key that votes as well, where one has not voted.
    """
    time = time_left(scene.view, scene.now, scene.zone)
    own = own_in_short(scene.meeting, scene.view)
    said = [(f"{time.symbol} {time.words}".strip(), f"{time.style} bold")]
    if own is not None:
        said.insert(0, (str(own), f"{own.style} bold"))
    if keyed and may_vote(scene.meeting) and scene.view.own_vote is None:
        objects = scene.view.method is Method.CONSENT
        said.append((f"{scene.object_key} objects" if objects else f"{scene.key} votes", "$accent"))
    behind = Content("").join(Content.assemble(" · ", piece) for piece in said)
    room = width - behind.cell_length
    title = cut(f"{scene.standing.symbol} {one_line(scene.view.title)}", room)
    return Content.assemble((title, f"{scene.standing.style} bold"), behind).truncate(width)


def nothing(width: int, open_key: str | None = None) -> list[Content]:
    """What stands where no vote was opened yet; `open_key` opens one."""
    first, second = words.NOTHING
    lines = [*_wrapped(first, width, "bold"), *_wrapped(second, width, QUIET)]
    if open_key is not None:
        lines += [Content(), *_wrapped(f"▸ {open_key} opens one.", width, "$accent bold")]
    return lines


def _top_line(left: Remark, scene: VoteScene, width: int, own: Remark | None = None) -> Content:
    time = time_left(scene.view, scene.now, scene.zone)
    right = Content.assemble((f"{time.symbol} {time.words}".strip(), f"{time.style} bold"))
    if own is not None:
        right = Content.assemble((str(own), f"{own.style} bold"), "  ", right)
    shown = cut(str(left), width - right.cell_length - 2)
    blanks = " " * (width - Content(shown).cell_length - right.cell_length)
    return Content.assemble((shown, f"{left.style} bold"), blanks, right).truncate(width)


def _text(view: DecisionView, width: int) -> list[Content]:
    text = words.text_of(view)
    return [] if text is None else [Content(line) for line in wrap(text, width)]


def _verdict(view: DecisionView, width: int) -> list[Content]:
    said = view.verdict
    if said is None:
        return []
    standing = words.standing(view)
    return _wrapped(f"{standing.symbol} {said}", width, f"bold {standing.style}")


def _goes_on(line: Content, width: int) -> Content:
    """The line with a mark that there is more."""
    return line.truncate(width - 1).rstrip() + Content.styled(ELLIPSIS, "bold")


def _comments(comments: Sequence[str], width: int) -> list[Content]:
    if not comments:
        return []
    lines = [Content(), *_wrapped(words.COMMENTS, width, QUIET)]
    for comment in comments:
        first, *more = wrap(comment, width - 2)
        lines += [Content(f"· {first}"), *(Content(f"  {line}") for line in more)]
    return lines


def _around(scene: VoteScene) -> list[str]:
    """What stands below one's own vote: whose votes are missing, how others voted."""
    missing = words.missing_names(scene.meeting, scene.view)
    return [
        *([] if missing is None else [missing]),
        *words.for_others(scene.meeting, scene.view),
        *words.roll_call(scene.meeting, scene.view),
    ]


def _also_open(scene: VoteScene, width: int) -> list[Content]:
    """The other votes that are open, each with one's own vote and the time left."""
    if not scene.others:
        return []
    lines = [Content(), *_wrapped(f"Also open; {scene.next_key} shows it:", width, QUIET)]
    for view in scene.others:
        other = VoteScene(scene.meeting, view, scene.now, scene.zone)
        title = Remark(words.standing(view).symbol, one_line(view.title), "$accent")
        own = own_in_short(scene.meeting, view)
        lines.append(_top_line(title, other, width))
        if own is not None:
            lines.append(Content.assemble((cut(f"  {own}", width), own.style)))
    return lines


def _bars(scene: VoteScene, width: int) -> list[Content]:
    """The bars and a line below them."""
    view = scene.view
    total, required = words.voted(view)
    of_all = f"{total} of {required}" if required else f"{total}"
    share = total / required if required else 0.0
    if words.is_silent(view):
        return []
    if words.hides_votes(view):
        return [labelled_bar(VOTED, share, of_all, width, len(of_all)), Content()]
    counts = {vote: f"{count}" for vote, count in words.counts(view).items()}
    shares = words.shares(view)
    column = max(map(len, (of_all, *counts.values())))
    return [
        *(
            labelled_bar(face, shares[vote], counts[vote], width, column, own=vote is scene.cast)
            for vote, face in FACES.items()
        ),
        labelled_bar(VOTED, share, of_all, width, column),
        Content(),
    ]


def _short_bars(scene: VoteScene, width: int) -> list[Content]:
    view = scene.view
    if words.is_silent(view):
        return []
    total, required = words.voted(view)
    turnout = f"{total} of {required} voted" if required else f"{total} voted"
    room = width - len(turnout) - 2
    if words.hides_votes(view):
        share = total / required if required else 0.0
        bars = [bar(share, max(8, room), VOTED)]
    else:
        counts, shares = words.counts(view), words.shares(view)
        labels = [
            short_label(face, counts[vote], own=vote is scene.cast) for vote, face in FACES.items()
        ]
        each = room // 3 - 2
        # Where the bars had no room the numbers have: they say it all.
        has_room = all(label.cell_length < each for label in labels)
        bars = [
            short_bar(label, face, shares[vote], each) if has_room else label
            for label, (vote, face) in zip(labels, FACES.items(), strict=True)
        ]
        if not has_room and sum(label.cell_length + 2 for label in labels) > room + 2:
            turnout = f"{total}/{required}" if required else ""
    return [Content.assemble(Content("  ").join(bars), "  ", (turnout, "bold")).truncate(width)]


def _remark(remark: Remark, width: int) -> list[Content]:
    first, *more = wrap(remark.words, width - 2)
    style = f"bold {remark.style}"
    return [
        Content.assemble((f"{remark.symbol} {first}", style)),
        *(Content.assemble((f"  {line}", style)) for line in more),
    ]


def _line(remark: Remark, width: int) -> Content:
    return Content.assemble((cut(str(remark), width), f"bold {remark.style}"))


def _wrapped(text: str, width: int, style: str) -> list[Content]:
    return [Content.assemble((line, style)) for line in wrap(text, width)]
