"""Saying something, also as a motion or for the minutes: what each of those commands does."""

from boardroom_tui.plain.outcome import Letter, Outcome, asked, said, sent
from boardroom_tui.plain.words import plain, sentence
from boardroom_tui.protocol.limits import CHAT_CHARACTERS, TEXT_CHARACTERS
from boardroom_tui.protocol.marks import MarkKind, mark_of
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.protocol.messages.motion import (
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionRefer,
    MotionSecond,
    MotionWithdraw,
)
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.private import conversation_of, why_not_to
from boardroom_tui.state.select import current_item, may_write, newest_first
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.situation import Situation, is_let_in

_NO_MOTION = "There is no such motion."


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
    if (over := len(text) - CHAT_CHARACTERS) > 0:
        characters = "1 character" if over == 1 else f"{over:,} characters"
        return f"{characters} too many; at most {CHAT_CHARACTERS:,} can be said at once."
    return None


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


def note(situation: Situation, text: str) -> Outcome:
    """Note something in the minutes."""
    return _mark(situation, MarkKind.INFO, text)


def agree(situation: Situation, text: str) -> Outcome:
    """Note what was agreed."""
    return _mark(situation, MarkKind.AGREED, text)


def act(situation: Situation, text: str) -> Outcome:
    """Note what somebody is to do."""
    return _mark(situation, MarkKind.ACTION, text)


def correct(situation: Situation, text: str) -> Outcome:
    """Note a correction."""
    return _mark(situation, MarkKind.CORRECTION, text)


def undo(situation: Situation, text: str) -> Outcome:
    """Take one's last mark back."""
    return _mark(situation, MarkKind.UNDO, text)


def _mark(situation: Situation, kind: MarkKind, text: str) -> Outcome:
    marked = f"/{kind} {text}".rstrip()
    if mark_of(marked) is None:
        behind = "nothing" if kind is MarkKind.UNDO else "what is meant for the minutes"
        return said(f"Not sent: behind /{kind} stands {behind}.")
    return say(situation, marked)


def move(situation: Situation, text: str) -> Outcome:
    """Make a motion."""
    reason = _why_not_worded(text, "/move That the hall be painted blue.")
    if reason is not None:
        return said(reason)
    item = current_item(situation.meeting)
    data = MotionMake.Data(
        meeting_id=situation.meeting.meeting_id,
        text=text,
        item_id=None if item is None else item.id,
    )
    return sent(MotionMake(data=data))


def second(situation: Situation, _rest: str) -> Outcome:
    """Second a motion."""
    motion = situation.motion_to_second
    if motion is None:
        return said(_NO_MOTION)
    data = MotionSecond.Data(meeting_id=situation.meeting.meeting_id, motion_id=motion.motion_id)
    return sent(MotionSecond(data=data))


def amend(situation: Situation, text: str) -> Outcome:
    """Word a motion anew."""
    motion = situation.motion_to_amend
    if motion is None:
        return said(_NO_MOTION)
    reason = _why_not_worded(text, f"/amend NEW WORDS. It reads: {plain(motion.text)}")
    if reason is not None:
        return said(reason)
    data = MotionAmend.Data(
        meeting_id=situation.meeting.meeting_id, motion_id=motion.motion_id, text=text
    )
    return sent(MotionAmend(data=data))


def _why_not_worded(text: str, form: str) -> str | None:
    if not text:
        return f"Say what: {form}"
    if len(text) > TEXT_CHARACTERS:
        return f"A motion has at most {TEXT_CHARACTERS:,} characters."
    return None


def take_back(situation: Situation, _rest: str) -> Outcome:
    """Ask, then take one's motion back."""
    motion = situation.motion_to_take_back
    if motion is None:
        return said(_NO_MOTION)
    data = MotionWithdraw.Data(meeting_id=situation.meeting.meeting_id, motion_id=motion.motion_id)
    words = f"Take your motion back? {sentence(motion.text)}"
    return asked(words, "to take it back", sent(MotionWithdraw(data=data)))


def postpone(situation: Situation, _rest: str) -> Outcome:
    """Leave the motion to another meeting."""
    motion = situation.motion
    if motion is None:
        return said(_NO_MOTION)
    data = MotionPostpone.Data(meeting_id=situation.meeting.meeting_id, motion_id=motion.motion_id)
    return sent(MotionPostpone(data=data))


def refer(situation: Situation, to: str) -> Outcome:
    """Refer the motion to somebody."""
    motion = situation.motion
    if motion is None:
        return said(_NO_MOTION)
    if not to:
        return said("Say to whom: /refer the finance committee")
    data = MotionRefer.Data(
        meeting_id=situation.meeting.meeting_id, motion_id=motion.motion_id, to=to
    )
    return sent(MotionRefer(data=data))


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
