"""Reading the conversation: finding, following, coming back."""

from boardroom_tui.ui import readable as when
from boardroom_tui.ui.command import Command, CommandId, Group

READING: tuple[Command, ...] = (
    Command(
        CommandId.SEARCH,
        "Search the conversation",
        Group.READING,
        letter="space s",
        help="Enter and ↑ go further back, ↓ further on; Esc ends it and returns.",
        footer="Search",
        applies=when.has_something_said,
        takes="WORDS",
    ),
    Command(
        CommandId.NEXT_MATCH,
        "Go to the next match, further back",
        Group.READING,
        letter="space n",
        help="Where what is known ends, earlier messages are loaded and searched too.",
        footer="Next",
        applies=when.searches,
    ),
    Command(
        CommandId.PREVIOUS_MATCH,
        "Go to the match before, further on",
        Group.READING,
        letter="space N",
        help="The matches are counted from the newest.",
        footer="Previous",
        applies=when.searches,
    ),
    Command(
        CommandId.THREAD,
        "Show the thread of a message alone",
        Group.READING,
        letter="space t",
        help="What the selected message answers, back to where it began, and all answers to that.",
        footer="Thread",
        applies=when.has_thread,
    ),
    Command(
        CommandId.ANSWERED,
        "Go to what a message answers",
        Group.READING,
        letter="space a",
        help="From the selected message; a click on the line it quotes goes there too.",
        footer="Answered",
        applies=when.answers_something,
    ),
    Command(
        CommandId.UNREAD,
        "Go to what is new, and back",
        Group.READING,
        letter="space u",
        help="What is new is what you have not had on the screen yet.",
        footer="New",
        applies=when.has_unread,
    ),
    Command(
        CommandId.BACK,
        "Go back to where you were",
        Group.READING,
        letter="space b",
        help="Before the last jump, then before the one before that.",
        footer="Back",
        applies=when.can_go_back,
    ),
)
