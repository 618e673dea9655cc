"""What is news enough for a toast: the difference between two meetings."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.notifications import SeverityLevel

from boardroom_tui.protocol.messages.decision import DecisionOpened
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge, NotificationSend
from boardroom_tui.state.model import DecisionView, Meeting, MeetingLine, Tone
from boardroom_tui.ui.widgets.cell_wrap import cut, one_line
from boardroom_tui.ui.widgets.vote_words import standing

_TITLE, _MESSAGE = 32, 78
"""So many cells of a notification are shown, lest it hide the meeting."""

_URGENT = frozenset({"high", "urgent", "critical"})


@dataclass(frozen=True, slots=True)
class News:
    """A toast, and what is sent once it is shown."""

    message: str
    title: str
    severity: SeverityLevel = "information"
    timeout: float = 8.0
    acknowledgement: NotificationAcknowledge | None = None
    is_verdict: bool = False
    """Whether the vote's own pane says it too."""


def news(before: Meeting, after: Meeting) -> Iterator[News]:
    """What one should be told of that has just happened."""
    known = {one.notification_id for one in before.notifications}
    for notification in after.notifications:
        if notification.notification_id not in known:
            yield _notification(notification)
    yield from _of_the_meeting(before, after)
    if before.decisions is after.decisions or not before.own_id:
        return
    for key, view in after.decisions.items():
        yield from _of_decision(before, before.decisions.get(key), view)


def _of_the_meeting(before: Meeting, after: Meeting) -> Iterator[News]:
    """What the meeting itself has said, as far as everybody should notice."""
    for line in after.chat[len(before.chat) :]:
        if isinstance(line, MeetingLine) and line.tone is not Tone.QUIET:
            severity = "warning" if line.tone is Tone.WARNING else "information"
            yield News(cut(one_line(line.text), _MESSAGE), "◆ The meeting", severity=severity)


def reminded_in_words(count: int) -> str:
    """How many were told that their votes are missing."""
    if count == 0:
        return "Everybody who is here has voted."
    return "One member is reminded." if count == 1 else f"{count} members are reminded."


def _notification(data: NotificationSend.Data) -> News:
    urgent = data.priority.lower() in _URGENT
    acknowledged = NotificationAcknowledge.Data(notification_id=data.notification_id)
    return News(
        cut(one_line(data.message), _MESSAGE),
        cut(one_line(data.title), _TITLE),
        severity="warning" if urgent else "information",
        timeout=12.0 if urgent else 8.0,
        acknowledgement=NotificationAcknowledge(data=acknowledged),
    )


def _of_decision(
    meeting: Meeting, before: DecisionView | None, after: DecisionView
) -> Iterator[News]:
    """A vote that opened, where the server sends no notification of it; a result."""
    was_open = before is not None and before.is_open
    tells_itself = DecisionOpened.model_fields["type"].default in meeting.extensions
    title = cut(one_line(after.title), _TITLE)
    if after.is_open and not was_open and not tells_itself:
        yield News(title, "◆ A vote is open")
    if after.verdict is not None and was_open:
        yield News(
            after.verdict,
            f"{standing(after).symbol} {title}",
            timeout=12.0,
            is_verdict=True,
        )
