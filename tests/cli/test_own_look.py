"""How the first screen and the door look: as the meetings of this user do."""

from pathlib import Path

import pytest

from boardroom_tui.cli.own_look import own_look
from boardroom_tui.cli.settings_file import own_settings
from boardroom_tui.cli.settings_paths import memory_path
from boardroom_tui.ui.look.arrangement import Arrangement
from boardroom_tui.ui.look.theme_names import ThemeName
from boardroom_tui.ui.remembered import Remembered, ScreenMemory


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's settings would be."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("BOARDROOM_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "config.toml"


@pytest.mark.parametrize(
    "settings",
    [
        None,
        b"",
        b'[look]\ntheme = "light"\n',
        b'\xef\xbb\xbf[look]\ntheme = "Boardroom-Night"\n',
        b'[look]\ntheme = "pink"\n',
        b"[look]\ntheme = 3\n",
        b'look = "light"\n',
        b'[look]\ntheme = "light\n',
        b"\xff",
        b"look = " + b"[" * 10_000,
    ],
)
def test_the_theme_is_the_meetings_whatever_is_wrong_in_the_settings(
    config: Path, settings: bytes | None
) -> None:
    remembered = Remembered(Arrangement(left=4), ThemeName.MIST)
    ScreenMemory(memory_path()).keep(remembered)
    if settings is not None:
        config.write_bytes(settings)
    assert own_look().theme is (own_settings().look.theme or ThemeName.MIST)
    assert own_look().arrangement == remembered.arrangement


def test_who_has_chosen_no_theme_has_none(config: Path) -> None:
    assert not config.exists()
    assert own_look() == Remembered()
