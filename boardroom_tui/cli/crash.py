"""A mistake of the program's own: one line for the user, the rest in a file of their own."""

import re
import traceback
from types import TracebackType

import platformdirs

from boardroom_tui.cli import CommandError
from boardroom_tui.private_files import make_private_folder, write_private
from boardroom_tui.protocol.text import clean
from boardroom_tui.redaction import REDACTED, without_tokens

_SHOWN_BEGINNING = 12
"""A traceback shortens long values, so a token is found by its first characters."""


class CrashReport:
    """Around what may crash; the tokens it knows are kept out of everything written, as all web
    tokens are.
    """

    def __init__(self, token: str | None = None) -> None:
        self._path = platformdirs.user_state_path("boardroom") / "crash.txt"
        self._tokens = set[str]() if token is None else {token}

    def keep_out(self, token: str) -> None:
        """Know this token too."""
        self._tokens.add(token)

    def write(self, details: str) -> CommandError:
        """Write down what happened; the one line that says so."""
        harmless = without_tokens(clean(details, lines=True))
        for token in self._tokens:
            beginning = re.escape(token[:_SHOWN_BEGINNING])
            harmless = re.sub(rf"{beginning}[\w.-]*", REDACTED, harmless)
        try:
            make_private_folder(self._path.parent)
            write_private(self._path, harmless.encode())
        except OSError:
            return CommandError("stopped by a mistake of its own")
        return CommandError(f"stopped by a mistake of its own; {self._path} says which")

    def __enter__(self) -> "CrashReport":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, CommandError):
            raise self.write("".join(traceback.format_exception(error))) from None
