"""A decision as lines: the whole card where there is room, a strip of four lines where not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from textual.content import Content

from boardroom_tui.protocol.fields import Vote
from boardroom_tui.state.forecast import forecast
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import open_decisions
from boardroom_tui.ui.widgets import vote_words as words
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line, wrap
from boardroom_tui.ui.widgets.tally_bars import FACES, VOTED, bar, labelled_bar, short_bar
from boardroom_tui.ui.widgets.vote_words import QUIET, Remark

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

    @property
    def own(self) -> Remark:
        """How one's own vote stands."""
        return words.own_vote(self.meeting, self.view, self.key, self.zone, self.object_key)

    @property
    def standing(self) -> Remark:
        """Whether the vote is open; with its place among several."""
        standing = words.standing(self.view)
        several = len(open_decisions(self.meeting))
        if self.view.is_open and several > 1:
            return Remark(standing.symbol, f"{standing.words}, 1 of {several}", standing.style)
        return standing


def card(scene: VoteScene, moving: Mapping[Vote, float], width: int) -> list[Content]:
    """All there is to say, in lines of `width`; `moving` are the lengths of the bars now."""
    text = _text(scene.view, width)
    long = len(text) > _LONG_TEXT
    lines = [_top_line(scene.standing, scene, width)]
    lines += _wrapped(one_line(scene.view.title), width, "bold")
    if text and not long:
        lines += text
    lines.append(Content())
    lines += _verdict(scene.view, width) or _wrapped(words.rule(scene.view), width, QUIET)
    if (outlook := forecast(scene.meeting, scene.view)) is not None:
        lines += _wrapped(outlook, width, "bold")
    for said in words.secrecy(scene.view):
        lines += _wrapped(said, width, QUIET)
    lines += [Content(), *_bars(scene.view, moving, width), Content()]
    lines += _remark(scene.own, width)
    for said in _around(scene):
        lines += _wrapped(said, width, QUIET)
    lines += _comments(scene.comments, width)
    if long:
        lines += [Content(), *text]
    return lines


def strip(scene: VoteScene, moving: Mapping[Vote, float], width: int) -> list[Content]:
    """The same in four lines at most, the most telling first."""
    view = scene.view
    standing = Remark(scene.standing.symbol, one_line(view.title), scene.standing.style)
    top = _top_line(standing, scene, width)
    bars = _short_bars(view, moving, width)
    if view.outcome is not None:
        return [top, *_verdict(view, width), bars, _line(scene.own, width)][:_STRIP_HEIGHT]
    secret = view.question is not None and view.question.secret
    begin = f"{words.SECRET_SHORT} " if secret else ""
    outlook = forecast(scene.meeting, view)
    said = f"{begin}{words.rule(view)}"
    if outlook is not None:
        both = f"{begin}{outlook} {words.rule(view)}"
        said = both if Content(both).cell_length <= width else f"{begin}{outlook}"
    return [top, bars, _line(scene.own, width), Content.assemble((cut(said, width), QUIET))]


def nothing(width: int, open_key: str | None = None) -> list[Content]:
    """What stands where no vote was opened yet; `open_key` opens one."""
    first, second = words.NOTHING
    lines = [*_wrapped(first, width, "bold"), *_wrapped(second, width, QUIET)]
    if open_key is not None:
        lines += [Content(), *_wrapped(f"▸ {open_key} opens one.", width, "$accent bold")]
    return lines


def _top_line(left: Remark, scene: VoteScene, width: int) -> Content:
    right = words.time_left(scene.view, scene.now, scene.zone)
    said = f"{right.symbol} {right.words}".strip()
    shown = cut(str(left), width - len(said) - 2)
    blanks = " " * (width - Content(shown).cell_length - len(said))
    return Content.assemble((shown, f"{left.style} bold"), blanks, (said, f"{right.style} bold"))


def _text(view: DecisionView, width: int) -> list[Content]:
    if view.question is None or view.question.text.strip() in ("", view.question.title.strip()):
        return []
    return [Content(line) for line in wrap(view.question.text, width)]


def _verdict(view: DecisionView, width: int) -> list[Content]:
    said = view.verdict
    if said is None:
        return []
    standing = words.standing(view)
    return _wrapped(f"{standing.symbol} {said}", width, f"bold {standing.style}")


def _comments(comments: Sequence[str], width: int) -> list[Content]:
    if not comments:
        return []
    lines = [Content(), *_wrapped(words.COMMENTS, width, QUIET)]
    for comment in comments:
        first, *more = wrap(comment, width - 2)
        lines += [Content(f"· {first}"), *(Content(f"  {line}") for line in more)]
    return lines


def _around(scene: VoteScene) -> list[str]:
    """What stands below one's own vote: its id, others' votes, whose votes are missing."""
    said = [words.receipt(scene.view), words.missing_names(scene.meeting, scene.view)]
    return [
        *(line for line in said if line is not None),
        *words.for_others(scene.meeting, scene.view),
        *words.roll_call(scene.meeting, scene.view),
    ]


def _bars(view: DecisionView, moving: Mapping[Vote, float], width: int) -> list[Content]:
    total, required = words.voted(view)
    of_all = f"{total} of {required}" if required else f"{total}"
    share = total / required if required else 0.0
    if words.hides_votes(view):
        return [labelled_bar(VOTED, share, of_all, width, len(of_all))]
    counts = {vote: f"{count}" for vote, count in words.counts(view).items()}
    column = max(map(len, (of_all, *counts.values())))
    return [
        *(
            labelled_bar(face, moving[vote], counts[vote], width, column)
            for vote, face in FACES.items()
        ),
        labelled_bar(VOTED, share, of_all, width, column),
    ]


def _short_bars(view: DecisionView, moving: Mapping[Vote, float], width: int) -> Content:
    total, required = words.voted(view)
    turnout = f"{total} of {required} voted" if required else f"{total} voted"
    room = width - len(turnout) - 2
    if words.hides_votes(view):
        share = total / required if required else 0.0
        bars = [bar(share, max(8, room), VOTED)]
    else:
        counts = words.counts(view)
        each = max(5, room // 3 - 2)
        bars = [short_bar(face, moving[vote], counts[vote], each) for vote, face in FACES.items()]
    return Content.assemble(Content("  ").join(bars), "  ", (turnout, "bold")).truncate(width)


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
