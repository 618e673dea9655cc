"""Voting."""

from boardroom_tui.ui import situation as when
from boardroom_tui.ui.command import Command, CommandId, Group, Who

VOTING: tuple[Command, ...] = (
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
)
