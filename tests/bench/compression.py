"""Compression: what it costs and saves, by size, for messages of ours.

    python -m tests.bench.compression

All in one process and one run, so that the ratios hold on any machine. The columns are the
message's bytes; then, for deflate's fastest level, which is ours, and for its default: what is
left of the bytes, microseconds to compress, nanoseconds for each byte saved; then microseconds to
inflate; and how many times as long compressing takes as making the message from its fields.

From 1,400 bytes on (boardroom_tui/compression.py) a message needs a second packet, and saves it:
a state of twenty lines leaves in two packets in place of six, one of five hundred lines in eight
in place of eighty, for less time than it took to make. A chat message of 80 characters would save
70 bytes and no packet, for several times the time that it took to make.
The default level takes up to four times as long to save three percent more.
"""

import time
import zlib
from collections.abc import Callable, Iterator

from boardroom_tui.compression import COMPRESSED_FROM, WINDOW_BITS
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.messages.meeting import ChatLine, ChatMessage
from tests.ui.board import said, state

ROUNDS, ROUND_SECONDS = 7, 0.02


def _lines(count: int) -> tuple[ChatLine, ...]:
    """So many lines of a conversation, no two the same."""
    spoken = said()
    return tuple(
        spoken[number % len(spoken)].model_copy(
            update={
                "message_id": f"msg_{number * 7_919:08x}",
                "message": f"{number}: {spoken[number % len(spoken)].message[:: 1 - number % 3]}"
                if number % 3 != 1
                else f"{spoken[number % len(spoken)].message} {number}",
            }
        )
        for number in range(count)
    )


def _chat(characters: int) -> ChatMessage:
    prose = " ".join(line.message for line in _lines(60))
    line = said()[0].model_copy(update={"message": prose[:characters]})
    return ChatMessage(data=ChatMessage.Data(**line.model_dump()))


def _messages() -> Iterator[tuple[str, ServerMessage]]:
    for characters in (80, 400, 800, 1_200, 2_000, 4_000):
        yield f"chat, {characters:,} characters", _chat(characters)
    for count in (0, 20, 100, 500):
        yield f"state, {count} lines", state(chat=_lines(count))


def _deflated(payload: bytes, level: int) -> bytes:
    deflate = zlib.compressobj(level, wbits=-WINDOW_BITS)
    return deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH)


def _microseconds(work: Callable[[], object]) -> float:
    """The best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        done, began = 0, time.perf_counter()
        while time.perf_counter() - began < ROUND_SECONDS:
            work()
            done += 1
        best = min(best, (time.perf_counter() - began) / done)
    return best * 1e6


def _figures(payload: bytes, level: int) -> tuple[str, float]:
    compressed = _deflated(payload, level)
    spent = _microseconds(lambda: _deflated(payload, level))
    saved = len(payload) - len(compressed)
    left = len(compressed) / len(payload)
    return f"{left:7.0%}{spent:9.1f}{spent * 1000 / max(1, saved):9.0f}", spent


def main() -> None:
    """Measure each message at both levels and print a line for it."""
    print(f"{'':24}{'bytes':>8}{'level 1: left, us, ns/byte':>27}{'level 6':>25}", end="")
    print(f"{'inflate us':>12}{'of making':>11}")
    for title, message in _messages():
        payload = encode(message).encode()
        (fast, spent), (usual, _) = _figures(payload, 1), _figures(payload, 6)
        compressed = _deflated(payload, 1)
        inflate = _microseconds(lambda c=compressed: zlib.decompressobj(-WINDOW_BITS).decompress(c))
        making = _microseconds(lambda m=message: encode(m))
        mark = "" if len(payload) >= COMPRESSED_FROM else "  left as it is"
        print(f"{title:24}{len(payload):8,}{fast:>27}{usual:>25}", end="")
        print(f"{inflate:12.1f}{spent / making:11.1f}{mark}")


if __name__ == "__main__":
    main()
