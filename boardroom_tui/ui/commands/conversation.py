"""The conversation."""

from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

CONVERSATION: tuple[Command, ...] = (
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
        help="The message that is selected, else the newest of another; again: no longer.",
        footer="Answer",
        who=Who.WRITERS,
        applies=when.has_something_to_answer,
    ),
    Command(
        CommandId.QUOTE,
        "Quote a message",
        Group.CONVERSATION,
        letter="space >",
        help="Answers it with its lines above yours, to be cut down to what matters.",
        footer="Quote",
        who=Who.WRITERS,
        applies=when.has_something_to_answer,
    ),
    Command(
        CommandId.EDITOR,
        "Write in your own editor",
        Group.CONVERSATION,
        keys=("ctrl+g",),
        letter="space e",
        help="Opens what you are writing in $VISUAL or $EDITOR; nothing is sent by that.",
        footer="Editor",
        who=Who.WRITERS,
        applies=when.is_let_in,
    ),
    Command(
        CommandId.EDIT,
        "Take back what was not sent",
        Group.CONVERSATION,
        letter="e",
        help="Puts a message that was refused, or not sent last time, into the writing line.",
        footer="Edit",
        applies=when.has_something_to_take_back,
    ),
    Command(
        CommandId.NEWEST,
        "Go to the newest message",
        Group.CONVERSATION,
        keys=("ctrl+l",),
        letter="l",
        help="Scrolls the conversation to its end and keeps it there; draws the screen anew.",
        footer="Newest",
    ),
)
