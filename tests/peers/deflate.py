"""Compression as websockets offers it to everybody, noting how each frame came."""

from collections.abc import Sequence

from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import (
    ClientPerMessageDeflateFactory,
    PerMessageDeflate,
    ServerPerMessageDeflateFactory,
)
from websockets.frames import Frame, Opcode
from websockets.typing import ExtensionParameter

CONTROL = (Opcode.CLOSE, Opcode.PING, Opcode.PONG)


class Noted(PerMessageDeflate):
    """Knows of each message that came whether it was compressed, and how long it was then."""

    def __init__(self, agreed: PerMessageDeflate) -> None:
        super().__init__(
            agreed.remote_no_context_takeover,
            agreed.local_no_context_takeover,
            agreed.remote_max_window_bits,
            agreed.local_max_window_bits,
        )
        self.came: list[tuple[bool, int]] = []

    def decode(self, frame: Frame, *, max_size: int | None = None) -> Frame:
        """The frame as it was before it was compressed."""
        if frame.opcode not in CONTROL:
            self.came.append((frame.rsv1, len(frame.data)))
        return super().decode(frame, max_size=max_size)


class NotingClient(ClientPerMessageDeflateFactory):
    """For a client; `noted` is of its last connection."""

    noted: Noted

    def process_response_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> PerMessageDeflate:
        """What is agreed."""
        self.noted = Noted(super().process_response_params(params, accepted_extensions))
        return self.noted


class NotingServer(ServerPerMessageDeflateFactory):
    """For a server; `noted` is of its last connection."""

    noted: Noted

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        """The answer, and what is agreed."""
        answer, agreed = super().process_request_params(params, accepted_extensions)
        self.noted = Noted(agreed)
        return answer, self.noted
