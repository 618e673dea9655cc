"""Whoever has connected and shown no good token yet: only so many may wait.

A TLS connection costs 300 KiB from its first byte on, and asyncio tells of it only after its
handshake; so it is counted where it is accepted. Windows' event loop accepts elsewhere: there a
handshake is limited in time alone.
"""

import asyncio
import logging
import socket
from collections import Counter
from contextlib import suppress
from typing import Any

from boardroom_tui.server.connection import Socket
from boardroom_tui.server.logging import Seldom, note


class Doorstep:
    """Those who wait; one too many makes the oldest give way, of the address that has the most.

    So whoever floods the door turns out their own, and a member from elsewhere comes in.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._full = Seldom()
        self._waiting: dict[int, tuple[socket.socket, str]] = {}
        """By file descriptor, the oldest first."""

    @property
    def waiting(self) -> int:
        """How many are there."""
        self._forget_the_gone()
        return len(self._waiting)

    def arrived(self, caller: socket.socket, host: str) -> None:
        """Take in a connection that was just accepted."""
        self._forget_the_gone()
        self._waiting[caller.fileno()] = (caller, host)
        if len(self._waiting) > self._room:
            self._turn_one_out()

    def admitted(self, connection: Socket) -> None:
        """A connection has shown its token and waits no more."""
        accepted = connection.transport.get_extra_info("socket")
        self._waiting.pop(accepted.fileno(), None)

    def _turn_one_out(self) -> None:
        crowd, _ = Counter(host for _, host in self._waiting.values()).most_common(1)[0]
        number = next(number for number, (_, host) in self._waiting.items() if host == crowd)
        caller, _ = self._waiting.pop(number)
        if self._full.due():
            note("doorstep_full", logging.WARNING, waiting=self._room, most_from=crowd)
        with suppress(OSError):  # it has gone by itself
            caller.shutdown(socket.SHUT_RDWR)  # its transport hears the end and closes it

    def _forget_the_gone(self) -> None:
        for number, (caller, _) in list(self._waiting.items()):
            if caller.fileno() != number:  # closed
                del self._waiting[number]


class Door(socket.socket):
    """A listening socket that tells of everybody whom it lets onto the doorstep."""

    def __init__(self, bound: socket.socket, doorstep: Doorstep) -> None:
        super().__init__(fileno=bound.detach())
        self._doorstep = doorstep

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection, counted."""
        caller, address = super().accept()
        self._doorstep.arrived(caller, address[0])
        return caller, address


async def doors(doorstep: Doorstep, host: str, port: int) -> tuple[Door, ...]:
    """A socket for each address of a host, bound and not listening yet. Raises OSError."""
    bound = await asyncio.get_running_loop().create_server(
        asyncio.Protocol, host or None, port, start_serving=False
    )
    opened = tuple(Door(each.dup(), doorstep) for each in bound.sockets)
    bound.close()
    return opened
