"""A certificate that the server's owner brings: shown as it is, or refused in one line."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from boardroom_tui.server.given_certificate import check
from boardroom_tui.server.server import ServerProblem
from boardroom_tui.server.tls import Shown
from tests.client.certificates import (
    EXPIRED,
    NOT_YET_VALID,
    Authority,
    authority,
    new_key,
    write_key,
)
from tests.peers.reference_client import reference_client
from tests.server.running import charter, running_server


@pytest.fixture
def board(tmp_path: Path) -> Authority:
    return authority(tmp_path)


def shown(board: Authority, **details: Any) -> Shown:
    """A certificate that the authority has just signed, and its key."""
    certificate = board.signs(**details)
    return Shown(certificate.path, certificate.key)


async def test_clients_of_the_authority_that_signed_it_come_in(
    tmp_path: Path, board: Authority
) -> None:
    office = board.delegates("office")
    given = shown(office, whole=True)
    async with running_server(charter(), tmp_path / "data", certificate=given) as server:
        trust = ssl.create_default_context(cafile=board.path)
        async with reference_client(server.address("user_ben"), trust) as ben:
            assert (await ben.receive())["type"] == "connection.ready"
            tls = ben.socket.transport.get_extra_info("ssl_object")
            assert tls.version() == "TLSv1.3"
        assert server.ca is None
        assert not (tmp_path / "data" / "tls").exists()


async def test_one_that_nobody_else_signed_is_what_clients_trust(tmp_path: Path) -> None:
    itself = authority(tmp_path)
    given = shown(itself, whole=True)
    async with (
        running_server(charter(), tmp_path / "data", certificate=given) as server,
        reference_client(server.address("user_ben"), server.trust()) as ben,
    ):
        assert (await ben.receive())["type"] == "connection.ready"
        assert server.ca == given.chain


async def test_a_server_is_reached_by_a_name_that_its_certificate_has(
    tmp_path: Path, board: Authority
) -> None:
    given = shown(board, hosts=["localhost"])
    async with running_server(charter(), tmp_path / "data", certificate=given) as server:
        assert server.url.startswith("wss://localhost:")
        trust = ssl.create_default_context(cafile=board.path)
        async with reference_client(server.address("user_ben"), trust) as ben:
            assert (await ben.receive())["type"] == "connection.ready"


def _of_another_key(board: Authority) -> Shown:
    given = shown(board)
    write_key(given.key, new_key())
    return given


def _open_to_others(board: Authority) -> Shown:
    given = shown(board)
    given.key.chmod(0o640)
    return given


def _encrypted(board: Authority) -> Shown:
    key = new_key()
    given = shown(board, key=key)
    write_key(given.key, key, passphrase=b"secret")
    return given


def _weak(board: Authority) -> Shown:
    return shown(board, key=rsa.generate_private_key(65537, 1024))


def _without_certificate(board: Authority) -> Shown:
    given = shown(board)
    given.chain.write_text("none")
    return given


def _without_key(board: Authority) -> Shown:
    given = shown(board)
    given.key.write_text("none")
    return given


def _missing_certificate(board: Authority) -> Shown:
    given = shown(board)
    given.chain.unlink()
    return given


def _missing_key(board: Authority) -> Shown:
    given = shown(board)
    given.key.unlink()
    return given


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (_of_another_key, "{key} is not the key of {cert}"),
        (_open_to_others, "{key} is open to others: run chmod 600 {key}"),
        (_encrypted, "{key} is encrypted: give the key without a passphrase"),
        (_without_key, "{key} holds no key"),
        (_without_certificate, "{cert} holds no certificate"),
        (_missing_key, "cannot read {key}: No such file or directory"),
        (_missing_certificate, "cannot read {cert}: No such file or directory"),
        (_weak, "{cert} is too weak for TLS 1.3"),
    ],
)
async def test_one_that_cannot_be_shown_is_refused_in_one_line(
    tmp_path: Path, board: Authority, make: Callable[[Authority], Shown], line: str
) -> None:
    given = make(board)
    with pytest.raises(ServerProblem) as refused:
        async with running_server(charter(), tmp_path / "data", certificate=given):
            pass
    assert str(refused.value) == line.format(key=given.key, cert=given.chain)


@pytest.mark.parametrize(
    ("valid", "words", "days"),
    [(EXPIRED, "ran out at", -1), (NOT_YET_VALID, "is not valid before", 1)],
)
async def test_one_that_is_out_of_date_is_refused_with_the_date(
    tmp_path: Path,
    board: Authority,
    valid: tuple[timedelta, timedelta],
    words: str,
    days: int,
) -> None:
    day = datetime.now(UTC).date() + timedelta(days)
    given = shown(board, valid=valid)
    with pytest.raises(ServerProblem) as refused:
        async with running_server(charter(), tmp_path / "data", certificate=given):
            pass
    line, _, _ = str(refused.value).rpartition("T")
    # The day may end while the certificate is made.
    later = day + timedelta(1)
    assert line in {f"{given.chain} {words} {one.isoformat()}" for one in (day, later)}


def test_a_key_that_systemd_hands_over_is_taken_where_only_its_access_list_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, now = shown(authority(tmp_path)), datetime.now(UTC)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(given.key.parent))
    given.key.chmod(0o440)
    check(given, now)
    for mode in (0o444, 0o460, 0o640):
        given.key.chmod(mode)
        with pytest.raises(ValueError, match="is open to others"):
            check(given, now)
    given.key.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "another"))
    with pytest.raises(ValueError, match="is open to others"):
        check(given, now)
