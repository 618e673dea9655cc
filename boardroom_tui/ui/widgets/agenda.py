"""The agenda with its decisions; the current item has a bar of its time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Method, MotionStatus, Result
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import current_item, elapsed, is_known, item_clock, place_of
from boardroom_tui.ui.widgets.rows import Piece, Row, RowList
from boardroom_tui.ui.widgets.vote.words import POLLED
from boardroom_tui.ui.words.durations import lasting, rounded

BAR = 10
"""The cells of the current item's time bar."""

ITEM_SYMBOLS = {
    ItemStatus.PENDING: "○",
    ItemStatus.IN_PROGRESS: "▸",
    ItemStatus.COMPLETED: "✓",
    ItemStatus.DEFERRED: "»",
}

_RESULTS = {
    Result.APPROVED: ("✓", "$success"),
    Result.REJECTED: ("✗", "$error"),
    Result.NO_QUORUM: ("!", "$warning"),
    Result.WITHDRAWN: ("–", "$dim"),
}


class AgendaPane(RowList):
    """All items with their status, and under each its decisions."""

    BORDER_TITLE = "Agenda"

    def show_time(self, meeting: Meeting, now: datetime) -> None:
        """Show how long the current item has lasted, in an agenda that is shown already."""
        item = current_item(meeting)
        if item is not None:
            place = [row.key for row in self.rows].index(item_key(item.id)) + 1
            time = _time_row(item, item_clock(meeting, now))
            self.rows = (*self.rows[:place], time, *self.rows[place + 1 :])


def item_key(item_id: str) -> str:
    """The key of an item's row."""
    return f"item {item_id}"


def decision_key(decision_id: str) -> str:
    """The key of a decision's row."""
    return f"decision {decision_id}"


def motion_key(motion_id: str) -> str:
    """The key of a motion's row."""
    return f"motion {motion_id}"


def chosen_motion(key: str | None) -> str | None:
    """The motion whose row has this key; None for another row's."""
    return key.removeprefix("motion ") if key is not None and key.startswith("motion ") else None


def chosen_item(key: str | None) -> str | None:
    """The item whose row has this key; None for another row's."""
    return key.removeprefix("item ") if key is not None and key.startswith("item ") else None


def chosen_decision(key: str | None) -> str | None:
    """The decision whose row has this key; None for another row's."""
    if key is None or not key.startswith("decision "):
        return None
    return key.removeprefix("decision ")


def agenda_rows(meeting: Meeting, now: datetime) -> tuple[Row, ...]:
    """The agenda's lines; decisions that belong to no item come last."""
    rows: list[Row] = []
    placed: set[str] = set()
    for item in meeting.agenda:
        rows.append(_item_row(meeting, item))
        if item.status is ItemStatus.IN_PROGRESS:
            rows.append(_time_row(item, item_clock(meeting, now)))
        for view in meeting.decisions.values():
            if view.question is not None and view.question.item_id == item.id:
                placed.add(view.decision_id)
                rows.append(_decision_row(view, "    "))
        rows.extend(_motion_rows(meeting, "    ", lambda id_, own=item.id: id_ == own))
    known = {item.id for item in meeting.agenda}
    rows.extend(_motion_rows(meeting, "", lambda id_: id_ not in known))
    rest = [view for key, view in meeting.decisions.items() if key not in placed]
    rows.extend(_decision_row(view, "") for view in rest)
    if not rows and is_known(meeting):
        rows.append(Row(left=((" No items yet", "$dim"),)))
    return tuple(rows)


def agenda_line(meeting: Meeting, now: datetime) -> Row:
    """The agenda in one line: the current item and its time; nothing while one connects."""
    item = None if meeting.phase is MeetingPhase.ADJOURNED else current_item(meeting)
    if item is None:
        if not is_known(meeting):
            return Row(left=())
        done = sum(1 for one in meeting.agenda if one.status is ItemStatus.COMPLETED)
        words = "No agenda item is in progress" if meeting.agenda else "No agenda yet"
        total = meeting.total_items or len(meeting.agenda)
        right: tuple[Piece, ...] = ((f"{done} of {total} done", "$dim"),) if total else ()
        return Row(left=(("○ ", "$dim"), (words, "$dim")), right=right)
    place = place_of(meeting, item)
    number = "" if place is None else f"{place} of {max(meeting.total_items, place)}  "
    left: tuple[Piece, ...] = (("▸ ", "$accent bold"), (number, "$dim"), (item.title, "bold"))
    return Row(left=left, right=_time_words(item, item_clock(meeting, now)))


def _item_row(meeting: Meeting, item: AgendaItem) -> Row:
    place = place_of(meeting, item)
    digits = len(str(max(meeting.total_items, len(meeting.agenda))))
    number = " " * digits if place is None else f"{place:>{digits}}"
    symbol = ITEM_SYMBOLS[item.status]
    match item.status:
        case ItemStatus.IN_PROGRESS:
            style, mark = "bold", "$accent bold"
        case ItemStatus.PENDING:
            style, mark = "$foreground", "$dim"
        case ItemStatus.COMPLETED:
            style, mark = "$dim", "$success"
        case ItemStatus.DEFERRED:
            style, mark = "$dim", "$warning"
    left: tuple[Piece, ...] = ((f"{symbol} ", mark), (f"{number} ", "$dim"), (item.title, style))
    return Row(left, _length(item), item_key(item.id), hang=3 + digits)


def _length(item: AgendaItem) -> tuple[Piece, ...]:
    """How long the item took, or is planned to take."""
    if item.status is ItemStatus.DEFERRED:
        return (("deferred", "$dim"),)
    if item.status is ItemStatus.COMPLETED:
        if item.started_at is None or item.completed_at is None:
            return ()
        return ((rounded(item.completed_at - item.started_at), "$dim"),)
    if item.status is ItemStatus.PENDING and item.minutes is not None:
        return ((f"{item.minutes} min", "$dim"),)
    return ()


def _time_row(item: AgendaItem, now: datetime) -> Row:
    lasted = elapsed(item.started_at, now) or timedelta()
    bar: tuple[Piece, ...] = ()
    if item.minutes:
        share = min(1.0, lasted / timedelta(minutes=item.minutes))
        filled = round(share * BAR)
        style = "$warning" if lasted > timedelta(minutes=item.minutes) else "$accent"
        bar = (("━" * filled, style), ("─" * (BAR - filled), "$rule"))
    return Row(left=(("    ", ""), *bar), right=_time_words(item, now))


def _time_words(item: AgendaItem, now: datetime) -> tuple[Piece, ...]:
    """`12 of 15 min`, or by how much it is over."""
    lasted = elapsed(item.started_at, now)
    if lasted is None:
        return ((f"{item.minutes} min", "$dim"),) if item.minutes else ()
    if not item.minutes:
        return ((lasting(lasted), "$dim"),)
    over = lasted - timedelta(minutes=item.minutes)
    if over > timedelta():
        return ((f"{rounded(over)} over", "$warning"),)
    taken = lasting(lasted).removesuffix(" min")
    return ((taken, "$foreground"), (f" of {item.minutes} min", "$dim"))


_MOTION_WORDS = {
    MotionStatus.MOVED: "moved",
    MotionStatus.SECONDED: "seconded",
    MotionStatus.WITHDRAWN: "withdrawn",
    MotionStatus.POSTPONED: "postponed",
    MotionStatus.REFERRED: "referred",
}


def _motion_rows(
    meeting: Meeting, indent: str, belongs: Callable[[str | None], bool]
) -> Iterator[Row]:
    """Motions that no decision stands for, with their state."""
    for number, motion in enumerate(meeting.motions.values(), start=1):
        state = _MOTION_WORDS.get(motion.status)
        if state is None or not belongs(motion.item_id):
            continue
        pending = motion.status.is_pending
        style, mark = ("$foreground", "$accent") if pending else ("$dim", "$dim")
        yield Row(
            left=((indent, ""), (f"▷ {number} ", mark), (motion.title, style)),
            right=((state, "$warning" if motion.status is MotionStatus.MOVED else "$dim"),),
            key=motion_key(motion.motion_id),
            hang=len(indent) + 3 + len(str(number)),
        )


def _decision_row(view: DecisionView, indent: str) -> Row:
    key = decision_key(view.decision_id)
    if view.outcome is not None:
        symbol, mark = _RESULTS[view.outcome.result]
        if view.method is Method.STRAW:
            symbol, mark = POLLED, "$dim"
        elif view.method is Method.CONSENT and view.outcome.result is Result.REJECTED:
            symbol, mark = "!", "$warning"
        style = "$dim"
    elif view.is_open:
        symbol, mark, style = "◆", "$accent bold", "bold"
    else:
        symbol, mark, style = "◇", "$dim", "$dim"
    hang = len(indent) + 2 if view.is_open else None
    return Row(left=((indent, ""), (f"{symbol} ", mark), (view.title, style)), key=key, hang=hang)
