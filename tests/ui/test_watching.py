"""A record that was rewritten is told on the screen, with both codes, as long as one looks."""

from datetime import UTC
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.heads import HeadSigner, head_code
from boardroom_tui.protocol.messages.record import RecordHead, RecordHeadGet, SignedHead
from boardroom_tui.ui.app import BoardroomApp
from tests.ui import board
from tests.ui.board import NOON
from tests.ui.screen_text import screen_text, until
from tests.ui.scripted_link import ScriptedLink

SIGNER = HeadSigner(Ed25519PrivateKey.generate())


def head(sequence: int, byte: str) -> SignedHead:
    return SIGNER.sign(board.MEETING, sequence, byte * 32, NOON)


def told(signed: SignedHead) -> RecordHead:
    return RecordHead(data=RecordHead.Data(**dict(signed)))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_rewritten_record_stays_on_the_screen_with_both_codes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    link, heads = ScriptedLink(), KeptHeads(tmp_path / "heads.json")
    heads.see(head(90, "ab"))
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC, heads=heads)
    async with app.run_test(size=size) as pilot:
        link.hear(board.ready(), board.state())
        await until(pilot, lambda: any(isinstance(one, RecordHeadGet) for one in link.sent))
        [asked] = [one for one in link.sent if isinstance(one, RecordHeadGet)]
        assert asked.data.sequence == 90
        link.hear(told(head(90, "cd")))
        await until(pilot, lambda: app.meeting.record_warning is not None)
        link.hear(told(head(121, "ef")), board.state())
        await pilot.pause()
        await pilot.pause()
        shown = " ".join(screen_text(app).split())
        for code in (head_code(90, "ab" * 32), head_code(90, "cd" * 32)):
            assert str(code) in shown


async def test_a_record_that_is_as_it_was_seen_says_nothing(tmp_path: Path) -> None:
    link, heads = ScriptedLink(), KeptHeads(tmp_path / "heads.json")
    heads.see(head(90, "ab"))
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC, heads=heads)
    async with app.run_test(size=(80, 24)) as pilot:
        link.hear(board.ready(), board.state(), told(head(90, "ab")), told(head(121, "ef")))
        await until(pilot, lambda: heads.newest is not None and heads.newest.sequence == 121)
        assert app.meeting.record_warning is None
