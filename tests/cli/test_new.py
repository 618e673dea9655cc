"""`boardroom new`: a file to begin with, which is the README's and works."""

import textwrap
from pathlib import Path

import pytest

from boardroom_tui.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_file_to_begin_with_is_sound_and_the_readmes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "q3.toml"
    assert main(["new", "--output", str(file)]) == 0
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out.endswith("1 decision; nothing is wrong.\n")
    shown = README.partition("```toml\n")[2].partition("   ```")[0]
    assert file.read_text("utf-8").partition("\n\n")[2] == textwrap.dedent(shown)
    assert main(["new", "--output", str(file)]) == 1
    assert capsys.readouterr().err.endswith("is there already; --overwrite replaces it\n")
