"""Saying something, also as a motion or for the minutes: what each of those commands does."""

from boardroom_tui.plain.outcome import Letter, Outcome, asked, said, sent, sent_or_said
from boardroom_tui.plain.words import plain, sentence
from boardroom_tui.protocol.limits import CHAT_CHARACTERS
from boardroom_tui.protocol.marks import MarkKind, mark_of
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.private import conversation_of, why_not_to
from boardroom_tui.state.select import may_write, newest_first
from boardroom_tui.ui import requests
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.situation import Situation, is_let_in
from boardroom_tui.ui.writing.length import too_many


def say(situation: Situation, text: str, *, reply_to: str | None = None) -> Outcome:
    """Say it to everybody, or say why not."""
    reason = _why_not(situation, text)
    if reason is not None:
        return said(f"Not sent: {reason}")
    data = ChatSend.Data(meeting_id=situation.meeting.meeting_id, message=text, reply_to=reply_to)
    return sent(ChatSend(data=data))


def _why_not(situation: Situation, text: str) -> str | None:
    if situation.phase is Phase.ENDED:
        return "the connection has ended."
    if not may_write(situation.meeting):
        return "your role in this meeting is to listen."
    shut_out = is_let_in(situation)
    if shut_out is not None:
        return shut_out[:1].lower() + shut_out[1:]
    over = too_many(text)
    return over and f"{over}; at most {CHAT_CHARACTERS:,} can be said at once."


def reply(situation: Situation, text: str) -> Outcome:
    """Answer the newest message of somebody else."""
    own = situation.meeting.own_id
    others = (line for line in newest_first(situation.meeting) if line.user_id != own)
    line = next(others, None)
    if line is None:
        return said("Nobody else has said anything yet.")
    if not text:
        whose = f"{plain(line.user_name)}: {plain(line.message)}"
        return said(f"/reply TEXT answers the newest message, of {whose}")
    return say(situation, text, reply_to=line.message_id)


def mark(kind: MarkKind, situation: Situation, text: str) -> Outcome:
    """Mark something for the minutes, or take one's last mark back."""
    marked = f"/{kind} {text}".rstrip()
    if mark_of(marked) is None:
        behind = "nothing" if kind is MarkKind.UNDO else "what is meant for the minutes"
        return said(f"Not sent: behind /{kind} stands {behind}.")
    return say(situation, marked)


def word(command: requests.Worded, situation: Situation, text: str) -> Outcome:
    """Move something, word a motion anew, or refer it; without a text say how."""
    if text:
        return sent_or_said(requests.worded(command, situation, text))
    match command:
        case CommandId.MOVE:
            return said("Say what: /move That the hall be painted blue.")
        case CommandId.AMEND:
            motion = situation.motion_to_amend
            reads = "" if motion is None else f" It reads: {plain(motion.text)}"
            return said(f"Say what: /amend NEW WORDS.{reads}")
        case CommandId.REFER:
            return said("Say to whom: /refer the finance committee")


def take_back(situation: Situation, _rest: str) -> Outcome:
    """Ask, then take one's motion back."""
    motion = situation.motion_to_take_back
    if motion is None:
        return said("There is no such motion.")
    words = f"Take your motion back? {sentence(motion.text)}"
    return asked(words, "to take it back", sent(requests.taking_back(situation.meeting, motion)))


def whisper(situation: Situation, words: str) -> Outcome:
    """Write to one member in private."""
    found = addressed(situation.meeting, words)
    if isinstance(found, str):
        return said(f"{plain(found)} As in: /dm ana Can you see this?")
    someone, text = found
    if not text:
        return said(f"Write it behind the name: /dm {plain(someone.name)} TEXT")
    conversation = conversation_of(situation.meeting, someone.user_id)
    reason = why_not_to(situation.meeting, situation.privacy, conversation)
    if reason is not None:
        return said(f"Not sent: {plain(reason)} (In the screen client.)")
    return Outcome(letter=Letter(conversation, text))
