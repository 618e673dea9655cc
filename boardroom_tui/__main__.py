"""Where the `boardroom` command begins, before anything is imported that takes long."""

import io
import os
import signal
import sys


def main() -> int:
    """Run `boardroom`; Ctrl+C while that is loaded ends it at once, without a word."""
    # An interruption in the middle of an import may come out of it as any error.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    if isinstance(sys.__stdin__, io.TextIOWrapper):
        # Bytes that are no text are refused where they are used, as in an argument.
        sys.__stdin__.reconfigure(errors="surrogateescape")
    from boardroom_tui.cli import main as command  # noqa: PLC0415

    return command(loaded=_have_ctrl_c_interrupt)


def _have_ctrl_c_interrupt() -> None:
    """From now on it is for what runs."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(*_: object) -> None:
    os._exit(130)


if __name__ == "__main__":
    sys.exit(main())
