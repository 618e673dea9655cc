"""Certificates for the servers of these tests: self-signed ones, and an authority's."""

import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

VALID = (timedelta(days=-2), timedelta(days=1))
EXPIRED = (timedelta(days=-2), timedelta(days=-1))
NOT_YET_VALID = (timedelta(days=1), timedelta(days=2))
"""From when until when a certificate is valid, counted from now."""


@dataclass(frozen=True)
class Certificate:
    """A certificate of 127.0.0.1, in a file, with what a server needs to show it."""

    path: Path
    key: Path
    fingerprint: str

    @cached_property
    def context(self) -> ssl.SSLContext:
        """What a server shows it with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key)
        return context


@dataclass(frozen=True)
class Authority:
    """Whoever signs servers' certificates, known by the certificate at `path`."""

    path: Path
    certificate: x509.Certificate
    key: Key

    def signs(
        self,
        name: str = "server",
        *,
        hosts: Sequence[str] = ("127.0.0.1",),
        valid: tuple[timedelta, timedelta] = VALID,
        key: Key | None = None,
        whole: bool = False,
    ) -> Certificate:
        """Make a server's certificate; `whole` puts this authority's own into its file too."""
        key = new_key() if key is None else key
        built = _built(name, key, hosts, valid, self)
        return _written(
            self.path.parent, name, built, key, above=(self.certificate,) if whole else ()
        )

    def delegates(self, name: str) -> "Authority":
        """Make an authority that this one vouches for."""
        key = new_key()
        built = _built(name, key, (), VALID, self, is_authority=True)
        return Authority(_written(self.path.parent, name, built, key).path, built, key)


def new_key() -> Key:
    """A key of the kind that servers use."""
    return ec.generate_private_key(ec.SECP256R1())


def authority(folder: Path, name: str = "authority") -> Authority:
    """Make an authority that nobody but itself vouches for."""
    key = new_key()
    built = _built(name, key, (), VALID, None, is_authority=True)
    return Authority(_written(folder, name, built, key).path, built, key)


def self_signed(
    folder: Path, name: str = "server", *, valid: tuple[timedelta, timedelta] = VALID
) -> Certificate:
    """Make a certificate that nobody but itself vouches for."""
    key = new_key()
    built = _built(name, key, ("127.0.0.1",), valid, None, is_authority=True)
    return _written(folder, name, built, key)


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _built(
    name: str,
    key: Key,
    hosts: Sequence[str],
    valid: tuple[timedelta, timedelta],
    signer: Authority | None,
    *,
    is_authority: bool = False,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    public = key.public_key()
    today = datetime.now(UTC)
    begin, end = valid
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if signer is None else signer.certificate.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + begin)
        .not_valid_after(today + end)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    if signer is not None:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
        builder = builder.add_extension(above, critical=False)
    if is_authority:
        builder = builder.add_extension(_SIGNS, critical=True)
    return builder.sign(key if signer is None else signer.key, hashes.SHA256())


_SIGNS = x509.KeyUsage(
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


def _written(
    folder: Path,
    name: str,
    certificate: x509.Certificate,
    key: Key,
    *,
    above: Sequence[x509.Certificate] = (),
) -> Certificate:
    path, key_path = folder / f"{name}.pem", folder / f"{name}.key"
    pem = serialization.Encoding.PEM
    path.write_bytes(b"".join(one.public_bytes(pem) for one in (certificate, *above)))
    write_key(key_path, key)
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex(":").upper()
    return Certificate(path, key_path, fingerprint)


def write_key(path: Path, key: Key, *, passphrase: bytes | None = None) -> None:
    """Write a private key into a file of its owner's alone, encrypted with a passphrase if any."""
    protection = (
        serialization.NoEncryption()
        if passphrase is None
        else serialization.BestAvailableEncryption(passphrase)
    )
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    )
    path.chmod(0o600)
