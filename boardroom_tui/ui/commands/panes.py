"""Showing a pane."""

from boardroom_tui.ui.command import Command, CommandId, Group

PANES: tuple[Command, ...] = (
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
        CommandId.MAXIMISE,
        "Give the whole screen to one pane",
        Group.PANES,
        letter="space z",
        help="The one in use; the agenda and an open vote keep a few lines. Once more goes back. "
        "A double click on its title does the same.",
        footer="Maximise",
    ),
    Command(
        CommandId.HIDE,
        "Hide the pane",
        Group.PANES,
        letter="space h",
        help="The one in use; its own key shows it again. An open vote stays in sight.",
        footer="Hide",
    ),
    Command(
        CommandId.WIDER,
        "Make the pane wider",
        Group.PANES,
        letter="space +",
        help="The column of the one in use. The mouse drags its border.",
        footer="Wider",
    ),
    Command(
        CommandId.NARROWER,
        "Make the pane narrower",
        Group.PANES,
        letter="space -",
        help="The column of the one in use. The mouse drags its border.",
        footer="Narrower",
    ),
    Command(
        CommandId.ARRANGEMENT,
        "Put the panes back",
        Group.PANES,
        letter="space 0",
        help="All of them, as wide as they were designed.",
        footer="Panes back",
    ),
)
