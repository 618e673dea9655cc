"""The draft in one's own editor: what comes back, what a failure leaves, and what stays behind."""

import asyncio
import os
import stat
import sys
from pathlib import Path

import pytest

from boardroom_tui.ui.deeds.drafting import quotation
from boardroom_tui.ui.writing.editor import NotEdited, chosen_editor, edited

LOOK_AND_ADD = """
import os, pathlib, sys
draft = pathlib.Path(sys.argv[2])
pathlib.Path(sys.argv[1]).write_text(
    f"{draft}\\n{os.stat(draft).st_mode:o}\\n{os.stat(draft.parent).st_mode:o}\\n"
)
(draft.parent / ".draft.md.swp").write_text("the editor's own copy")
draft.write_bytes(draft.read_bytes() + b"two \\x1b[31m\\xe2\\x80\\xaered\\r\\n\\xff")
"""


def program(source: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source, *arguments)


async def test_what_the_editor_leaves_comes_back_cleaned_and_nothing_of_it_stays(
    tmp_path: Path,
) -> None:
    seen = tmp_path / "seen"
    assert await edited("one é", program(LOOK_AND_ADD, str(seen))) == "one é\ntwo [31mred\n�"
    path, file_mode, folder_mode = seen.read_text().split()
    assert not Path(path).parent.exists()
    if os.name == "posix":
        assert stat.S_IMODE(int(file_mode, 8)) == 0o600
        assert stat.S_IMODE(int(folder_mode, 8)) == 0o700


@pytest.mark.parametrize(
    "source",
    [
        "import sys; open(sys.argv[1], 'w').write('lost'); sys.exit(3)",
        "import sys; open(sys.argv[1], 'w').write('x' * 300_000)",
        "import os, sys; os.unlink(sys.argv[1])",
    ],
)
async def test_an_editor_that_fails_has_changed_nothing_and_says_so(source: str) -> None:
    outcome = await edited("kept", program(source))
    assert isinstance(outcome, NotEdited)
    assert outcome.reason.endswith((" is kept.", " is as it was."))


async def test_the_meeting_goes_on_while_the_editor_is_open_and_ends_it_when_it_is_over(
    tmp_path: Path,
) -> None:
    marker = tmp_path / "open"
    source = (
        "import pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(sys.argv[2]); "
        "time.sleep(600)"
    )
    editing = asyncio.create_task(edited("private", program(source, str(marker))))
    async with asyncio.timeout(30):
        while not (marker.exists() and marker.read_text()):
            await asyncio.sleep(0)
        draft = Path(marker.read_text())
        assert draft.read_text() == "private\n"
        editing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await editing
    assert not draft.parent.exists()


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": f"{sys.executable} -w", "EDITOR": "nothing"}, (sys.executable, "-w")),
        ({"VISUAL": "", "EDITOR": sys.executable}, (sys.executable,)),
    ],
)
def test_visual_comes_before_editor(environment: dict[str, str], command: tuple[str, ...]) -> None:
    assert chosen_editor(environment) == command


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "No editor is set"),
        ({"EDITOR": "no-such-editor-here -x"}, "There is no program no-such-editor-here"),
        ({"VISUAL": "'vi"}, "A quotation mark is open"),
    ],
)
def test_without_an_editor_it_says_what_is_missing(
    environment: dict[str, str], reason: str
) -> None:
    found = chosen_editor(environment)
    assert isinstance(found, NotEdited)
    assert found.reason.startswith(reason)


def test_a_quotation_is_each_line_behind_a_mark_and_a_line_to_go_on_in() -> None:
    assert quotation("one\n\n two\n") == "> one\n>\n>  two\n"
