"""Why the server refused something, in words for the one who asked."""

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionOpen,
    DecisionWithdraw,
    VoteCast,
)
from boardroom_tui.protocol.messages.electorate import DecisionRecuse, DecisionRemind
from boardroom_tui.protocol.messages.life import PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatSend, MeetingJoin
from boardroom_tui.protocol.messages.minutes import MinutesGet
from boardroom_tui.protocol.messages.motion import (
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionRefer,
    MotionSecond,
    MotionWithdraw,
)
from boardroom_tui.protocol.messages.proxy import ProxyGive, ProxyRevoke
from boardroom_tui.protocol.messages.receipt import ReceiptGet
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerRaise,
    SpeakerYield,
)


def refusal_in_words(request: ClientMessage | None, refused: Refused) -> str:
    """What had no effect, and why: "Your vote was not recorded: the decision is closed."."""
    if (refused.data.details or {}).get("reason") == "unanswered":
        return "Maybe sent: the connection was lost before the server answered."
    why = _why(refused.data)
    subject = _subject(request)
    return f"{subject}: {why}" if subject else f"{why[:1].upper()}{why[1:]}"


def _subject(  # noqa: PLR0912  (a branch for each type is the point of it)
    request: ClientMessage | None,
) -> str | None:
    match request:
        case VoteCast():
            return "Your vote was not recorded"
        case ChatSend():
            return "Not sent"
        case AgendaSet():
            return "The agenda was not changed"
        case PhaseSet():
            return "The meeting goes on as it was"
        case RollCall():
            return "The roll was not called"
        case ApologyRecord():
            return "The apologies were not recorded"
        case SpeakerRaise() | SpeakerLower() | SpeakerCall() | SpeakerYield():
            return "The speakers stay as they are"
        case DecisionOpen():
            return "The decision was not opened"
        case DecisionClose():
            return "The decision was not closed"
        case DecisionWithdraw():
            return "The decision was not withdrawn"
        case DecisionRemind():
            return "Nobody was reminded"
        case DecisionRecuse():
            return "You are not recused"
        case MotionMake():
            return "Your motion was not made"
        case MotionSecond() | MotionAmend() | MotionWithdraw() | MotionPostpone() | MotionRefer():
            return "The motion is as it was"
        case ProxyGive() | ProxyRevoke():
            return "Your proxy is as it was"
        case ReceiptGet():
            return "There is no receipt"
        case MinutesGet():
            return "There is no draft of the minutes"
        case MeetingJoin():
            return "You could not join the meeting"
        case _:
            return None


def _why(data: Refused.Data) -> str:
    match (data.details or {}).get("reason"):
        case "closed":
            return "the decision is closed."
        case "not_open":
            return "the decision is not open yet."
        case _:
            pass
    if data.code is ErrorCode.RATE_LIMITED:
        return f"too many at once; wait {_seconds(data)} and try again."
    code = data.code.description if isinstance(data.code, ErrorCode) else data.code
    text = data.message.strip() or code
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _seconds(data: Refused.Data) -> str:
    given = (data.details or {}).get("retryAfter")
    seconds = int(given) if isinstance(given, int | float) else 0
    if seconds <= 0 and data.retry_after is not None:
        seconds = -(-data.retry_after // 1000)
    if seconds <= 0:
        return "a moment"
    return "a second" if seconds == 1 else f"{seconds} seconds"
