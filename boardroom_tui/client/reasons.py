"""Why a server could not be reached, in words.

The library's own texts are not shown: some hold the URL, and with it the token.
"""

import socket
import ssl
from http import HTTPStatus
from ssl import SSLCertVerificationError

from websockets.exceptions import (
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidStatus,
    ProxyError,
)

from boardroom_tui.client.address import Address

OPEN_SECONDS = 10.0
"""How long a server may take to answer a new connection."""

UNREACHABLE = (OSError, InvalidHandshake, InvalidProxy, TimeoutError)
"""Everything that the library raises where a server cannot be reached."""

SELF_SIGNED = 18
"""OpenSSL's X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT."""

_CERTIFICATES = {
    9: "is not valid yet",
    10: "has run out",
    SELF_SIGNED: "is self-signed, and it is not the one that is trusted here",
    62: "is for another name",
    64: "is for another address",
}
"""What OpenSSL's verify codes say of a certificate."""

_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"})
_OLD_TLS = frozenset({"TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL"})


def in_words(error: Exception, address: Address) -> str:
    """Why the connection to a server failed: one line, without token and without full stop."""
    name = address.name
    match error:
        case TimeoutError():
            return f"{name} did not answer within {OPEN_SECONDS:.0f} s"
        case socket.gaierror():
            return f"no host is called {address.host}"
        case SSLCertVerificationError():
            fault = _CERTIFICATES.get(error.verify_code, "is signed by no authority known here")
            return f"the certificate of {name} {fault}"
        case ssl.SSLError():
            return _tls_failure(error, name)
        case ConnectionRefusedError():
            return f"no server answers at {name}"
        case ConnectionResetError():
            return f"{name} cut the connection before it was open"
        case OSError():
            cause = (error.strerror or "").lower()
            return f"no server answers at {name}" + (f": {cause}" if cause else "")
        case InvalidStatus() if error.response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            return f"{name} lets nobody in now"
        case InvalidStatus():
            return f"{name} is not a Boardroom server: {_status(error.response.status_code)}"
        case InvalidMessage():
            return f"{name} is not a Boardroom server: it does not answer in HTTP"
        case ProxyError() | InvalidProxy():
            return f"the proxy does not lead to {name}"
        case _:
            return f"{name} is not a Boardroom server: it does not open a WebSocket"


def _tls_failure(error: ssl.SSLError, name: str) -> str:
    # Only what OpenSSL itself raises has a reason.
    reason = getattr(error, "reason", None)
    if reason in _OLD_TLS:
        return f"{name} does not speak TLS 1.3"
    if reason in _NO_TLS:
        return f"{name} does not speak TLS"
    return f"the TLS handshake with {name} failed"


def _status(code: int) -> str:
    return "it points elsewhere" if 300 <= code <= 399 else f"it answers HTTP {code}"
