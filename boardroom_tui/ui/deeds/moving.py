"""Motions from the floor whose words are written, or begun, in the writing line."""

from boardroom_tui.ui import requests
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.deeds.asking import post_or_tell
from boardroom_tui.ui.situation import Situation


def word(board: Board, command: requests.Worded, situation: Situation, text: str) -> None:
    """Send what a command says; without a text, begin to write it."""
    composer = board.meeting_screen.composer
    motion = situation.motion_to_amend if command is CommandId.AMEND else None
    if not text:
        board.meeting_screen.write()
        composer.begin_with(f"/{command} {'' if motion is None else motion.text}")
        return
    request = requests.worded(command, situation, text)
    if isinstance(request, str):
        composer.refuse(f"/{command} {text}", request)
    else:
        post_or_tell(board, request)
