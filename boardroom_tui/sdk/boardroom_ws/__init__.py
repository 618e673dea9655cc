"""A client of Boardroom meetings (websocket-api.md:624-671).

    from boardroom_ws import BoardroomWebSocket

`BoardroomWebSocket` blocks, `AsyncBoardroomWebSocket` is the same for asyncio.
"""

from boardroom_tui.sdk.asynchronous import AsyncBoardroomWebSocket
from boardroom_tui.sdk.blocking import BoardroomWebSocket
from boardroom_tui.sdk.errors import BoardroomError, ConnectionEndedError, RequestError
from boardroom_tui.sdk.message import Message
from boardroom_tui.sdk.state import State

__all__ = [
    "AsyncBoardroomWebSocket",
    "BoardroomError",
    "BoardroomWebSocket",
    "ConnectionEndedError",
    "Message",
    "RequestError",
    "State",
]
