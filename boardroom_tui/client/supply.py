"""The tokens of one link: its source's, or a newer one that somebody gave; a spent one never."""

import asyncio
from collections.abc import Callable

from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import TokenSource


class TokenSupply:
    """What to connect with next."""

    def __init__(self, source: TokenSource, on_token: Callable[[str], None]) -> None:
        """`on_token` hears of every token before it is used."""
        self._source = source
        self._on_token = on_token
        self._given: str | None = None
        self._used: str | None = None
        self._spent: set[str] = set()

    @property
    def renewable(self) -> bool:
        """Whether the source may have a newer token another time."""
        return self._source.renewable

    @property
    def has_untried(self) -> bool:
        """Whether somebody has given a token that was not used yet."""
        return self._given is not None and self._given != self._used

    def give(self, token: str) -> None:
        """Prefer this one to the source's, as long as it lasts."""
        self._on_token(token)
        self._given = token

    def drop_given(self) -> None:
        """The one that somebody gave will not do."""
        self._given = None

    def use(self, token: str) -> None:
        """Somebody connects or goes on with this one."""
        self._used = token

    def spend(self) -> None:
        """The one that was used last is good for nothing any more."""
        if self._used is not None:
            self._spent.add(self._used)
        if self._given == self._used:
            self._given = None

    async def read(self) -> str | Problem | None:
        """The token to use now; None if there are only spent ones."""
        if self._given is not None:
            return self._given
        token = await asyncio.to_thread(self._source.read)
        if isinstance(token, str):
            self._on_token(token)
        return None if token in self._spent else token

    async def read_newer(self) -> str | None:
        """A token that is not the one in use, if there is one."""
        token = await self.read()
        return token if isinstance(token, str) and token != self._used else None
