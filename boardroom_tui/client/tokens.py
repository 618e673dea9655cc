"""Where a token comes from, asked anew for each connection (CONTRACT.md, The command)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TextIO

from boardroom_tui.client.address import Address
from boardroom_tui.client.private_text import read_private
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.limits import TOKEN_CHARACTERS

ENVIRONMENT_VARIABLE = "BOARDROOM_TOKEN"
STANDARD_INPUT = "-"


class TokenSource(Protocol):
    """Something that gives a token, perhaps a newer one each time it is asked."""

    @property
    def renewable(self) -> bool:
        """Whether asking again may give another token."""
        ...

    def read(self) -> str | Problem:
        """The token now. It may block (a keyring may ask its user), so call it in a thread."""
        ...


@dataclass(frozen=True, slots=True)
class GivenToken:
    """One token, from the URL, the environment or standard input."""

    token: str = field(repr=False)

    @property
    def renewable(self) -> bool:
        """It is the only one."""
        return False

    def read(self) -> str | Problem:
        """The token."""
        return self.token


@dataclass(slots=True)
class TokenFile:
    """A file that holds a token and may be rewritten with a newer one."""

    path: Path
    _kept: str | None = field(default=None, repr=False)
    """What a pipe gave: it can be read only once."""

    @property
    def renewable(self) -> bool:
        """The file may be rewritten, unless it is a pipe."""
        return self._kept is None

    def read(self) -> str | Problem:
        """The token that the file holds now."""
        if self._kept is not None:
            return self._kept
        content = read_private(self.path, at_most=2 * TOKEN_CHARACTERS)
        if isinstance(content, Problem):
            return content
        token = as_token(content.text, str(self.path))
        if isinstance(token, str) and not content.rereadable:
            self._kept = token
        return token


@dataclass(frozen=True, slots=True)
class KeyringToken:
    """The token that `boardroom login` kept for a server."""

    address: Address

    @property
    def renewable(self) -> bool:
        """`boardroom login` may have kept a newer one."""
        return True

    def read(self) -> str | Problem:
        """The token that the keyring holds now."""
        # The keyring is imported by those who need it: it would slow down every other start.
        from boardroom_tui.client.stored_tokens import stored_token  # noqa: PLC0415

        token = stored_token(self.address)
        if token is None:
            return Problem(
                f"no token for {self.address.name}: run boardroom login {self.address.url}, "
                f"or give --token-file PATH or {ENVIRONMENT_VARIABLE}"
            )
        return token if isinstance(token, Problem) else as_token(token, "the keyring")


def as_token(text: str, origin: str) -> str | Problem:
    """The token in a text, blanks around it removed; `origin` is where it came from, in words."""
    token = text.strip()
    if not token:
        return Problem(f"{origin} holds no token")
    if len(token) > TOKEN_CHARACTERS or not all("!" <= character <= "~" for character in token):
        return Problem(f"{origin} holds something that is not a token")
    return token


def choose_source(
    address: Address,
    token_file: str | None,
    environment: Mapping[str, str],
    standard_input: TextIO,
) -> TokenSource | Problem:
    """The first source there is: --token-file, the URL, the environment, the keyring.

    A source that is there and holds no token is a problem; the next is not tried in its place.
    """
    if token_file is not None and token_file != STANDARD_INPUT:
        return TokenFile(Path(token_file))
    if token_file == STANDARD_INPUT:
        token = as_token(standard_input.read(2 * TOKEN_CHARACTERS), "standard input")
    elif address.token is not None:
        token = as_token(address.token, "the address's token=")
    elif environment.get(ENVIRONMENT_VARIABLE):
        token = as_token(environment[ENVIRONMENT_VARIABLE], ENVIRONMENT_VARIABLE)
    else:
        return KeyringToken(address)
    return token if isinstance(token, Problem) else GivenToken(token)
