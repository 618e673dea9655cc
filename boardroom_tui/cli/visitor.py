"""Behind each page of `boardroom serve --web`: a process that asks for a token and joins with it.

It runs as whoever runs the server, and nothing of theirs is to reach the page: not their token or
keyring, not their settings, and not their folders.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from boardroom_tui.browser.asking import TokenApp
from boardroom_tui.browser.page import Page, PageDriver
from boardroom_tui.cli import CommandError
from boardroom_tui.cli.crash import CrashReport
from boardroom_tui.cli.entering import enter, join_message
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.cli.outcome import done
from boardroom_tui.cli.screen import result_of
from boardroom_tui.client.address import Address
from boardroom_tui.client.link import Link
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.keeping import NoKeeping
from boardroom_tui.client.tokens import GivenToken
from boardroom_tui.client.trust import Authorities
from boardroom_tui.ui.app import BoardroomApp

GOING_SECONDS = 10.0
"""How long an orderly end may take once the browser has gone."""

NOT_PRIVATE = "There are no private messages in a browser: boardroom join has them."

_KEPT = frozenset(
    {
        *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT"),
        *("COLUMNS", "ROWS", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    }
)
"""What a visitor's process is left of its environment, beside what Textual needs."""


def main() -> int:
    """Show the page until the browser goes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("meeting", nargs="+")
    parser.add_argument("--ca", type=Path)
    arguments = parser.parse_args()
    address = done(Address.parse(arguments.url))
    # What went wrong is in the crash report; the server would print this to its own terminal.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    with tempfile.TemporaryDirectory(prefix="boardroom-page-") as home, CrashReport() as report:
        _forget_whose_process_it_is(home)
        page = Page(_end_soon)
        page.open()
        visit = _Visit(page, address, arguments.ca, arguments.meeting, report)
        in_loop(visit.run)
        if not page.is_gone:
            page.close()
    return 0


def _forget_whose_process_it_is(home: str) -> None:
    for name in [*os.environ]:
        if name not in _KEPT and not name.startswith("TEXTUAL"):
            del os.environ[name]
    folders = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    os.environ.update(dict.fromkeys(folders, home))
    # Nobody could answer a keyring's question.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


def _end_soon() -> None:
    end = threading.Timer(GOING_SECONDS, os._exit, [1])
    end.daemon = True
    end.start()


class _Visit:
    """What happens on one page."""

    def __init__(
        self,
        page: Page,
        address: Address,
        ca: Path | None,
        meetings: list[str],
        report: CrashReport,
    ) -> None:
        self._page = page
        self._address = address
        self._ca = ca
        self._meetings = meetings
        self._report = report

    async def run(self) -> None:
        """Ask for a token and join, again and again."""
        app = TokenApp(self._meetings)
        while not self._page.is_gone:
            given = await self._show(app)
            if given is None:
                return
            try:
                await self._meet(*given)
                app = TokenApp(self._meetings, has_left=True)
            except CommandError as error:
                app = TokenApp(self._meetings, str(error))

    async def _meet(self, meeting_id: str, token: str) -> None:
        """Be in the meeting until its user leaves. Raises CommandError."""
        self._report.keep_out(token)
        link = Link(
            self._address,
            GivenToken(token),
            meeting_id=None,
            trust=Authorities(self._ca),
            asks=True,
            resumes=True,
            on_token=self._report.keep_out,
        )
        correspondence = Correspondence(link, meeting_id, NoKeeping(NOT_PRIVATE))
        running = asyncio.create_task(correspondence.run())
        try:
            await enter(link, join_message(meeting_id, None))
            refusal = await self._show(BoardroomApp(correspondence, meeting_id))
            if refusal is not None:
                raise CommandError(refusal)
        finally:
            await link.close()
            await running

    async def _show(self, app: Any) -> Any:
        app.driver_class = PageDriver
        return await result_of(app, self._report)


if __name__ == "__main__":
    sys.exit(main())
