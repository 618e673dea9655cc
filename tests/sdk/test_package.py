"""`boardroom_ws` as it is installed."""

import importlib.metadata
import inspect
from importlib.resources import files
from typing import get_type_hints

import boardroom_ws
import pytest
from boardroom_ws import AsyncBoardroomWebSocket, BoardroomWebSocket

METHODS = ("on", "off", "send", "send_and_wait", "subscribe", "unsubscribe", "connect")


def test_the_package_is_typed_and_belongs_to_this_distribution() -> None:
    assert files("boardroom_ws").joinpath("py.typed").is_file()
    assert files("boardroom_tui").joinpath("py.typed").is_file()
    assert set(importlib.metadata.packages_distributions()["boardroom_ws"]) == {"boardroom-tui"}


def test_what_it_offers_is_named_and_documented() -> None:
    for name in boardroom_ws.__all__:
        assert inspect.getdoc(getattr(boardroom_ws, name)), name


@pytest.mark.parametrize("name", [*METHODS, "disconnect", "__init__"])
def test_both_forms_take_the_same_and_say_what_they_do(name: str) -> None:
    blocking, awaited = (
        getattr(form, name) for form in (BoardroomWebSocket, AsyncBoardroomWebSocket)
    )
    assert inspect.getdoc(blocking)
    assert inspect.getdoc(awaited)
    one, other = inspect.signature(blocking), inspect.signature(awaited)
    assert one.parameters == other.parameters
    assert get_type_hints(blocking) == get_type_hints(awaited)
