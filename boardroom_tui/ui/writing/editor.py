"""The user's own editor: a text goes out to it through a file, and comes back.

The file is the user's alone, in a folder of its own that is removed with all that the editor put
beside it, and in memory where the system offers that.
"""

import asyncio
import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.private_files import write_private
from boardroom_tui.protocol.text import clean

_MOST_BYTES = 256 * 1024
_SECONDS_TO_END = 2.0


@dataclass(frozen=True, slots=True)
class NotEdited:
    """Why the text is as it was: one sentence."""

    reason: str


def chosen_editor(environment: Mapping[str, str]) -> tuple[str, ...] | NotEdited:
    """The command that `VISUAL`, else `EDITOR` names, with its arguments."""
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        command = tuple(shlex.split(named, posix=os.name == "posix"))
    except ValueError:
        return NotEdited("A quotation mark is open in VISUAL or EDITOR.")
    if not command:
        return NotEdited("No editor is set: set EDITOR before you join, as in EDITOR=nano.")
    if shutil.which(command[0], path=environment.get("PATH")) is None:
        return NotEdited(f"There is no program {command[0]} here; VISUAL or EDITOR names it.")
    return command


async def edited(text: str, command: Sequence[str]) -> str | NotEdited:
    """The text as the editor left it, cleaned; the event loop goes on meanwhile.

    An editor that fails has changed nothing. Where this is cancelled the editor is ended.
    """
    program = Path(command[0]).name
    try:
        folder = tempfile.mkdtemp(prefix="boardroom-", dir=_memory())
    except OSError as error:
        return NotEdited(f"There is no place for the draft: {error.strerror}.")
    try:
        draft = Path(folder) / "draft.md"
        write_private(draft, f"{text}\n".encode() if text else b"")
        code = await _run(*command, str(draft))
        if code:
            return NotEdited(f"{program} ended with {code}; what you wrote is as it was.")
        with draft.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        return NotEdited(f"{program} cannot be used: {error.strerror}. What you wrote is kept.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if len(content) > _MOST_BYTES:
        return NotEdited(f"That is more than {_MOST_BYTES // 1024} KiB; what you wrote is kept.")
    return clean(content.decode(errors="replace"), lines=True).removesuffix("\n")


async def _run(*command: str) -> int:
    process = await asyncio.create_subprocess_exec(*command)
    try:
        with _without_interrupts():
            return await process.wait()
    finally:
        if process.returncode is None:
            await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        async with asyncio.timeout(_SECONDS_TO_END):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


@contextmanager
def _without_interrupts() -> Generator[None]:
    """Ctrl+C is for the editor alone, as long as it has the terminal."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _memory() -> str | None:
    """A folder that never reaches a disk (XDG's runtime folder); None where there is none."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return folder if folder and os.access(folder, os.W_OK | os.X_OK) else None
