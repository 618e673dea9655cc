"""`python -m tests.record.earlier`: keeps a journal and a mailbox of this version, as SQL.

To be run once before a migration is added; what is there is never written anew. The meeting is held
on a real server, by nothing that any version lacks.
"""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from boardroom_tui.record.database import Schema
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.schema import BALLOT_KEYS, JOURNAL
from tests.record.earlier.stored_versions import BESIDE, written
from tests.record.test_mailbox import ADA, BEN, device, letter, one_time_keys, open_mailbox
from tests.record.test_mailbox import NOW as MAILED
from tests.server.members import present, say, vote
from tests.server.running import charter, decision, running_server


async def hold_meeting(folder: Path) -> None:
    """Two votes: one that carried, and a secret one that is still open, with two ballots in it."""
    board = charter(
        decisions=(
            decision(status="voting", auto_close=False),
            decision("decision_secret", status="voting", secret=True),
        )
    )
    async with (
        running_server(board, folder, tls=False) as server,
        present(server, "user_ada", "user_ben") as (ada, ben),
    ):
        await say(ada, "Grüße an alle — 👋", "chat")
        await vote(ada, "approve", "ada-1", comment="Long overdue")
        await vote(ben, "reject", "ben-1")
        await vote(ben, "approve", "ben-2")
        await ada.send("decision.close", {"decisionId": "decision_123"}, "close")
        await ada.next("decision.result")
        secret = {"decisionId": "decision_secret"}
        await vote(ada, "reject", "ada-secret", **secret)
        await vote(ben, "approve", "ben-secret", **secret)


async def write_letters(folder: Path) -> None:
    """Two devices, and a letter that waits for one of them."""
    async with open_mailbox(folder) as mailbox:
        for at in (ADA, BEN):
            await mailbox.publish(device(at), one_time_keys(2), None, MAILED)
        await mailbox.post(letter("letter1", BEN, request="letter"))


def as_sql(folder: Path, schema: Schema, *beside: str) -> str:
    """A database and the files that belong to it, as a script that makes it anew."""
    with closing(sqlite3.connect(folder / schema.file)) as database:
        lines = list(database.iterdump())
        for pragma in ("application_id", "user_version"):
            (number,) = database.execute(f"PRAGMA {pragma}").fetchone()
            lines.append(f"PRAGMA {pragma} = {number};")
    for each in sorted(file for name in beside for file in folder.glob(name)):
        lines.append(f"{BESIDE}{each.relative_to(folder)} {each.read_bytes().hex()}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make them, and keep those that are not kept yet."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        asyncio.run(hold_meeting(folder))
        asyncio.run(write_letters(folder))
        journal = as_sql(folder, JOURNAL, f"{BALLOT_KEYS}/*", "record-key.pem")
        for schema, script in ((JOURNAL, journal), (MAILBOX, as_sql(folder, MAILBOX))):
            kept = written(schema, len(schema.migrations))
            if not kept.exists():
                kept.write_text(script, "utf-8")


if __name__ == "__main__":
    main()
