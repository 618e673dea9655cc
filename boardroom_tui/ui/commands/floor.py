"""Asking for the floor, and giving it."""

from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

FLOOR: tuple[Command, ...] = (
    Command(
        CommandId.ROSTER,
        "Look at the roster",
        Group.FLOOR,
        letter="space r",
        help="Who is here, who speaks and asks to, who may vote and for whom, and the quorum.",
        footer="Roster",
    ),
    Command(
        CommandId.HAND,
        "Raise or lower your hand",
        Group.FLOOR,
        letter="H",
        help="Asks for the floor, in the order of raised hands; once more lowers it.",
        footer="Hand",
        who=Who.WRITERS,
        applies=when.is_let_in,
        until_adjourned=True,
        sends=True,
        extension="speaker.raise",
    ),
    Command(
        CommandId.NEXT_SPEAKER,
        "Call the next speaker",
        Group.FLOOR,
        letter="N",
        help="Whoever raised a hand first, the one selected among the people, or the one named.",
        footer="Next speaker",
        who=Who.FACILITATOR,
        applies=when.has_somebody_to_call,
        until_adjourned=True,
        sends=True,
        extension="speaker.call",
        takes="name",
    ),
    Command(
        CommandId.YIELD,
        "Give or take the floor back",
        Group.FLOOR,
        letter="Y",
        help="Whoever has the floor gives it back; the facilitator takes it.",
        footer="Yield",
        who=Who.WRITERS,
        applies=when.can_end_a_speech,
        until_adjourned=True,
        sends=True,
        extension="speaker.yield",
    ),
)
