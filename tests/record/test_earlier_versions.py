"""Upgrading: what every earlier version of a database left is read, goes on, and holds."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.record.database import Schema
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.schema import JOURNAL
from tests.record.earlier.stored_versions import make, written
from tests.record.test_mailbox import ADA, BEN, names, open_mailbox
from tests.server.members import connected, join, say, vote
from tests.server.running import charter, decision, running_server

JOURNALS = range(1, len(JOURNAL.migrations) + 1)
MAILBOXES = range(1, len(MAILBOX.migrations) + 1)
SCHEMAS = (JOURNAL, MAILBOX)
BOARD = charter(
    decisions=(
        decision(status="voting", auto_close=False),
        decision("decision_secret", status="voting", secret=True),
    )
)


@pytest.mark.parametrize("version", JOURNALS)
async def test_a_journal_of_each_version_goes_on_with_its_open_secret_vote(
    tmp_path: Path, version: int, capsys: pytest.CaptureFixture[str]
) -> None:
    make(JOURNAL, version, tmp_path)
    assert main(["verify", "--data", str(tmp_path)]) == 0
    async with (
        running_server(BOARD, tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
        connected(server, "user_cleo") as cleo,
    ):
        await join(ada)
        await join(cleo)
        await ada.heard_by_now()
        began = datetime.now(UTC)
        again = await say(ada, "Grüße an alle — 👋", "chat")
        assert datetime.fromisoformat(again["data"]["timestamp"]) < began
        assert await ada.heard_by_now() == []
        await vote(cleo, "abstain", "cleo-secret", decisionId="decision_secret")
        result = await cleo.next("decision.result")
        counted = {"approve": 1, "reject": 1, "abstain": 1}
        assert result["data"]["finalVotes"].items() >= counted.items()
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (JOURNALS[-1],)
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
    capsys.readouterr()
    assert main(["verify", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "(decision_123): Carried, 2 for, 0 against" in told
    assert "(decision_secret): Lost, 1 for, 1 against, 1 abstained" in told


@pytest.mark.parametrize("version", MAILBOXES)
async def test_a_mailbox_of_each_version_still_has_what_waits(tmp_path: Path, version: int) -> None:
    make(MAILBOX, version, tmp_path)
    async with open_mailbox(tmp_path) as mailbox:
        assert await names(mailbox, BEN) == ["letter1"]
        assert await names(mailbox, ADA) == []
        (key,) = await mailbox.claim([BEN])
        assert key.one_time_key.key_id == "000"


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.file)
def test_each_version_is_kept(schema: Schema) -> None:
    # Before a migration is added: python -m tests.record.earlier
    versions = range(1, len(schema.migrations) + 1)
    assert [version for version in versions if not written(schema, version).is_file()] == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.file)
async def test_a_newer_version_is_refused_and_left_alone(tmp_path: Path, schema: Schema) -> None:
    make(schema, len(schema.migrations), tmp_path)
    with closing(sqlite3.connect(tmp_path / schema.file)) as database:
        database.execute(f"PRAGMA user_version = {len(schema.migrations) + 1}")
    before = (tmp_path / schema.file).read_bytes()
    with pytest.raises(JournalError, match="was written by a newer Boardroom"):
        await (Journal.open(tmp_path) if schema is JOURNAL else Mailbox.open(tmp_path))
    assert (tmp_path / schema.file).read_bytes() == before
