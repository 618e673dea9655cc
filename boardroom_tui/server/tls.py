"""TLS 1.3, and the certificate of this installation's own, which clients pin on first use."""

import ipaddress
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from boardroom_tui.private_files import make_private_folder, write_private
from boardroom_tui.server.keys import private_key

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
LIFE = timedelta(days=3650)
RENEWED_BEFORE = timedelta(days=30)
FOLDER = "tls"
"""In the data folder."""
CERTIFICATE_FILE = "certificate.pem"
KEY_FILE = "key.pem"
_TOO_WEAK = frozenset({"EE_KEY_TOO_SMALL", "CA_KEY_TOO_SMALL", "CA_MD_TOO_WEAK"})
"""What OpenSSL says of a certificate whose key or signature no client would take."""

EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  # recognized, not listened on


@dataclass(frozen=True, slots=True)
class Shown:
    """What a server shows its clients: a certificate with those above it, in PEM, and its key."""

    chain: Path
    key: Path


def own(data: Path, host: str, now: datetime) -> Shown:
    """The installation's certificate and its key. Raises OSError, ValueError."""
    path = certificate(data, host, now)
    return Shown(path, path.with_name(KEY_FILE))


def certificate(data: Path, host: str, now: datetime) -> Path:
    """The installation's certificate, valid for `host`, made or renewed where needed.

    Its key stays the same. Raises OSError, ValueError.
    """
    folder = data / FOLDER
    make_private_folder(folder)
    path = folder / CERTIFICATE_FILE
    names = set(LOCAL_NAMES) | ({host} - EVERY_ADDRESS)
    if path.exists():
        present = load(path)[0]
        known = frozenset(_names(present))
        if names <= known and present.not_valid_after_utc - now > RENEWED_BEFORE:
            return path
        names |= known
    write_private(path, _certificate(private_key(folder / KEY_FILE), sorted(names), now))
    return path


def fingerprint(path: Path) -> str:
    """The certificate's SHA-256 as people compare it: what `boardroom join` shows and asks about.

    Raises ValueError.
    """
    return load(path)[0].fingerprint(hashes.SHA256()).hex(":").upper()


def authority(path: Path) -> Path | None:
    """What a client is given to trust a certificate by: the file, if it ends in its own authority.

    None: somebody else vouches for it, whom clients know already. Raises ValueError.
    """
    highest = load(path)[-1]
    return path if highest.issuer == highest.subject else None


def valid_host(path: Path, host: str) -> str:
    """The host as which clients reach a server: `host`, or else the certificate's first name.

    Raises ValueError.
    """
    known = _names(load(path)[0])
    _, _, domain = host.partition(".")
    if host in known or f"*.{domain}" in known:
        return host
    return next((name for name in known if "*" not in name), host)


def server_context(shown: Shown) -> ssl.SSLContext:
    """What the server speaks: TLS 1.3 and nothing older. Raises ValueError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        # With a password of its own, OpenSSL does not ask the terminal for one.
        context.load_cert_chain(shown.chain, shown.key, password=str)
    except OSError as error:
        if getattr(error, "reason", None) in _TOO_WEAK:
            raise ValueError(f"{shown.chain} is too weak for TLS 1.3") from error
        raise ValueError(f"{shown.key} holds no key of {shown.chain.name}") from error
    return context


def load(path: Path) -> Sequence[x509.Certificate]:
    """The certificates in a PEM file, the server's own first. Raises ValueError."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise ValueError(f"{path} holds no certificate") from error


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _names(present: x509.Certificate) -> tuple[str, ...]:
    """The hosts that a certificate is valid for, those with a name first."""
    try:
        names = present.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses: Iterable[object] = names.get_values_for_type(x509.IPAddress)
    return (*names.get_values_for_type(x509.DNSName), *map(str, addresses))


def _certificate(key: ec.EllipticCurvePrivateKey, names: list[str], now: datetime) -> bytes:
    """A self-signed certificate that is its own authority, as strict verifiers want it."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Boardroom")])
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(days=1))
        .not_valid_after(now.astimezone(UTC) + LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
