"""What the meeting itself says in the conversation: lines derived from what the server tells."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Guard, ItemStatus, MeetingPhase, Method, MotionStatus
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.attendance import ApologyUpdate, QuorumUpdate, RollCalled
from boardroom_tui.protocol.messages.connection import ConnectionReady
from boardroom_tui.protocol.messages.decision import DecisionOpened, DecisionResult
from boardroom_tui.protocol.messages.electorate import DecisionRecused
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import AgendaUpdate
from boardroom_tui.protocol.messages.motion import Motion, MotionUpdate
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.protocol.messages.speaker import SpeakerQueue
from boardroom_tui.protocol.words import guards_in_words
from boardroom_tui.state.concern import Concern
from boardroom_tui.state.decisions import known
from boardroom_tui.state.ending import ended_in_words
from boardroom_tui.state.model import Meeting, MeetingLine, Tone
from boardroom_tui.state.motions import is_own, number_of
from boardroom_tui.state.select import shown_name, target_title


def announced(before: Meeting, after: Meeting, message: ServerMessage) -> Meeting:
    """The meeting after `message`, with what it says of it below what was said so far.

    Hearing a message again adds nothing: a line is known by what it is about.
    """
    lines = lines_of(before, after, message)
    chat = after.chat.adding_all((line.message_id, line) for line in lines)
    return after if chat is after.chat else replace(after, chat=chat)


def lines_of(  # noqa: PLR0912  (a branch for each message is the point of it)
    before: Meeting, after: Meeting, message: ServerMessage
) -> Iterator[MeetingLine]:
    """What the meeting says of a message that led from `before` to `after`."""
    match message:
        case ConnectionReady(data=data) if len(before.chat) and not data.extensions:
            words = "Connected again. What was said meanwhile, this server does not tell."
            yield MeetingLine(f"again {data.session_id}", data.server_time, words)
        case PhaseUpdate(data=data):
            words = _phase_in_words(before.phase, data.phase, shown_name(after, data.by))
            words += _although(data.overrides)
            key = _key("phase", data.since, message)
            yield MeetingLine(key, data.since, words, Tone.NEWS, Concern.MEETING)
        case QuorumUpdate(data=data):
            yield _quorum(data, _key("quorum", data.at, message))
        case RollCalled(data=data):
            words = _roll_in_words(after, data)
            yield MeetingLine(_key("roll", data.at, message), data.at, words, Tone.NEWS)
        case ApologyUpdate(data=data):
            who, does = shown_name(after, data.user_id), "takes back" if data.withdrawn else "sends"
            key = _key(f"apologies {data.user_id}", data.at, message)
            yield MeetingLine(key, data.at, f"{who} {does} apologies.")
        case SpeakerQueue(data=data):
            yield from _speakers(before, after, data)
        case AgendaUpdate(data=data) if data.item_details.status is ItemStatus.IN_PROGRESS:
            item = data.item_details
            if item.started_at is not None:
                words = f"Taken up: {item.title}{_although(data.overrides or ())}"
                key = f"item {item.id} {item.started_at.isoformat()}"
                yield MeetingLine(key, item.started_at, words)
        case MotionUpdate(data=motion):
            yield from _of_motion(before, after, motion, _when(message) or motion.moved_at)
        case DecisionOpened(data=question) if question.opened_at is not None:
            title = question.title.rstrip(".")
            words = f"{_CALLED[question.method]}: {title}{_although(question.overrides)}"
            yield MeetingLine(f"opened {question.decision_id}", question.opened_at, words)
        case DecisionResult(data=outcome):
            view = known(after, outcome.decision_id)
            words = ended_in_words(view)
            if outcome.overrides:
                words += f" It was closed although {guards_in_words(outcome.overrides)}."
            yield MeetingLine(f"result {outcome.decision_id}", outcome.completed_at, words)
        case DecisionRecused(data=data) if (at := _when(message)) is not None:
            what = target_title(after, data.decision_id or data.item_id or "") or "a decision"
            words = f"{shown_name(after, data.user_id)} takes no part in “{what}”."
            about = f"{data.user_id} {data.decision_id} {data.item_id}"
            yield MeetingLine(f"recused {about}", at, words)
        case ProxyUpdate(data=data) if (at := _when(message)) is not None:
            key = _key(f"proxy {data.giver}", at, message)
            yield _of_proxy(before, after, data, key, at)
        case _:
            return


def _key(about: str, at: datetime, message: ServerMessage) -> str:
    """What names something that happened: of what is written at once, much happens at one time."""
    number = "" if message.sequence is None else f" {message.sequence}"
    return f"{about} {at.isoformat()}{number}"


def _of_proxy(
    before: Meeting, after: Meeting, data: ProxyUpdate.Data, key: str, at: datetime
) -> MeetingLine:
    giver = shown_name(after, data.giver)
    words = f"{giver} votes for themselves again."
    if data.to is not None:
        words = f"{giver} lets {shown_name(after, data.to)} vote for them."
    # Who gets it, and whoever had it until now.
    holders = (data.to, before.proxies.get(data.giver))
    own = any(one is not None and same(Kind.USER, one, after.own_id) for one in holders)
    concern = Concern.PROXY if own else None
    return MeetingLine(key, at, words, concern=concern)


def _quorum(data: QuorumUpdate.Data, key: str) -> MeetingLine:
    """That there is a quorum, or no more, with the numbers: the same for everybody."""
    counts = f"{data.have} here, {data.need} needed"
    words, tone = f"Quorum: {counts}.", Tone.NEWS
    if not data.met:
        words, tone = f"Quorum lost: {counts}.", Tone.WARNING
    return MeetingLine(key, data.at, words, tone)


def _roll_in_words(meeting: Meeting, data: RollCalled.Data) -> str:
    parts = [f"{len(data.present)} present"]
    for word, missing in (("absent", data.absent), ("excused", data.excused)):
        if missing:
            names = ", ".join(shown_name(meeting, one) for one in missing)
            parts.append(f"{len(missing)} {word} ({names})")
    counts = f"{data.have} with a vote here, {data.need} needed"
    quorum = f"Quorum: {counts}." if data.have >= data.need else f"No quorum: {counts}."
    return f"Roll called by {shown_name(meeting, data.by)}: {', '.join(parts)}. {quorum}"


def _speakers(before: Meeting, after: Meeting, data: SpeakerQueue.Data) -> Iterator[MeetingLine]:
    """Who has the floor now, and who has begun to ask for it."""
    asked = {turn.user_id for turn in before.speakers.queue}
    for turn in data.queue:
        if turn.user_id not in asked:
            key = f"hand {turn.user_id} {turn.since.isoformat()}"
            words = f"{shown_name(after, turn.user_id)} raises a hand."
            yield MeetingLine(key, turn.since, words)
    turn = data.speaking
    if turn is not None and turn != before.speakers.speaking:
        own = same(Kind.USER, turn.user_id, after.own_id)
        words = f"{shown_name(after, turn.user_id)} has the floor."
        concern = Concern.FLOOR if own else None
        key = f"floor {turn.user_id} {turn.since.isoformat()}"
        yield MeetingLine(key, turn.since, words, concern=concern)


def _although(overrides: Iterable[Guard]) -> str:
    """What stood against it, as the end of a sentence."""
    against = guards_in_words(overrides)
    return f", although {against}." if against else "."


_CALLED = {
    Method.VOTE: "Put to the vote",
    Method.ROLL_CALL: "Put to a roll call",
    Method.CONSENT: "Asked for objections",
    Method.STRAW: "Straw poll",
}


def _of_motion(
    before: Meeting, after: Meeting, motion: Motion, at: datetime
) -> Iterator[MeetingLine]:
    """What was done with a motion; what comes of the vote on it is said of the decision."""
    # As it was last heard of: it may have been hidden since, and changed meanwhile.
    earlier = before.motions_heard.get(motion.motion_id)
    number = f"Motion {number_of(after, motion.motion_id)}"
    mover = shown_name(after, motion.mover)
    about = f"motion {motion.motion_id}"
    # What its mover does with it is no news to them.
    concern = Concern.MOTION if is_own(after, motion) else None
    if earlier is None:
        # One may first hear of it later: it was moved in executive session.
        yield MeetingLine(about, at, f"{number}, moved by {mover}: {motion.text}")
        return
    if motion.amendments > earlier.amendments:
        words = f"{number} now reads: {motion.text}"
        yield MeetingLine(f"{about} amended {motion.amendments}", at, words)
    if motion.seconder is not None and motion.seconder != earlier.seconder:
        words = f"{number} is seconded by {shown_name(after, motion.seconder)}."
        yield MeetingLine(f"{about} seconded {motion.amendments}", at, words, concern=concern)
    if motion.status is not earlier.status:
        match motion.status:
            case MotionStatus.WITHDRAWN:
                words, concern = f"{number} is withdrawn by {mover}.", None
            case MotionStatus.POSTPONED:
                words = f"{number} is postponed."
            case MotionStatus.REFERRED:
                words = f"{number} is referred to {motion.referred_to}."
            case status if status.is_pending and earlier.status is MotionStatus.VOTING:
                words = f"{number} is before the meeting again."
                again = f"{about} again {at.isoformat()}"
                yield MeetingLine(again, at, words, Tone.NEWS, concern)
                return
            case _:
                return
        yield MeetingLine(f"{about} {motion.status}", at, words, concern=concern)


def _when(message: ServerMessage) -> datetime | None:
    return None if message.metadata is None else message.metadata.timestamp


def _phase_in_words(before: MeetingPhase, phase: MeetingPhase, chair: str) -> str:
    match phase:
        case MeetingPhase.IN_SESSION if before is MeetingPhase.RECESS:
            return f"The recess is over: called to order by {chair}"
        case MeetingPhase.IN_SESSION if before is MeetingPhase.EXECUTIVE:
            return f"The executive session is over: opened to observers by {chair}"
        case MeetingPhase.IN_SESSION | MeetingPhase.GATHERING:
            return f"Called to order by {chair}"
        case MeetingPhase.RECESS:
            return f"Recess, called by {chair}"
        case MeetingPhase.EXECUTIVE:
            return f"Executive session, called by {chair}: observers hear nothing of it"
        case MeetingPhase.ADJOURNED:
            return f"Adjourned by {chair}"
