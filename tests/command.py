"""`boardroom` as a process of its own, which finds nothing of the user who runs the tests."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

COMMAND = "import sys; from boardroom_tui.cli import main; sys.exit(main())"
SECONDS = 120.0
"""How long a command may take."""


def clean_environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A user's environment: their folders below `home`, a terminal, no keyring, no token."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        **(more or {}),
    }


def boardroom(
    *arguments: str, home: Path, output: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run `boardroom ARGUMENTS` without a terminal, to its end; it prints into `output`."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=clean_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=SECONDS,
    )


async def started(
    *arguments: str, home: Path, environment: Mapping[str, str] | None = None
) -> asyncio.subprocess.Process:
    """`boardroom ARGUMENTS` while it runs without a terminal, its output in pipes."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", COMMAND, *arguments),
        env=clean_environment(home, environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
