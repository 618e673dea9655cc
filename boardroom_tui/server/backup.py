"""A server's data folder, copied while it runs, and put back: the record, the mailbox, the keys."""

import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from boardroom_tui import heads
from boardroom_tui.file_lock import FileLock, InUseError
from boardroom_tui.private_files import make_private_folder, sync_folder, write_private
from boardroom_tui.protocol.unpadded import encoded
from boardroom_tui.record.copying import check_copy, copy_record, spend_one_time_keys
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.server import tls, tokens
from boardroom_tui.server.keys import signing_key
from boardroom_tui.server.server import LOCK_FILE

_KEYS = (
    heads.KEY_FILE,
    tokens.KEY_FILE,
    f"{tls.FOLDER}/{tls.KEY_FILE}",
    f"{tls.FOLDER}/{tls.CERTIFICATE_FILE}",
)
"""What members know the server by, where it was made: without it all tokens and trust are gone."""

_UNFINISHED = ".boardroom-"
"""What a folder's name begins with while a copy is made in it."""


def backup(data: Path, target: Path, *, open_ballots: bool) -> Mapping[str, int]:
    """Copy a data folder that may be in use into a new folder, checked; how many events by meeting.

    Raises:
        BallotsOpenError: A secret vote is open, and its ballots are not to be copied.
        JournalError: There is no record, or the copy does not hold; nothing is left of it then.
        OSError: Something cannot be read or written.
    """
    if target.exists():
        raise JournalError(f"{target} is there already, and nothing is written over it")
    make_private_folder(target.parent)
    _clear_unfinished(target.parent)
    with _made_in(target.parent) as copy:
        events = _copied(data, copy, open_ballots=open_ballots)
        copy.rename(target)
    sync_folder(target.parent)
    return events


def restore(source: Path, data: Path) -> Mapping[str, int]:
    """Put a backup into a data folder that holds nothing yet; how many events by meeting.

    Raises:
        InUseError: A server runs on the folder.
        JournalError: The folder holds data, or the backup does not hold; nothing is changed then.
        OSError: Something cannot be read or written.
    """
    make_private_folder(data)
    lock = FileLock(data / LOCK_FILE)
    try:
        _clear_unfinished(data)
        if {each.name for each in data.iterdir()} != {LOCK_FILE}:
            raise JournalError(f"{data} holds data already: give a new folder, or move it away")
        with _made_in(data) as copy:
            events = _copied(source, copy, open_ballots=True)
            spend_one_time_keys(copy)
            # The journal last: without it nothing was restored.
            for each in sorted(copy.iterdir(), key=lambda one: one.name == JOURNAL.file):
                each.rename(data / each.name)
        sync_folder(data)
    finally:
        lock.release()
    return events


@contextmanager
def _made_in(parent: Path) -> Generator[Path]:
    """A folder for a copy until it is whole; its owner's alone, and gone where the copy fails."""
    folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=parent))
    lock = FileLock(folder / LOCK_FILE)
    try:
        copy = folder / "copy"
        make_private_folder(copy)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def _clear_unfinished(parent: Path) -> None:
    """Remove what a killed program had copied: nobody holds the lock of it any more."""
    for path in parent.glob(f"{_UNFINISHED}*/{LOCK_FILE}"):
        try:
            lock = FileLock(path)
        except (InUseError, OSError):
            continue  # a copy that is being made, or another user's
        shutil.rmtree(path.parent, ignore_errors=True)
        lock.release()


def _copied(source: Path, target: Path, *, open_ballots: bool) -> Mapping[str, int]:
    copy_record(source, target, open_ballots=open_ballots)
    for name in _KEYS:
        if (source / name).is_file():
            make_private_folder((target / name).parent)
            write_private(target / name, (source / name).read_bytes())
    own_key = target / heads.KEY_FILE
    public = signing_key(own_key).public_key().public_bytes_raw() if own_key.exists() else None
    events = check_copy(target, None if public is None else encoded(public))
    sync_folder(target)
    return events
