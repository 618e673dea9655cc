"""What a server's certificate must satisfy before anything is sent to it.

TLS 1.3 at least (websocket-api.md:616-617).
"""

import hashlib
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from boardroom_tui.client.problem import Problem


@dataclass(frozen=True, slots=True)
class Authorities:
    """The certificate must be signed by an authority: the system's, SSL_CERT_FILE's, or --ca's."""

    ca: Path | None = None

    def context(self) -> ssl.SSLContext | Problem:
        """What TLS checks."""
        # The default context reads SSL_CERT_FILE, else the system's store.
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        return self._given_to(context) or context

    def problem(self) -> Problem | None:
        """What is wrong with --ca's file; the system's store, which takes long, is not read."""
        return self._given_to(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    def _given_to(self, context: ssl.SSLContext) -> Problem | None:
        if self.ca is None:
            return None
        try:
            context.load_verify_locations(self.ca)
        except ssl.SSLError:
            return Problem(f"{self.ca} holds no certificate in PEM form")
        except OSError as error:
            return Problem(f"cannot read {self.ca}: {error.strerror or 'no file'}")
        return None


@dataclass(frozen=True, slots=True)
class Pinned:
    """The certificate must be exactly the one that somebody trusted, as in ssh."""

    fingerprint: str
    remembered_in: Path | None = field(default=None, compare=False)
    """The file from which its owner takes it out when the server has a new certificate."""

    def context(self) -> ssl.SSLContext:
        """What TLS checks: that the server holds the key of the certificate it shows.

        Which certificate it must be is for `accepts`, asked before the first byte is sent: no
        authority vouches for a self-signed one, and neither its name nor its dates say anything
        that the fingerprint does not.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    def accepts(self, certificate: bytes | None) -> bool:
        """Whether a certificate (DER) is the trusted one."""
        return certificate is not None and fingerprint(certificate) == self.fingerprint


Trust = Authorities | Pinned


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate (DER), as `openssl x509 -fingerprint -sha256` prints it."""
    return hashlib.sha256(certificate).digest().hex(":").upper()
