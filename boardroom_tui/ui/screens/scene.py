"""What the meeting's screen shows, and the words that come of it alone. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.state.model import Entry, Meeting, Outgoing
from boardroom_tui.state.private import Privacy, is_compared, others_in, why_not_to
from boardroom_tui.state.select import (
    current_item,
    decision_in_view,
    is_known,
    is_shut_out,
    may_facilitate,
    may_write,
    quorum,
)
from boardroom_tui.ui.attention.history import History
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID, Commands
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.situation import REPLAY, Situation
from boardroom_tui.ui.widgets.audience import Audience
from boardroom_tui.ui.widgets.conversation_line import Talk
from boardroom_tui.ui.widgets.header import HeaderSlice
from boardroom_tui.ui.words.durations import time_of_day
from boardroom_tui.ui.words.interruption import interruption
from boardroom_tui.ui.words.signs import connection_sign, notices_sign, phase_sign, quorum_sign

_SILENCE = KeyedLog[Entry]()
VERDICT_LASTS = timedelta(seconds=90)
"""So long a narrow screen keeps a verdict in sight, where nothing else begins."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the screen shows."""

    meeting: Meeting
    connection: Connection
    now: datetime
    """By the clock of this machine."""
    dark: bool = True
    """Whether the theme is a dark one: names have colours for either."""
    privacy: Privacy = field(default_factory=Privacy)
    conversation: Conversation | None = None
    """The private conversation that is shown; None is everybody's."""
    unseen_by_all: int = 0
    """How much everybody has said meanwhile."""
    waiting: tuple[Outgoing, ...] = ()
    """What one has sent and the server has not taken, while there is no connection."""
    owes_since: datetime | None = None
    """Since when the server has neither answered nor said anything else; None where none is due."""
    history: History = field(default_factory=History)
    """What one was told."""
    server: str = ""
    """What it is called, for as long as one is on the way there."""
    why_gone: str | None = None
    """Why it does not come back."""

    @property
    def meeting_time(self) -> datetime:
        """By the clock of the server, which closes the votes."""
        return self.meeting.time(self.now)

    @property
    def audience(self) -> Audience:
        """Who reads what is written now."""
        if self.conversation is None:
            return Audience()
        # A note to oneself has no others to name.
        others = others_in(self.meeting, self.conversation) or ("your other devices",)
        return Audience(others, is_compared(self.privacy, self.conversation))

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be written in the private conversation now."""
        if self.conversation is None:
            return None
        return why_not_to(self.meeting, self.privacy, self.conversation)


def in_silence(meeting: Meeting) -> Meeting:
    """The meeting without what is said, which changes nothing around the conversation."""
    return replace(meeting, chat=_SILENCE)


def header_slice(scene: Scene, zone: tzinfo | None) -> HeaderSlice:
    """The header's words; the meeting's phase is left out last where it is no matter of course."""
    meeting = scene.meeting
    phase = phase_sign(meeting, scene.meeting_time, zone)
    needs = None if meeting.phase is MeetingPhase.ADJOURNED else quorum_sign(quorum(meeting))
    of_course = meeting.phase in (MeetingPhase.GATHERING, MeetingPhase.IN_SESSION)
    first = (phase, needs) if of_course else (needs, phase)
    unread = notices_sign(scene.history.unread)
    linked = connection_sign(
        scene.connection,
        scene.now,
        scene.server,
        has_entered=is_known(meeting),
        owes_since=scene.owes_since,
        is_over=meeting.phase is MeetingPhase.ADJOURNED,
    )
    signs = (*first, unread, linked)
    title = meeting.title or meeting.meeting_id
    return HeaderSlice(title, tuple(sign for sign in signs if sign is not None))


def notice(scene: Scene, commands: Commands, zone: tzinfo | None, width: int) -> str | None:
    """What one has to know or to do so that the meeting goes on here, in lines of this width."""
    connection = scene.connection
    if connection.phase is Phase.ENDED:
        key = commands.key(CommandId.LEAVE)
        reason = connection.reason or "the connection has ended"
        return f"✗ The meeting cannot go on here: {reason}. {key} leaves."
    if scene.why_gone is not None:
        key = commands.key(CommandId.LEAVE)
        return f"✗ {scene.why_gone[0].upper()}{scene.why_gone[1:]}. {key} leaves."
    if scene.meeting.record_warning is not None:
        return f"✗ {scene.meeting.record_warning}"
    wanted, slash = connection.token_wanted, BY_ID[CommandId.RENEW].slash
    if wanted is None:
        lost = interruption(connection, scene.waiting, scene.now, zone, width)
        if lost and scene.meeting.phase is MeetingPhase.ADJOURNED and not scene.waiting:
            key = commands.key(CommandId.LEAVE)
            return f"■ The meeting is over, and there is no connection any more. {key} leaves."
        return lost or concern(scene.meeting)
    if wanted.ends_at is None:
        return f"! Your token has run out. /{slash} takes a new one; what you write is kept."
    ends = time_of_day(wanted.ends_at, scene.meeting_time, zone)
    return f"! Your token runs out at {ends}. /{slash} takes a new one."


def has_news_of_votes(meeting: Meeting, now: datetime) -> bool:
    """Whether a narrow screen gives the vote some lines: for its verdict until one goes on."""
    view, item = decision_in_view(meeting), current_item(meeting)
    if view is None or view.outcome is None:
        return view is not None and view.is_open
    ended = view.outcome.completed_at
    went_on = item is not None and item.started_at is not None and item.started_at > ended
    return not went_on and now - ended < VERDICT_LASTS


def concern(meeting: Meeting) -> str | None:
    """What the meeting lacks to go on in good order, and what can be done about it."""
    leads, here = may_facilitate(meeting), quorum(meeting)
    going_on = meeting.phase in (MeetingPhase.IN_SESSION, MeetingPhase.EXECUTIVE)
    if going_on and here is not None and not here.met:
        if not leads:
            return "! No quorum: a vote now would fail."
        recess, adjourn = (BY_ID[one].slash for one in (CommandId.RECESS, CommandId.ADJOURN))
        return f"! No quorum: wait, /{recess} or /{adjourn}; a vote now would fail."
    if leads and reason_against(BY_ID[CommandId.ORDER], Situation(meeting)) is None:
        order = BY_ID[CommandId.ORDER].slash
        if meeting.phase is MeetingPhase.GATHERING and meeting.started_at is not None:
            return f"! The meeting has not been called to order: /{order} calls it."
    return None


def closed_reason(scene: Scene) -> str | None:
    """Why one cannot write to the meeting; None where one can."""
    if scene.connection.phase is Phase.ENDED:
        return "The connection has ended."
    if scene.connection.phase is Phase.REPLAY:
        return REPLAY
    if is_shut_out(scene.meeting):
        return "The meeting is in executive session."
    return None if may_write(scene.meeting) else "Your role in this meeting is to listen."


def talks(scene: Scene) -> tuple[Talk, ...]:
    """The conversations there are; none are listed while there is only everybody's."""
    if not scene.privacy.rooms:
        return ()
    current = scene.conversation is None
    everybody = Talk(None, ("Everybody",), scene.unseen_by_all, current=current)
    private = (
        Talk(
            conversation,
            others_in(scene.meeting, conversation) or ("Yourself",),
            room.unseen,
            current=conversation == scene.conversation,
        )
        for conversation, room in scene.privacy.rooms.items()
    )
    return (everybody, *private)
