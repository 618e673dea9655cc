"""The private conversations of this device, and what is known of those in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from boardroom_tui.protocol.correspondents import Conversation, Correspondent, Obstacle, Readiness
from boardroom_tui.protocol.fields import Result, Role
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.lookup import with_entry, without_entry
from boardroom_tui.state.model import Earlier, Entry, Meeting, Outgoing, Progress, SpokenLine
from boardroom_tui.state.select import may_facilitate, shown_name

_COMMENTS = "decision.comments.get"
"""The type that a server knows which keeps sealed comments."""

DOUBTFUL = "[From a device that you have not looked at: /devices]"


@dataclass(frozen=True, slots=True)
class PrivateRoom:
    """What was said in one private conversation."""

    lines: KeyedLog[Entry] = field(default_factory=KeyedLog[Entry])
    outgoing: Mapping[str, Outgoing] = field(default_factory=dict[str, Outgoing])
    unseen: int = 0
    """How many messages came while it was not on the screen."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Everything private that this program knows."""

    readiness: Readiness = Readiness.UNAVAILABLE
    reason: str | None = None
    """Why it is not ready, in words to show."""
    correspondents: Mapping[str, Correspondent] = field(default_factory=dict[str, Correspondent])
    """By bare user id."""
    rooms: Mapping[Conversation, PrivateRoom] = field(
        default_factory=dict[Conversation, PrivateRoom]
    )
    """In the order in which they were opened or heard of."""
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """What was commented in secret ballots, by decision, where one may read it."""


def conversation_of(meeting: Meeting, *user_ids: str) -> Conversation:
    """The conversation of these members and oneself."""
    return tuple(sorted({bare(Kind.USER, one) for one in (*user_ids, meeting.own_id)}))


def others_in(meeting: Meeting, conversation: Conversation) -> tuple[str, ...]:
    """Who is in a conversation beside oneself, by their shown names."""
    own = bare(Kind.USER, meeting.own_id)
    return tuple(shown_name(meeting, one) for one in conversation if one != own)


def is_compared(privacy: Privacy, conversation: Conversation) -> bool:
    """Whether the code of every device in a conversation, but the one in use, was compared."""
    known = (privacy.correspondents.get(one, Correspondent(one)) for one in conversation)
    devices = [device for one in known for device in one.devices if not device.own]
    return bool(devices) and all(device.compared for device in devices)


def opened(privacy: Privacy, conversation: Conversation) -> Privacy:
    """The conversation is on the screen: all of it is seen."""
    room = privacy.rooms.get(conversation, PrivateRoom())
    return _with(privacy, conversation, replace(room, unseen=0))


def written(
    privacy: Privacy,
    conversation: Conversation,
    local_id: str,
    request: ChatSend,
    now: datetime,
) -> Privacy:
    """One has written something; it waits for the server. `request` holds the text."""
    room = privacy.rooms.get(conversation, PrivateRoom())
    outgoing = with_entry(room.outgoing, local_id, Outgoing(request, posted_at=now))
    return _with(privacy, conversation, replace(room, outgoing=outgoing))


def sent(privacy: Privacy, conversation: Conversation, local_id: str, line: SpokenLine) -> Privacy:
    """What one has written is on the server's disk."""
    room = privacy.rooms.get(conversation, PrivateRoom())
    lines = _in_its_place(room.lines, line)
    outgoing = without_entry(room.outgoing, local_id)
    return _with(privacy, conversation, replace(room, lines=lines, outgoing=outgoing))


def refused(privacy: Privacy, conversation: Conversation, local_id: str, reason: str) -> Privacy:
    """What one has written was not sent; it stays, with the reason."""
    room = privacy.rooms.get(conversation, PrivateRoom())
    before = room.outgoing.get(local_id)
    if before is None:
        return privacy
    after = replace(before, progress=Progress.REFUSED, reason=reason)
    outgoing = with_entry(room.outgoing, local_id, after)
    return _with(privacy, conversation, replace(room, outgoing=outgoing))


def dismissed(privacy: Privacy, conversation: Conversation, local_id: str) -> Privacy:
    """Something that was refused is shown no longer."""
    room = privacy.rooms.get(conversation, PrivateRoom())
    outgoing = without_entry(room.outgoing, local_id)
    return _with(privacy, conversation, replace(room, outgoing=outgoing))


def heard(
    privacy: Privacy, conversation: Conversation, line: SpokenLine, *, accepted: bool, seen: bool
) -> Privacy:
    """Somebody wrote; from a device that nobody has looked at, it says so first."""
    room = privacy.rooms.get(conversation, PrivateRoom())
    if line.message_id in room.lines:
        return privacy
    if not accepted:
        line = line._replace(message=f"{DOUBTFUL}\n{line.message}")
    lines = _in_its_place(room.lines, line)
    unseen = room.unseen + (0 if seen else 1)
    return _with(privacy, conversation, replace(room, lines=lines, unseen=unseen))


def in_private(meeting: Meeting, privacy: Privacy, conversation: Conversation | None) -> Meeting:
    """The meeting with this conversation in place of the one that everybody hears."""
    if conversation is None:
        return meeting
    room = privacy.rooms.get(conversation, PrivateRoom())
    other = {
        key: one for key, one in meeting.outgoing.items() if not isinstance(one.request, ChatSend)
    }
    return replace(
        meeting,
        chat=room.lines,
        earlier=Earlier.NONE,
        outgoing={**other, **room.outgoing},
        typing={},
    )


def why_not_to(meeting: Meeting, privacy: Privacy, conversation: Conversation) -> str | None:
    """Why nothing can be written in a conversation now, in words to show; None where it can."""
    match privacy.readiness:
        case Readiness.READY:
            pass
        case Readiness.OPENING:
            return "This device’s keys are being opened."
        case Readiness.LOCKED:
            return "Your private messages are locked: /unlock opens them."
        case Readiness.UNPROTECTED:
            return "There is no keyring here: /unlock protects your keys with a passphrase."
        case Readiness.UNAVAILABLE:
            return privacy.reason or "There are no private messages here."
    for user_id in conversation:
        correspondent = privacy.correspondents.get(user_id, Correspondent(user_id))
        if correspondent.obstacle is not None:
            return _in_words(meeting, user_id, correspondent.obstacle)
    return None


@dataclass(frozen=True, slots=True)
class CommentReaders:
    """Who could read the comment on a secret ballot, or why nobody may be sent one now."""

    user_ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    reason: str | None = None


def comment_readers(meeting: Meeting, privacy: Privacy) -> CommentReaders:
    """The facilitators with a device; one that nobody has looked at stands in the way of all."""
    if _COMMENTS not in meeting.extensions:
        return CommentReaders(reason="this server keeps none.")
    if privacy.readiness is not Readiness.READY:
        return CommentReaders(reason="it needs your keys; /unlock opens them.")
    readers: list[str] = []
    for someone in meeting.people.values():
        if someone.role is not Role.FACILITATOR:
            continue
        user_id = bare(Kind.USER, someone.user_id)
        obstacle = privacy.correspondents.get(user_id, Correspondent(user_id)).obstacle
        if obstacle in (Obstacle.NEW_DEVICE, Obstacle.CHANGED_DEVICE):
            return CommentReaders(reason=_in_words(meeting, user_id, obstacle))
        if obstacle is None:
            readers.append(user_id)
    if not readers:
        return CommentReaders(reason="no facilitator has a device that could open it.")
    return CommentReaders(tuple(readers), tuple(shown_name(meeting, one) for one in readers))


def comments_to_read(meeting: Meeting, privacy: Privacy) -> tuple[str, ...]:
    """The secret ballots that are over, whose comments a facilitator has not asked for yet."""
    if privacy.readiness is not Readiness.READY or not may_facilitate(meeting):
        return ()
    if _COMMENTS not in meeting.extensions:
        return ()
    return tuple(
        decision_id
        for decision_id, view in meeting.decisions.items()
        if view.question is not None
        and view.question.secret
        and view.outcome is not None
        and view.outcome.result is not Result.WITHDRAWN
        and decision_id not in privacy.comments
    )


def _in_its_place(lines: KeyedLog[Entry], line: SpokenLine) -> KeyedLog[Entry]:
    """By when the server took it, so that everybody reads the same.

    What somebody else wrote may come before the server has answered what one wrote earlier.
    """
    if not lines or _place(lines[-1]) < _place(line) or line.message_id in lines:
        return lines.adding(line.message_id, line)
    in_order = sorted((*lines, line), key=_place)
    return KeyedLog[Entry]().adding_all((one.message_id, one) for one in in_order)


def _place(line: Entry) -> tuple[datetime, str]:
    return line.timestamp, line.message_id


def _in_words(meeting: Meeting, user_id: str, obstacle: Obstacle) -> str:
    own = user_id == bare(Kind.USER, meeting.own_id)
    name = "You" if own else shown_name(meeting, user_id)
    have, look = ("have", "/devices") if own else ("has", f"/devices {user_id}")
    match obstacle:
        case Obstacle.UNKNOWN:
            return f"{'Your devices' if own else f'The devices of {name}'} are being looked up."
        case Obstacle.NO_DEVICE:
            return f"{name} {have} no device yet that can read private messages."
        case Obstacle.NEW_DEVICE:
            return f"{name} {have} a new device. Look at it first: {look}"
        case Obstacle.CHANGED_DEVICE:
            return f"The keys of a device of {'yours' if own else name} changed. Look first: {look}"


def _with(privacy: Privacy, conversation: Conversation, room: PrivateRoom) -> Privacy:
    return replace(privacy, rooms={**privacy.rooms, conversation: room})
