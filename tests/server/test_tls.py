"""The installation's certificate: for which hosts, how long, and whose key."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from boardroom_tui.server.tls import KEY_FILE, LIFE, certificate, own, server_context, valid_host
from boardroom_tui.server.tls import authority as trusted_by
from tests.client.certificates import authority

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def names(path: Path) -> set[str]:
    """The hosts that a certificate is valid for."""
    loaded = x509.load_pem_x509_certificate(path.read_bytes())
    found = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {
        *found.get_values_for_type(x509.DNSName),
        *map(str, found.get_values_for_type(x509.IPAddress)),
    }


def test_the_certificate_is_for_this_machine_and_the_host_given(tmp_path: Path) -> None:
    path = certificate(tmp_path, "board.example", NOW)
    assert names(path) == {"localhost", "127.0.0.1", "::1", "board.example"}
    assert stat.S_IMODE(path.with_name(KEY_FILE).stat().st_mode) == 0o600


def test_the_certificate_stays_the_same_as_clients_pin_it(tmp_path: Path) -> None:
    before = certificate(tmp_path, "127.0.0.1", NOW).read_bytes()
    assert certificate(tmp_path, "localhost", NOW + timedelta(days=300)).read_bytes() == before
    assert certificate(tmp_path, "0.0.0.0", NOW).read_bytes() == before


def test_a_further_host_is_added_under_the_same_key(tmp_path: Path) -> None:
    first = x509.load_pem_x509_certificate(certificate(tmp_path, "one.example", NOW).read_bytes())
    path = certificate(tmp_path, "10.0.0.7", NOW)
    assert {"one.example", "10.0.0.7"} <= names(path)
    second = x509.load_pem_x509_certificate(path.read_bytes())
    assert first.public_key() == second.public_key()


def test_a_certificate_is_renewed_before_it_runs_out(tmp_path: Path) -> None:
    before = certificate(tmp_path, "127.0.0.1", NOW).read_bytes()
    later = NOW + LIFE - timedelta(days=10)
    renewed = certificate(tmp_path, "127.0.0.1", later).read_bytes()
    assert renewed != before
    assert x509.load_pem_x509_certificate(renewed).not_valid_after_utc == later + LIFE


@pytest.mark.parametrize("pem", [None, "no key"])
def test_a_key_that_is_lost_or_broken_is_named(tmp_path: Path, pem: str | None) -> None:
    shown = own(tmp_path, "127.0.0.1", NOW)
    shown.key.unlink()
    if pem is not None:
        shown.key.write_text(pem)
    with pytest.raises(ValueError, match=rf"{KEY_FILE} holds no key of certificate\.pem"):
        server_context(shown)


def test_a_certificate_is_its_own_authority_unless_another_signed_it(tmp_path: Path) -> None:
    board = authority(tmp_path)
    ours = certificate(tmp_path, "127.0.0.1", NOW)
    assert trusted_by(ours) == ours
    assert trusted_by(board.signs("server").path) is None
    whole = board.signs("whole", whole=True).path
    assert trusted_by(whole) == whole


@pytest.mark.parametrize(
    ("hosts", "reached_as"),
    [
        (["127.0.0.1", "board.example"], "127.0.0.1"),
        (["10.0.0.7", "board.example", "other.example"], "board.example"),
        (["*.example"], "127.0.0.1"),
        ([], "127.0.0.1"),
    ],
)
def test_clients_reach_a_server_by_a_name_of_its_certificate(
    tmp_path: Path, hosts: list[str], reached_as: str
) -> None:
    path = authority(tmp_path).signs(hosts=hosts).path
    assert valid_host(path, "127.0.0.1") == reached_as


def test_a_certificate_for_every_name_of_a_domain_is_valid_for_each(tmp_path: Path) -> None:
    path = authority(tmp_path).signs(hosts=["board.example", "*.board.example"]).path
    assert valid_host(path, "q3.board.example") == "q3.board.example"
