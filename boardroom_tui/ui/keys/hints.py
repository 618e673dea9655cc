"""Which keys the footer names: those that do something now, the most wanted first."""

from dataclasses import replace

from boardroom_tui.protocol.fields import MeetingPhase, Method
from boardroom_tui.state.motions import pending_motions
from boardroom_tui.state.select import open_decisions
from boardroom_tui.ui.command import Command, CommandId, reason_against
from boardroom_tui.ui.commands import DECLARED, Commands
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.key_line import KeyHint
from boardroom_tui.ui.words.beginning import LEAVE

_ITEM = (CommandId.TAKE_UP, CommandId.COMPLETE, CommandId.DEFER, CommandId.PUT_BACK)
_VOTING = (CommandId.APPROVE, CommandId.REJECT, CommandId.ABSTAIN)
"""Before all else while a vote is open: its time runs out."""
_ENDING = (CommandId.CLOSE, CommandId.REMIND)
_ALWAYS = (
    CommandId.NEXT_ITEM,
    CommandId.OPEN,
    CommandId.REPLY,
    CommandId.UNLOCK,
    CommandId.AGENDA,
    CommandId.PEOPLE,
    CommandId.VOTE,
    CommandId.SWITCH,
    CommandId.PALETTE,
    CommandId.HAND,
)
_LEADING = (
    CommandId.ORDER,
    CommandId.CLOSE,
    CommandId.REMIND,
    CommandId.WITHDRAW,
    CommandId.NEXT_SPEAKER,
    CommandId.YIELD,
    CommandId.PUT,
    CommandId.OPEN,
    CommandId.NEXT_ITEM,
    CommandId.TAKE_UP,
    CommandId.COMPLETE,
    CommandId.DEFER,
    CommandId.ROLL,
    CommandId.RECESS,
    CommandId.ADJOURN,
)
_PINNED = (CommandId.LEAVE, CommandId.HELP)

WAY_OUT = (KeyHint(*LEAVE, CommandId.LEAVE, pinned=True),)
"""The hint of whoever is not in yet."""


def hints(situation: Situation, commands: Commands = DECLARED) -> tuple[KeyHint, ...]:
    """The footer's hints; how to leave and to get help stand last, at the right edge."""
    being_voted = bool(open_decisions(situation.meeting))
    wanted: list[CommandId] = [*_VOTING] if being_voted else []
    if not situation.typing:
        wanted.append(CommandId.SWITCH)
    if situation.item_id is not None:
        wanted.extend(_ITEM)
    if situation.decision_id is not None:
        wanted.extend((CommandId.OPEN, CommandId.WITHDRAW))
    if situation.motion_id is not None:
        wanted.extend((CommandId.PUT, CommandId.SECOND, CommandId.AMEND, CommandId.POSTPONE))
    if situation.user_id is not None:
        wanted.extend((CommandId.DM, CommandId.DEVICES))
    wanted.extend((CommandId.EDIT, CommandId.RENEW, CommandId.RECONNECT))
    if situation.privacy.rooms:
        wanted.append(CommandId.CONVERSATION)
    if situation.meeting.phase is not MeetingPhase.IN_SESSION:
        wanted.append(CommandId.ORDER)
    if situation.meeting.speakers.queue:
        wanted.append(CommandId.NEXT_SPEAKER)
    if situation.meeting.speakers.speaking is not None:
        wanted.append(CommandId.YIELD)
    if being_voted:
        wanted.extend(_ENDING)
    if pending_motions(situation.meeting):
        wanted.extend((CommandId.SECOND, CommandId.PUT))
    if not situation.typing:
        wanted.append(CommandId.MORE)
    wanted.extend(_ALWAYS)
    possible = [
        commands[one]
        for one in dict.fromkeys(wanted)
        if reason_against(commands[one], situation) is None
    ]
    leave = commands.key(CommandId.SWITCH)
    pinned = (replace(_hint(commands[one], situation, leave), pinned=True) for one in _PINNED)
    return (*(_hint(one, situation, leave) for one in possible), *pinned)


def control_hints(situation: Situation, commands: Commands) -> tuple[KeyHint, ...]:
    """Those of the facilitator's view: what leads the meeting, and can be done now."""
    leading = (commands[one] for one in _LEADING)
    possible = (one for one in leading if reason_against(one, situation) is None)
    back = KeyHint("Esc", "Back", CommandId.CONTROL, pinned=True)
    return (*(_hint(one, situation, "") for one in possible), back)


def _hint(command: Command, situation: Situation, leave: str) -> KeyHint:
    """`leave` is what leaves the writing line."""
    word = command.footer
    if command.id is CommandId.SWITCH and not situation.typing:
        word = "Write"
    if command.id is CommandId.REJECT and _is_by_consent(situation):
        word = "Object"
    key = command.key_while_writing(leave) if situation.typing else command.shown_key
    return KeyHint(key, word, command.id)


def _is_by_consent(situation: Situation) -> bool:
    """Whether voting against is objecting."""
    decision = situation.decision
    return decision is not None and decision.method is Method.CONSENT
