"""Where the data lives: as told, else by the environment, else the platform's place."""

from pathlib import Path

import platformdirs

from boardroom_tui.record.data_folder import data_folder


def test_what_is_given_comes_before_the_environment() -> None:
    assert data_folder("/one", {"BOARDROOM_DATA": "/two"}) == Path("/one")
    assert data_folder(None, {"BOARDROOM_DATA": "/two"}) == Path("/two")


def test_without_either_it_is_the_platforms_user_data_folder() -> None:
    usual = platformdirs.user_data_path("boardroom", appauthor=False)
    assert data_folder(None, {}) == usual
    assert data_folder("", {"BOARDROOM_DATA": ""}) == usual


def test_a_tilde_is_the_home_folder() -> None:
    assert data_folder("~/meetings", {}) == Path.home() / "meetings"
