"""Which certificates a client takes, and that nothing is sent before it has."""

import asyncio
import socket
import ssl
from pathlib import Path

import pytest

from boardroom_tui.client.address import Address
from boardroom_tui.client.dialing import Unreachable, dial
from boardroom_tui.client.examination import Unknown, find_trust
from boardroom_tui.client.known_servers import KnownServers
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.trust import Authorities, Pinned, Trust
from tests.client.certificates import EXPIRED, Certificate, authority, self_signed
from tests.client.linking import address_of
from tests.client.listening import listening
from tests.peers.reference_server import ReferenceServer, reference_server

USERS = {"token_a": "anna"}


async def reached(server: ReferenceServer, trust: Trust) -> str:
    """Dial, and say what came of it: "" where the connection opened."""
    socket = await dial(address_of(server.url), trust, "token_a", "client_1")
    if isinstance(socket, Unreachable):
        return socket.reason
    await socket.close()
    return ""


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return self_signed(tmp_path)


@pytest.fixture
def known(tmp_path: Path) -> KnownServers:
    return KnownServers(tmp_path / "config" / "known_servers")


async def test_a_certificate_that_the_given_authority_signed_is_taken(
    certificate: Certificate,
) -> None:
    async with reference_server(USERS, tls=certificate.context) as server:
        assert await reached(server, Authorities(certificate.path)) == ""
        assert "is self-signed" in await reached(server, Authorities())


async def test_a_real_certificate_needs_its_authority_and_no_question(
    tmp_path: Path, known: KnownServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = authority(tmp_path)
    signed = board.delegates("office").signs(whole=True)
    async with reference_server(USERS, tls=signed.context) as server:
        address = address_of(server.url)
        problem = await find_trust(address, None, known)
        assert str(problem) == (
            f"the certificate of {address.name} is signed by no authority known here"
        )
        assert server.peers == []

        assert await find_trust(address, board.path, known) == Authorities(board.path)
        assert await reached(server, Authorities(board.path)) == ""

        monkeypatch.setenv("SSL_CERT_FILE", str(board.path))
        assert await find_trust(address, None, known) == Authorities()
        assert await reached(server, Authorities()) == ""


async def test_a_pinned_server_stays_pinned_when_an_authority_signs_its_new_certificate(
    tmp_path: Path, certificate: Certificate, known: KnownServers
) -> None:
    signed = authority(tmp_path).signs("signed")
    async with reference_server(USERS, tls=signed.context) as server:
        address = address_of(server.url)
        known.trust(address, certificate.fingerprint)
        assert await find_trust(address, None, known) == Pinned(certificate.fingerprint)
        line = await reached(server, Pinned(certificate.fingerprint))
        assert certificate.fingerprint in line
        assert signed.fingerprint in line
        assert server.peers == []


async def test_ssl_cert_file_is_trusted_like_the_systems_store(
    certificate: Certificate, known: KnownServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    async with reference_server(USERS, tls=certificate.context) as server:
        assert await find_trust(address_of(server.url), None, known) == Authorities()
        assert await reached(server, Authorities()) == ""


async def test_a_self_signed_certificate_is_asked_about_once(
    certificate: Certificate, known: KnownServers
) -> None:
    async with reference_server(USERS, tls=certificate.context) as server:
        address = address_of(server.url)

        assert await find_trust(address, None, known) == Unknown(certificate.fingerprint)
        assert server.peers == []
        assert known.trust(address, certificate.fingerprint) is None

        pinned = Pinned(certificate.fingerprint)
        assert await find_trust(address, None, known) == pinned
        assert await reached(server, pinned) == ""


async def test_a_changed_certificate_stops_before_the_token_is_sent(
    tmp_path: Path, certificate: Certificate
) -> None:
    other = self_signed(tmp_path, "other")
    async with listening(other.context) as (address, ears), asyncio.timeout(20):
        answer = await dial(address, Pinned(certificate.fingerprint), "token_a", "client_1")
        await ears[0].over.wait()

    assert isinstance(answer, Unreachable)
    assert answer.for_good
    assert answer.reason == (
        f"the certificate of {address.name} has changed: "
        f"trusted {certificate.fingerprint}, now {other.fingerprint}"
    )
    assert [ear.heard for ear in ears] == [b""]


async def test_a_look_at_a_certificate_sends_nothing(
    certificate: Certificate, known: KnownServers
) -> None:
    async with listening(certificate.context) as (address, ears), asyncio.timeout(20):
        assert isinstance(await find_trust(address, None, known), Unknown)
        # The first look failed in TLS; the second took the certificate and left.
        await ears[-1].over.wait()

    assert b"".join(ear.heard for ear in ears) == b""


async def test_a_server_without_tls_1_3_is_refused(certificate: Certificate) -> None:
    certificate.context.maximum_version = ssl.TLSVersion.TLSv1_2

    def refuse_once(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        # asyncio's servers cut the connection without the alert that others send.
        with pytest.raises(ssl.SSLError), connection:
            certificate.context.wrap_socket(connection, server_side=True)

    for trust in (Authorities(certificate.path), Pinned(certificate.fingerprint)):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            refusing = asyncio.create_task(asyncio.to_thread(refuse_once, listener))
            address = Address(port=listener.getsockname()[1])
            answer = await dial(address, trust, "token_a", "client_1")
            await refusing
        assert answer == Unreachable(f"{address.name} does not speak TLS 1.3")


async def test_a_server_without_tls_is_refused() -> None:
    async def answer_in_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer_in_http, "127.0.0.1", 0)
    async with server:
        address = Address(port=server.sockets[0].getsockname()[1])
        answer = await dial(address, Authorities(), "token_a", "client_1")
    assert answer == Unreachable(f"{address.name} does not speak TLS")


async def test_a_certificate_for_another_name_or_out_of_date_is_not_asked_about(
    tmp_path: Path, known: KnownServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path)
    expired = self_signed(tmp_path, "expired", valid=EXPIRED)
    async with reference_server(USERS, tls=certificate.context) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        elsewhere = Address("localhost", address_of(server.url).port)
        problem = await find_trust(elsewhere, None, known)
        assert str(problem) == f"the certificate of {elsewhere.name} is for another name"
    async with reference_server(USERS, tls=expired.context) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(expired.path))
        problem = await find_trust(address_of(server.url), None, known)
        assert "has run out" in str(problem)


async def test_a_missing_or_broken_ca_file_is_explained(
    tmp_path: Path, known: KnownServers
) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("not a certificate")
    address = Address()

    for path, words in ((tmp_path / "missing", "cannot read"), (broken, "no certificate")):
        problem = await find_trust(address, path, known)
        assert isinstance(problem, Problem)
        assert words in str(problem)


async def test_the_systems_store_is_read_only_where_it_decides(
    certificate: Certificate, known: KnownServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> None:
        raise AssertionError("it takes long, and three MiB")

    monkeypatch.setattr(ssl, "create_default_context", read)
    secure, plain = Address("one.example"), Address("127.0.0.1", secure=False)
    known.trust(secure, certificate.fingerprint)
    assert await find_trust(plain, None, known) == Authorities()
    assert await find_trust(secure, None, known) == Pinned(certificate.fingerprint)
    given = Authorities(certificate.path)
    assert await find_trust(secure, certificate.path, known) == given


def test_known_servers_are_private_and_each_keeps_its_own(known: KnownServers) -> None:
    one, other = Address("one.example"), Address("::1")
    first, second = ":".join(["AB"] * 32), ":".join(["01"] * 32)
    known.trust(one, second)
    known.trust(other, second)
    known.trust(one, first)

    assert known.fingerprint_of(one) == first
    assert known.fingerprint_of(other) == second
    assert known.fingerprint_of(Address("third.example")) is None
    assert known.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in known.path.parent.iterdir()] == ["known_servers"]


def test_a_damaged_list_of_known_servers_is_not_passed_over(known: KnownServers) -> None:
    known.trust(Address(), ":".join(["AB"] * 32))
    with known.path.open("a") as file:
        file.write("something else\n")

    problem = known.fingerprint_of(Address())

    assert str(problem) == f"{known.path}:2: expected HOST:PORT SHA256 FINGERPRINT"


def test_a_config_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    known = KnownServers(tmp_path / "file" / "known_servers")

    assert "cannot" in str(known.trust(Address(), ":".join(["AB"] * 32)))
