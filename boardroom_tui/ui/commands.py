"""Every command, declared once.

Key bindings, the footer, the palette, the help screen and the slash commands all derive from
`COMMANDS`; what a command does is in performing.py.

The keys are those that neither a shell's line editing nor tmux nor a terminal's menu takes, and
each command has a letter beside it, for terminals that keep the function keys to themselves.
"""

from collections.abc import Mapping
from types import MappingProxyType

from boardroom_tui.protocol.fields import ItemStatus
from boardroom_tui.state.select import next_item, previous_item
from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who
from boardroom_tui.ui.situation import Situation

_AGENDA_SET = "meeting.agenda.set"


def _next(situation: Situation) -> str | None:
    return None if next_item(situation.meeting) else "There is no item left on the agenda."


def _previous(situation: Situation) -> str | None:
    return None if previous_item(situation.meeting) else "There is no item before this one."


COMMANDS: tuple[Command, ...] = (
    Command(
        CommandId.APPROVE,
        "Vote to approve",
        Group.VOTING,
        keys=("f5",),
        letter="y",
        help="Asks for a comment and a confirmation, then votes for the open decision.",
        footer="Approve",
        who=Who.VOTERS,
        applies=when.vote_is_not_on_its_way,
        sends=True,
        takes="comment",
    ),
    Command(
        CommandId.REJECT,
        "Vote to reject",
        Group.VOTING,
        keys=("f6",),
        letter="n",
        help="The same, against it.",
        footer="Reject",
        who=Who.VOTERS,
        applies=when.vote_is_not_on_its_way,
        sends=True,
        takes="comment",
    ),
    Command(
        CommandId.ABSTAIN,
        "Abstain",
        Group.VOTING,
        keys=("f7",),
        letter="b",
        help="Takes part in the vote, for the quorum, without a vote cast.",
        footer="Abstain",
        who=Who.VOTERS,
        applies=when.vote_is_not_on_its_way,
        sends=True,
        takes="comment",
    ),
    Command(
        CommandId.SWITCH,
        "Leave or enter the writing line",
        Group.CONVERSATION,
        keys=("escape",),
        letter="i",
        help="Out of the writing line letters are commands; in it they are text.",
        footer="Keys",
    ),
    Command(
        CommandId.REPLY,
        "Answer a message",
        Group.CONVERSATION,
        keys=("ctrl+r",),
        letter="r",
        help="Answers the message selected in the conversation, else the newest of another.",
        footer="Answer",
        who=Who.WRITERS,
        applies=when.has_something_to_answer,
    ),
    Command(
        CommandId.NEWEST,
        "Go to the newest message",
        Group.CONVERSATION,
        keys=("ctrl+l",),
        letter="l",
        help="Scrolls the conversation to its end and keeps it there.",
        footer="Newest",
    ),
    Command(
        CommandId.AGENDA,
        "Show the agenda",
        Group.PANES,
        keys=("f2",),
        letter="g",
        help="Moves the focus there; on a narrow screen it takes the conversation’s place.",
        footer="Agenda",
    ),
    Command(
        CommandId.PEOPLE,
        "Show the people",
        Group.PANES,
        keys=("f3",),
        letter="p",
        help="Who is present, away and absent.",
        footer="People",
    ),
    Command(
        CommandId.VOTE,
        "Show the vote",
        Group.PANES,
        keys=("f4",),
        letter="v",
        help="The open decision with its text, its rule and its tally, or the last result.",
        footer="Vote",
    ),
    Command(
        CommandId.NEXT_ITEM,
        "Go on to the next item",
        Group.AGENDA,
        keys=("f8",),
        letter=".",
        help="Completes the item in progress and takes up the next one.",
        footer="Next item",
        who=Who.FACILITATOR,
        applies=_next,
        sends=True,
        extension=_AGENDA_SET,
    ),
    Command(
        CommandId.PREVIOUS_ITEM,
        "Go back to the item before",
        Group.AGENDA,
        keys=("shift+f8", "f20"),
        letter=",",
        help="Takes the item before the current one up again.",
        footer="Item before",
        who=Who.FACILITATOR,
        applies=_previous,
        sends=True,
        extension=_AGENDA_SET,
    ),
    Command(
        CommandId.TAKE_UP,
        "Take up an item",
        Group.AGENDA,
        letter="t",
        help="The item selected in the agenda (Enter there does the same), or the one named.",
        footer="Take up",
        who=Who.FACILITATOR,
        applies=when.item_can_become(ItemStatus.IN_PROGRESS),
        sends=True,
        extension=_AGENDA_SET,
        takes="number",
    ),
    Command(
        CommandId.COMPLETE,
        "Complete an item",
        Group.AGENDA,
        letter="c",
        help="The selected item, the one named, or the one in progress.",
        footer="Complete",
        who=Who.FACILITATOR,
        applies=when.item_can_become(ItemStatus.COMPLETED),
        sends=True,
        extension=_AGENDA_SET,
        takes="number",
    ),
    Command(
        CommandId.DEFER,
        "Defer an item",
        Group.AGENDA,
        letter="d",
        help="Leaves it to another meeting.",
        footer="Defer",
        who=Who.FACILITATOR,
        applies=when.item_can_become(ItemStatus.DEFERRED),
        sends=True,
        extension=_AGENDA_SET,
        takes="number",
    ),
    Command(
        CommandId.PUT_BACK,
        "Put an item back",
        Group.AGENDA,
        letter="u",
        help="It is still to come.",
        footer="Put back",
        who=Who.FACILITATOR,
        applies=when.item_can_become(ItemStatus.PENDING),
        sends=True,
        extension=_AGENDA_SET,
        takes="number",
    ),
    Command(
        CommandId.OPEN,
        "Open a vote",
        Group.DECISIONS,
        keys=("ctrl+o",),
        letter="o",
        help="A prepared decision, or a new one.",
        footer="Open vote",
        who=Who.FACILITATOR,
        sends=True,
        extension="decision.open",
    ),
    Command(
        CommandId.CLOSE,
        "Close the vote",
        Group.DECISIONS,
        keys=("f9",),
        letter="x",
        help="Counts it as it stands, after a confirmation.",
        footer="Close vote",
        who=Who.FACILITATOR,
        applies=when.has_open_decision,
        sends=True,
        extension="decision.close",
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
    Command(
        CommandId.ONLINE,
        "Be here",
        Group.YOURSELF,
        letter="1",
        help="Tells the others that you follow the meeting.",
        footer="Here",
        sends=True,
    ),
    Command(
        CommandId.AWAY,
        "Be away",
        Group.YOURSELF,
        letter="2",
        help="Tells the others that you are away for a moment.",
        footer="Away",
        sends=True,
    ),
    Command(
        CommandId.BUSY,
        "Be busy",
        Group.YOURSELF,
        letter="3",
        help="Tells the others that you follow only with half an ear.",
        footer="Busy",
        sends=True,
    ),
    Command(
        CommandId.RECONNECT,
        "Try to connect now",
        Group.PROGRAM,
        letter="z",
        help="Does not wait for the next attempt after a lost connection.",
        footer="Reconnect",
        applies=when.waits_for_the_next_attempt,
    ),
    Command(
        CommandId.THEME,
        "Switch between dark and light",
        Group.PROGRAM,
        keys=("ctrl+t",),
        letter="m",
        help="Two themes of our own; NO_COLOR is respected too.",
        footer="Theme",
    ),
    Command(
        CommandId.PALETTE,
        "Find a command",
        Group.PROGRAM,
        keys=("ctrl+p",),
        letter=":",
        help="Every command by its name.",
        footer="Commands",
    ),
    Command(
        CommandId.HELP,
        "Help",
        Group.PROGRAM,
        keys=("f1",),
        letter="?",
        help="This page.",
        footer="Help",
    ),
    Command(
        CommandId.LEAVE,
        "Leave the meeting",
        Group.PROGRAM,
        keys=("ctrl+q",),
        letter="q",
        help="Closes the connection and ends the program.",
        footer="Leave",
    ),
)

BY_ID: Mapping[CommandId, Command] = MappingProxyType({one.id: one for one in COMMANDS})

BY_SLASH: Mapping[str, Command] = MappingProxyType(
    {one.slash: one for one in COMMANDS} | {"quit": BY_ID[CommandId.LEAVE]}
)
"""The slash commands; `/quit` is what people type."""
