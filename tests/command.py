"""`boardroom` as a process of its own, which finds nothing of the user who runs the tests."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.forked import Forked, forked

COMMAND = "import sys; from boardroom_tui.cli import main; sys.exit(main())"
Process = Forked | asyncio.subprocess.Process

SECONDS = 120.0
"""How long a command may take."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def clean_environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A user's environment: their folders below `home`, a terminal, no keyring, no token, and
    none of the system's authorities, which took longer to read than all else of a connection."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "SSL_CERT_FILE": os.devnull,
        **(more or {}),
    }


def boardroom(*arguments: str, home: Path, output: int = subprocess.PIPE) -> Ended:
    """Run `boardroom ARGUMENTS` without a terminal, to its end; it prints into `output`."""
    return asyncio.run(_ended(arguments, home, output))


async def started(
    *arguments: str,
    home: Path,
    environment: Mapping[str, str] | None = None,
    stdin: int = asyncio.subprocess.DEVNULL,
) -> Process:
    """`boardroom ARGUMENTS` while it runs without a terminal, its output in pipes."""
    return await program(COMMAND, *arguments, home=home, environment=environment, stdin=stdin)


async def program(
    code: str,
    *arguments: str,
    home: Path,
    environment: Mapping[str, str] | None = None,
    stdin: int = asyncio.subprocess.DEVNULL,
    stdout: int = asyncio.subprocess.PIPE,
    stderr: int = asyncio.subprocess.PIPE,
    new_session: bool = False,
) -> Process:
    """`python -c CODE ARGUMENTS` while it runs, with a user's environment and more."""
    given = clean_environment(home, environment)
    if os.name == "posix" and not any(name.startswith("PYTHON") for name in environment or ()):
        files = (stdin, stdout, stderr)
        return await forked(code, arguments, given, files, new_session=new_session)
    # Only a new interpreter heeds such a variable.
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, *arguments),
        env=given,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=new_session,
    )


async def _ended(arguments: Sequence[str], home: Path, output: int) -> Ended:
    process = await program(COMMAND, *arguments, home=home, stdout=output)
    async with asyncio.timeout(SECONDS):
        printed, complaints = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, (printed or b"").decode(), complaints.decode())
