"""Opening and ending votes."""

from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

DECISIONS: tuple[Command, ...] = (
    Command(
        CommandId.OPEN,
        "Open a vote",
        Group.DECISIONS,
        keys=("ctrl+o",),
        letter="o",
        help="A prepared decision, or a new one.",
        footer="Open vote",
        who=Who.FACILITATOR,
        until_adjourned=True,
        sends=True,
        extension="decision.open",
    ),
    Command(
        CommandId.CLOSE,
        "Close the vote",
        Group.DECISIONS,
        keys=("f9",),
        letter="x",
        help="Counts it as it stands; asks first where somebody present has not voted.",
        footer="Close vote",
        who=Who.FACILITATOR,
        applies=when.has_open_decision,
        sends=True,
        extension="decision.close",
    ),
    Command(
        CommandId.REMIND,
        "Remind who has not voted",
        Group.DECISIONS,
        letter="W",
        help="Those who are present and whose votes are missing, once in half a minute.",
        footer="Remind",
        who=Who.FACILITATOR,
        applies=when.has_votes_to_remind_of,
        sends=True,
        extension="decision.remind",
    ),
    Command(
        CommandId.WITHDRAW,
        "Withdraw a decision",
        Group.DECISIONS,
        keys=("shift+f9", "f21"),
        letter="w",
        help="Ends the open vote without a result, or takes a prepared decision back.",
        footer="Withdraw",
        who=Who.FACILITATOR,
        applies=when.has_decision_to_withdraw,
        sends=True,
        extension="decision.withdraw",
    ),
)
