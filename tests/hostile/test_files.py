"""Files that are named after somebody's words: they stay in the folder that was chosen."""

import asyncio
import tomllib
from pathlib import Path, PureWindowsPath

import pytest

from boardroom_tui.cli import main
from tests.server.members import connected
from tests.server.running import charter, decision, member, running_server

WAYS_OUT = (
    "../../../out",
    "/tmp/out",
    "..",
    "..\\..\\out",
    "C:\\out",
    "\\\\host\\share",
    "CON",
    "nul.txt",
    "a:stream",
    "~/out",
    "$HOME/out",
    "out%2f..%2f..",
    "-rf",
)

TITLE = "../../../out\\n| $(touch out) `touch out` %2e%2e/out"


def meeting_file(folder: Path, way_out: str) -> Path:
    """A meeting whose every name leads elsewhere."""
    name = way_out.replace("\\", "\\\\")
    path = folder / "board.toml"
    path.write_text(
        f'[meeting]\nid = "{name}"\ntitle = "{TITLE}"\n'
        f'[[member]]\nid = "{name}"\nname = "{TITLE}"\nrole = "facilitator"\n'
        f'[[member]]\nid = "user_ben"\nname = "Ben"\nrole = "participant"\n'
    )
    assert tomllib.loads(path.read_text())["meeting"]["id"] == way_out
    return path


def outside(root: Path, chosen: Path) -> set[Path]:
    """All files below a folder that are not in the chosen one."""
    return {path for path in root.rglob("*") if chosen not in (path, *path.parents)}


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_invitations_stay_in_their_folder_whatever_the_ids_are(
    tmp_path: Path, way_out: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "a" / "b" / "c" / "data"
    meeting = meeting_file(tmp_path, way_out)
    before = outside(tmp_path, tmp_path / "a")
    assert main(["invite", "--meeting", str(meeting), "--data", str(data)]) == 0
    capfd.readouterr()
    assert outside(tmp_path, tmp_path / "a") == before
    written = {path for path in data.rglob("*") if path.suffix == ".token"}
    assert len(written) == 2
    for path in written:
        assert path.parent == data / "invitations"
        assert not PureWindowsPath(path.name).is_reserved()
        assert not set('\\/:*?"<>|$`') & set(path.name)


@pytest.mark.parametrize("way_out", WAYS_OUT)
async def test_a_record_and_its_minutes_stay_where_they_were_told(
    tmp_path: Path, way_out: str
) -> None:
    """A secret ballot is in it: each has a key file."""
    data, minutes = tmp_path / "a" / "b" / "data", tmp_path / "a" / "minutes.md"
    board = charter(
        way_out,
        title=TITLE,
        members=(member(way_out, name=TITLE), member("user_ben")),
        agenda=(),
        decisions=(decision(way_out, title=TITLE, secret=True, status="voting"),),
    )
    async with running_server(board, data, tls=False) as server:
        async with connected(server, way_out) as client:
            said = {"meetingId": way_out, "message": TITLE}
            answer = await client.ask("meeting.chat.message", said, "1")
            assert answer["type"] == "meeting.chat.message"
            cast = {"decisionId": way_out, "vote": "approve"}
            answer = await client.ask("decision.vote.cast", cast, "2")
            assert answer["type"] == "decision.vote.received"
        assert outside(tmp_path, data) == {data.parent, data.parent.parent}
    options = ("--data", str(data), "--output", str(minutes))
    assert await asyncio.to_thread(main, ["minutes", *options]) == 0
    assert outside(tmp_path, data) == {data.parent, data.parent.parent, minutes}
