"""Compression of long messages, agreed between both ends (RFC 7692, permessage-deflate).

Only what is longer than a packet is compressed: a chat message would save a quarter of its bytes
and no packet, for several times the CPU that it took to make it (tests/bench/compression.py). Each
message stands for itself, so nothing is kept for a connection; a context would take 159 KiB.

How far a message shrinks tells whoever sees its length how much of it repeats. So what holds a
secret is never compressed: others' words beside it could guess it (CRIME, BREACH). A message's
type says so (`Message.compressible`).
"""

from collections.abc import Iterable, Sequence

from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import (
    ClientPerMessageDeflateFactory,
    PerMessageDeflate,
    ServerPerMessageDeflateFactory,
)
from websockets.frames import Frame
from websockets.typing import ExtensionParameter

COMPRESSED_FROM = 1_400
"""Bytes; what is shorter fits in one packet as it is."""

WINDOW_BITS = 15
"""How far back a repetition may lie, as a power of two: deflate's most."""

_SETTINGS = {"level": 1}
"""Deflate's fastest: its default takes up to four times as long to save three percent more."""


class LongOnly(PerMessageDeflate):
    """The agreed compression, passed over where it would not pay."""

    def encode(self, frame: Frame) -> Frame:
        """The frame compressed, or as it is if it is short or does not shrink."""
        if len(frame.data) < COMPRESSED_FROM:
            return frame
        compressed = super().encode(frame)
        return compressed if len(compressed.data) < len(frame.data) else frame


class ServerCompression(ServerPerMessageDeflateFactory):
    """What a server agrees to: whatever window a client asks for, and no context."""

    def __init__(self) -> None:
        super().__init__(
            server_no_context_takeover=True,
            client_no_context_takeover=True,
            compress_settings=_SETTINGS,
        )

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        """The answer to a client's offer, and what is agreed."""
        answer, agreed = super().process_request_params(params, accepted_extensions)
        return answer, _long_only(agreed)


class ClientCompression(ClientPerMessageDeflateFactory):
    """What a client offers: no context, at either end."""

    def __init__(self) -> None:
        super().__init__(
            server_no_context_takeover=True,
            client_no_context_takeover=True,
            compress_settings=_SETTINGS,
        )

    def process_response_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> PerMessageDeflate:
        """What is agreed, by the server's answer."""
        return _long_only(super().process_response_params(params, accepted_extensions))


FOR_EVERYBODY = LongOnly(True, True, WINDOW_BITS, WINDOW_BITS, _SETTINGS)
"""Compresses once what goes to many."""


def takes_what_goes_to_everybody(extensions: Iterable[Extension]) -> bool:
    """Whether a connection agreed to compression with a window as large as ours."""
    return any(
        isinstance(agreed, LongOnly) and agreed.local_max_window_bits == WINDOW_BITS
        for agreed in extensions
    )


def _long_only(agreed: PerMessageDeflate) -> LongOnly:
    return LongOnly(
        agreed.remote_no_context_takeover,
        agreed.local_no_context_takeover,
        agreed.remote_max_window_bits,
        agreed.local_max_window_bits,
        agreed.compress_settings,
    )
