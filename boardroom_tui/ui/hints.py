"""Which keys the footer names: those that do something now, the most wanted first."""

from boardroom_tui.state.select import open_decisions
from boardroom_tui.ui.command import Command, CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.key_line import KeyHint

_VOTING = (CommandId.APPROVE, CommandId.REJECT, CommandId.ABSTAIN)
_LEADING = (CommandId.NEXT_ITEM, CommandId.OPEN, CommandId.CLOSE)
_AGENDA = (CommandId.TAKE_UP, CommandId.COMPLETE, CommandId.DEFER, CommandId.WITHDRAW)
_ALWAYS = (
    CommandId.SWITCH,
    CommandId.REPLY,
    CommandId.AGENDA,
    CommandId.PEOPLE,
    CommandId.VOTE,
    CommandId.PALETTE,
    CommandId.LEAVE,
)


def hints(situation: Situation) -> tuple[KeyHint, ...]:
    """The footer's hints; help stands last, at the right edge."""
    wanted: list[CommandId] = []
    if situation.item_id is not None or situation.decision_id is not None:
        wanted.extend(_AGENDA)
    if open_decisions(situation.meeting):
        wanted.extend(_VOTING)
    wanted.extend((CommandId.RECONNECT, *_LEADING, *_ALWAYS))
    possible = [BY_ID[one] for one in wanted if reason_against(BY_ID[one], situation) is None]
    return (*(_hint(one, situation) for one in possible), _hint(BY_ID[CommandId.HELP], situation))


def _hint(command: Command, situation: Situation) -> KeyHint:
    word = command.footer
    if command.id is CommandId.SWITCH and not situation.typing:
        word = "Write"
    return KeyHint(command.shown_key, word, command.id)
