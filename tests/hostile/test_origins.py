"""Browsers: a web page may connect only if the server was told to let it."""

from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.peers.reference_client import reference_client
from tests.server.running import charter, running_server

PAGE = "https://board.example"


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "http://board.example",
        "https://board.example:8443",
        "https://board.example.elsewhere.example",
        "https://BOARD.example@elsewhere.example",
        "null",
        "file://",
    ],
)
async def test_a_web_page_from_elsewhere_may_not_connect_even_with_a_good_token(
    tmp_path: Path, origin: str
) -> None:
    async with running_server(charter(), tmp_path, tls=False, origins=(PAGE,)) as server:
        with pytest.raises(InvalidStatus) as refused:
            async with reference_client(server.address("user_ada"), None, origin=origin):
                pass
        assert refused.value.response.status_code == 403


async def test_a_page_that_is_allowed_gets_in_and_so_does_a_program(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, origins=(PAGE,)) as server:
        address = server.address("user_ada")
        for origin in (PAGE, None):
            async with reference_client(address, server.trust(), origin=origin) as ada:
                assert (await ada.receive())["type"] == "connection.ready"


async def test_without_a_word_of_the_operator_no_page_may_connect(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path, tls=False) as server:
        with pytest.raises(InvalidStatus):
            async with reference_client(server.address("user_ada"), None, origin=PAGE):
                pass
