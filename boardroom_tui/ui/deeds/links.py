"""Addresses that others wrote: opened only when somebody asks for it, and never in the terminal."""

import asyncio
import sys
import webbrowser
from asyncio.subprocess import DEVNULL
from collections.abc import Mapping
from urllib.parse import urlsplit

from boardroom_tui.protocol.text import clean


def has_browser(environment: Mapping[str, str]) -> bool:
    """Whether a browser can be opened here that the user sees, and that leaves the terminal alone.

    Over ssh it would open on the other machine.
    """
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # One that runs in the terminal is of exactly this class.
    return type(browser) is not webbrowser.GenericBrowser


def is_of_the_web(address: str) -> bool:
    """Whether it is an address of http or https."""
    return urlsplit(address).scheme.lower() in ("http", "https")


async def opened(address: str) -> bool:
    """Open an address of http or https in the browser; whether that could be begun.

    It is another process that does so, since browsers write to the terminal they were begun from.
    """
    if not is_of_the_web(address):
        return False
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "webbrowser", "-t", address),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return await process.wait() == 0


def host_of(address: str) -> str:
    """The machine that an address leads to, in letters that no other letters look like."""
    try:
        host = urlsplit(address).hostname or ""
        return host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return clean(address)
