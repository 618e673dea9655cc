"""Sealed files that only their owner may read, in a folder that one program at a time uses.

A vault keeps a device's ratchets, what is known of others' devices, and what was said. It shows
where a file was altered, exchanged for another or cut within; that all of a file is an older one,
or that a log's last records are gone, it cannot show, for whoever can do that owns the machine.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from boardroom_tui.client.problem import Problem
from boardroom_tui.file_lock import FileLock, InUseError
from boardroom_tui.private_files import is_open_to_others, make_private_folder, write_private
from boardroom_tui.protocol.unpadded import decoded, encoded

_LOCK_FILE = "in_use.lock"
_SUFFIX = ".sealed"
_NONCE_BYTES = 12
"""Random for each file and record (NIST SP 800-38D, 8.2.2): good for 2^32 of them."""

IN_USE = Problem("private messages are open in another terminal of yours on this machine")


def holds_sealed_files(folder: Path) -> bool:
    """Whether something was sealed in a folder. Raises OSError."""
    return any(folder.glob(f"*{_SUFFIX}"))


@dataclass(frozen=True, slots=True)
class _Log:
    """A log's whole records, and where in its file they end."""

    records: tuple[bytes, ...]
    end: int


class Vault:
    """An open vault; see `open`. No two may be open on one folder."""

    def __init__(self, folder: Path, key: bytes, lock: FileLock) -> None:
        """A vault on a folder whose lock is held, with a key of 32 bytes."""
        # Seven MiB, which many a client that asks for a key never needs.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        self.folder = folder
        self._cipher = AESGCM(key)
        self._lock = lock
        self._ends: dict[str, tuple[int, int]] = {}
        """How many records each log has, and where in its file they end."""

    @classmethod
    def open(cls, folder: Path, key: Callable[[], bytes | Problem]) -> Self | Problem:
        """Take the folder's lock, then ask for its key, so that no two programs make one at once.

        It may block as long as `key` does.
        """
        try:
            make_private_folder(folder)
            if is_open_to_others(folder.stat()):
                return Problem(f"{folder} is open to others: run chmod 700 {folder}")
            lock = FileLock(folder / _LOCK_FILE)
        except InUseError:
            return IN_USE
        except OSError as error:
            return Problem(f"cannot use {folder}: {error.strerror}")
        found = key()
        if isinstance(found, Problem):
            lock.release()
            return found
        return cls(folder, found, lock)

    def close(self) -> None:
        """Let another program open it."""
        self._lock.release()

    def read(self, name: str) -> bytes | Problem | None:
        """What a file holds, None where there is none."""
        sealed = self._bytes(name)
        if not isinstance(sealed, bytes):
            return sealed
        content = self._unsealed(sealed, _file(name))
        return self._damaged(name) if content is None else content

    def write(self, name: str, content: bytes) -> Problem | None:
        """Write a file in place of what is there; after a crash it is the old or the new one."""
        path = self._path(name)
        try:
            write_private(path, self._sealed(content, _file(name)))
        except OSError as error:
            return Problem(f"cannot write {path}: {error.strerror}")
        return None

    def records(self, name: str) -> list[bytes] | Problem:
        """A log's records in their order; one that a crash cut short at the end is left out."""
        log = self._log(name)
        return log if isinstance(log, Problem) else list(log.records)

    def append(self, name: str, record: bytes) -> Problem | None:
        """Add a record to a log; it is on disk when this returns."""
        if name not in self._ends:
            log = self._log(name)
            if isinstance(log, Problem):
                return log
            self._ends[name] = len(log.records), log.end
        number, end = self._ends[name]
        line = encoded(self._sealed(record, _record(name, number))).encode() + b"\n"
        path = self._path(name)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                # What a crash or a full disk left behind the last whole record goes first.
                file.truncate(end)
                file.seek(end)
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            return Problem(f"cannot write {path}: {error.strerror}")
        self._ends[name] = number + 1, end + len(line)
        return None

    def _log(self, name: str) -> _Log | Problem:
        content = self._bytes(name)
        if isinstance(content, Problem):
            return content
        *lines, cut = (content or b"").split(b"\n")
        records: list[bytes] = []
        for number, line in enumerate(lines):
            sealed = decoded(line.decode("ascii", "replace"))
            record = self._unsealed(sealed or b"", _record(name, number))
            if record is None:
                return self._damaged(name)
            records.append(record)
        return _Log(tuple(records), len(content or b"") - len(cut))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"

    def _bytes(self, name: str) -> bytes | Problem | None:
        path = self._path(name)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            return Problem(f"cannot read {path}: {error.strerror}")

    def _sealed(self, content: bytes, place: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place)

    def _unsealed(self, sealed: bytes, place: bytes) -> bytes | None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as the cipher

        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, ciphertext, place)
        except (InvalidTag, ValueError):  # a nonce that was cut is a ValueError
            return None

    def _damaged(self, name: str) -> Problem:
        return Problem(
            f"{self._path(name)} was altered, or sealed with another key: to begin anew, move "
            f"{self.folder} away"
        )


def _file(name: str) -> bytes:
    return f"boardroom vault 1: file {name}".encode()


def _record(name: str, number: int) -> bytes:
    """A record's place: no other record may stand there."""
    return f"boardroom vault 1: log {name}, record {number}".encode()
