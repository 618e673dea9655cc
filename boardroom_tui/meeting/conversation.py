"""What is said."""

from boardroom_tui.meeting.commands import Refusal, Say
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import Said
from boardroom_tui.meeting.finding import missing
from boardroom_tui.meeting.standing import lower, member
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.fields import Role


def say(state: MeetingState, command: Say) -> Deeds | Refusal:
    """Say something: it takes membership, not presence (CONTRACT.md, Who is speaking)."""
    speaker = member(state, command.user_id)
    if isinstance(speaker, Refusal):
        return speaker
    if command.reply_to is not None:
        answered = state.chat.find(command.reply_to)
        observes = lower(speaker.role, command.role) is Role.OBSERVER
        if answered is None or (answered.executive and observes):
            return missing(Resource.MESSAGE, command.reply_to)
    said = Said(message_id=command.message_id, text=command.text, reply_to=command.reply_to)
    return (Deed(speaker.id, said),)
