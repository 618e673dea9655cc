"""Who is present, away and absent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.fields import Role, Status
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.messages.speaker import Speakers
from boardroom_tui.state.model import Meeting, Person
from boardroom_tui.state.select import (
    elapsed,
    has_floor,
    place_in_queue,
    quorum_forecast,
    roster,
    target_title,
)
from boardroom_tui.ui.widgets.conversation_line import PRIVATE
from boardroom_tui.ui.widgets.name_colour import colour_of
from boardroom_tui.ui.widgets.rows import Piece, Row, RowList
from boardroom_tui.ui.words.durations import counted, time_of_day

_ORDINARY = frozenset({"viewing", "idle"})
"""Activities that say nothing when they are about the meeting itself."""


_PERSON = "person"


class PresencePane(RowList):
    """Members by where they are, each with role, status, activity or when last seen."""

    BORDER_TITLE = "People"


def person_key(user_id: str, place: str = "") -> str:
    """The key of somebody's row; `place` tells those apart that stand in one list."""
    return f"{_PERSON}{place} {user_id}"


def chosen_person(key: str | None) -> str | None:
    """The user whose row has this key; None for another row's."""
    return key.rpartition(" ")[2] if key is not None and key.startswith(_PERSON) else None


def presence_rows(
    meeting: Meeting,
    now: datetime,
    conversation: Conversation = (),
    *,
    dark: bool,
    zone: tzinfo | None = None,
) -> tuple[Row, ...]:
    """The list's lines; those in the private conversation on the screen have its sign."""
    groups = roster(meeting)
    forecast = quorum_forecast(meeting)
    rows: list[Row] = []
    if forecast is not None:
        rows += [Row(left=(("! ", "$warning"), (forecast, "$warning")), hang=2), Row(left=())]
    for title, people in (("Present", groups.present), ("Away", groups.away)):
        rows.extend(_heading(title, people, rows))
        for someone in people:
            rows.extend(_here(meeting, someone, now, zone, dark=dark))
    rows.extend(_heading("Absent", groups.absent, rows))
    rows.extend(_absent(someone, now, zone) for someone in groups.absent)
    return tuple(_marked(row, conversation) for row in rows)


def _marked(row: Row, conversation: Conversation) -> Row:
    user_id = chosen_person(row.key)
    if user_id is None or bare(Kind.USER, user_id) not in conversation:
        return row
    return replace(row, left=(*row.left, (f" {PRIVATE}", "$accent")))


def _heading(title: str, people: Sequence[Person], before: Sequence[Row]) -> list[Row]:
    if not people:
        return []
    blank = [Row(left=())] if before and before[-1].left else []
    return [*blank, Row(left=((f"{title} {len(people)}", "$dim bold"),))]


def _here(
    meeting: Meeting, someone: Person, now: datetime, zone: tzinfo | None, *, dark: bool
) -> list[Row]:
    symbol, style = presence_symbol(someone)
    left: tuple[Piece, ...] = (
        (f"{symbol} ", style),
        (someone.shown_name, colour_of(someone.user_id, dark)),
        (f" ×{someone.weight}" if someone.weight > 1 else "", "$dim"),
    )
    seen = _seen(someone, now, zone) if someone.status is Status.AWAY else ""
    words = ", ".join(part for part in (_state(meeting, someone), seen) if part)
    place = place_in_queue(meeting, someone.user_id)
    hand = "" if place is None else f"✋{place}"
    right: tuple[Piece, ...] = (
        (words, "$dim"),
        (f" {hand}" if words and hand else hand, "$warning"),
    )
    rows = [Row(left, right, person_key(someone.user_id))]
    if has_floor(meeting, someone.user_id):
        rows.append(Row(left=(("  speaks ", "$accent"), *floor_time(meeting.speakers, now))))
    doing = _activity(meeting, someone)
    if doing:
        rows.append(Row(left=((f"  {doing}", "$dim italic"),)))
    return rows


def floor_time(speakers: Speakers, now: datetime) -> tuple[Piece, ...]:
    """How long whoever has the floor has spoken, or by how much it is over."""
    lasted = elapsed(None if speakers.speaking is None else speakers.speaking.since, now)
    if lasted is None:
        return ()
    if speakers.seconds_each is None:
        return ((counted(lasted), "$accent"),)
    over = lasted - timedelta(seconds=speakers.seconds_each)
    if over > timedelta():
        return ((f"{counted(over)} over the time", "$warning"),)
    return ((f"{counted(lasted)} of {speakers.seconds_each // 60} min", "$accent"),)


def _absent(someone: Person, now: datetime, zone: tzinfo | None) -> Row:
    excuse = "sent apologies" if someone.apologies else _seen(someone, now, zone)
    words = ", ".join(part for part in (_role(someone), excuse) if part)
    left = (("○ ", "$dim"), (someone.shown_name, "$dim"))
    return Row(left, ((words, "$dim"),), person_key(someone.user_id))


def _seen(someone: Person, now: datetime, zone: tzinfo | None) -> str:
    """When somebody who is not at hand was last heard of."""
    seen = someone.last_seen
    return "" if seen is None else f"seen {time_of_day(seen, now, zone)}"


def presence_symbol(someone: Person) -> tuple[str, str]:
    match someone.status:
        case Status.AWAY:
            return "◐", "$warning"
        case Status.BUSY:
            return "◉", "$error"
        case Status.ONLINE | Status.OFFLINE:
            return "●", "$success"


def _state(meeting: Meeting, someone: Person) -> str:
    """What matters most about somebody who is here."""
    own = same(Kind.USER, someone.user_id, meeting.own_id)
    if someone.user_id in meeting.typing and not own:
        return "typing…"
    busy = someone.status is Status.BUSY
    parts = ("you" if own else "", _role(someone), "busy" if busy else "")
    return ", ".join(part for part in parts if part)


def _role(someone: Person) -> str:
    match someone.role:
        case Role.FACILITATOR:
            return "facilitator"
        case Role.OBSERVER:
            return "observer"
        case Role.PARTICIPANT | None:
            return "" if someone.has_vote else "no vote"


def _activity(meeting: Meeting, someone: Person) -> str:
    """What somebody is doing, unless it is to follow this meeting; nothing by a bare id."""
    activity = someone.activity
    if activity is None:
        return ""
    title = None if activity.target is None else target_title(meeting, activity.target)
    if title is None:
        return "" if activity.type in _ORDINARY else activity.type
    return f"{activity.type} {title}"
