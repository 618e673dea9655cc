"""Members write to each other in private, from device to device, over our own server."""

import sqlite3
from contextlib import AsyncExitStack
from pathlib import Path

from boardroom_tui.client.private.letters import UNREADABLE
from boardroom_tui.protocol.correspondents import Obstacle, Readiness
from boardroom_tui.protocol.fields import Role, Vote
from boardroom_tui.protocol.messages.decision import DecisionResult, VoteCast
from boardroom_tui.session.client_output import Heard
from tests.client.linking import address_of
from tests.client.private.corresponding import ADA_BEN, Writer, ready, writing
from tests.network.relay import relayed
from tests.server.running import UNLIMITED, RunningServer, charter, decision, member, running_server

ALL = ("ada", "ben", "cleo")
SECRET = "The lease in Lisbon is off, but not a word before Friday."


async def test_what_one_writes_is_read_by_the_other_and_answered(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        local_id = ada.correspondence.write(ADA_BEN, SECRET)
        await ben.until(lambda one: one.texts == [SECRET])
        await ada.until(lambda one: bool(one.sent))
        (heard,), (sent,) = ben.letters, ada.sent
        assert heard.conversation == ADA_BEN
        assert heard.accepted
        assert heard.line.user_id == "ada"
        assert sent.local_id == local_id
        assert sent.line == heard.line
        ben.correspondence.write(ADA_BEN, "Agreed.", heard.line.message_id)
        await ada.until(lambda one: one.texts == ["Agreed."])
        assert ada.letters[0].line.reply_to == heard.line.message_id


async def test_a_room_of_three_is_heard_by_all_of_it_and_by_nobody_else(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(running_server(charter(), tmp_path / "server"))
        ada, ben, cleo, otto = [
            await stack.enter_async_context(writing(server, f"user_{name}", tmp_path / name))
            for name in (*ALL, "otto")
        ]
        await ready(ada, ben, cleo, otto)
        for number in range(5):
            ada.correspondence.write(ALL, f"{number}")
        ben.correspondence.write(ALL, "mine")
        for reader in (ben, cleo):
            await reader.until(lambda one: {"0", "1", "2", "3", "4"} <= set(one.texts))
        await cleo.until(lambda one: "mine" in one.texts)
        assert [text for text in cleo.texts if text != "mine"] == ["0", "1", "2", "3", "4"]
        assert all(one.conversation == ALL for one in cleo.letters)
        # What comes after on the same way shows that nothing came before.
        ada.correspondence.write(("ada", "otto"), "for Otto")
        await otto.until(lambda one: bool(one.texts))
        assert otto.texts == ["for Otto"]


async def test_the_server_keeps_nothing_that_can_be_read(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
    ):
        async with writing(server, "user_ben", tmp_path / "ben") as ben:
            await ready(ada, ben)
        ada.correspondence.write(ADA_BEN, SECRET)
        await ada.until(lambda one: bool(one.sent))
        for file in (tmp_path / "server").rglob("*"):
            if file.is_file():
                assert SECRET[:20].encode() not in file.read_bytes()
        async with writing(server, "user_ben", tmp_path / "ben") as ben:
            await ben.until(lambda one: one.texts == [SECRET])


async def test_what_is_kept_on_a_device_cannot_be_read_without_its_key(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        ada.correspondence.write(ADA_BEN, SECRET)
        await ben.until(lambda one: one.texts == [SECRET])
        await ada.until(lambda one: bool(one.sent))
    kept = [file for name in ADA_BEN for file in (tmp_path / name).iterdir()]
    assert kept
    assert all(SECRET.encode() not in file.read_bytes() for file in kept)


async def test_a_program_that_was_started_anew_shows_what_was_said_once(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path / "server") as server:
        async with (
            writing(server, "user_ada", tmp_path / "ada") as ada,
            writing(server, "user_ben", tmp_path / "ben") as ben,
        ):
            await ready(ada, ben)
            ada.correspondence.write(ADA_BEN, "first")
            await ben.until(lambda one: one.texts == ["first"])
            await ada.until(lambda one: bool(one.sent))
        async with (
            writing(server, "user_ada", tmp_path / "ada") as ada,
            writing(server, "user_ben", tmp_path / "ben") as ben,
        ):
            await ready(ada, ben)
            ada.correspondence.write(ADA_BEN, "second")
            await ben.until(lambda one: one.texts == ["first", "second"])
            assert [one.earlier for one in ben.letters] == [True, False]
            assert ada.texts == ["first"]


async def test_what_was_written_while_somebody_was_away_waits_in_order(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server", limits=UNLIMITED) as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
    ):
        async with writing(server, "user_ben", tmp_path / "ben") as ben:
            await ready(ada, ben)
        many = [f"{number}" for number in range(120)]
        for text in many:
            ada.correspondence.write(ADA_BEN, text)
        await ada.until(lambda one: len(one.sent) == len(many))
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ben.until(lambda one: len(one.texts) == len(many))
        assert ben.texts == many


async def test_a_cut_connection_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        relayed(address_of(server.url)) as relay,
        writing(server, "user_ada", tmp_path / "ada", url=relay.address.url) as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        ada.correspondence.write(ADA_BEN, "before")
        await ben.until(lambda one: one.texts == ["before"])
        relay.cut()
        ada.correspondence.write(ADA_BEN, "meanwhile")
        ben.correspondence.write(ADA_BEN, "to one who is not there")
        await ben.until(lambda one: one.texts == ["before", "meanwhile"])
        await ada.until(lambda one: one.texts == ["to one who is not there"])
        ada.correspondence.write(ADA_BEN, "after")
        await ben.until(lambda one: one.texts == ["before", "meanwhile", "after"])
        assert not ada.refused


async def test_a_new_device_blocks_writing_until_it_was_looked_at(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        async with writing(server, "user_ben", tmp_path / "ben-laptop") as laptop:
            await ada.until(lambda one: one.obstacle("ben") is Obstacle.NEW_DEVICE)
            ada.correspondence.write(ADA_BEN, "too early")
            await ada.until(lambda one: bool(one.refused))
            assert ada.refused[0].reason == (
                "not sent: the devices of ben have to be looked at first"
            )
            waiting = [one for one in ada.knows("ben").devices if not one.accepted]
            ada.correspondence.accept("ben", [one.device_id for one in waiting])
            ada.correspondence.write(ADA_BEN, "still too early")
            await ada.until(lambda one: len(one.refused) > 1)
            ada.correspondence.accept("ben", [one.fingerprint for one in waiting])
            await ada.until(lambda one: one.may_write_to("ben"))
            ada.correspondence.write(ADA_BEN, "for both")
            for device in (ben, laptop):
                await device.until(lambda one: one.texts == ["for both"])


async def test_what_comes_from_a_device_that_nobody_looked_at_is_marked(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        async with writing(server, "user_ben", tmp_path / "ben-laptop") as laptop:
            await laptop.until(lambda one: one.may_write_to("ada", "ben"))
            laptop.correspondence.write(ADA_BEN, "from the new one")
            await ada.until(lambda one: bool(one.letters))
            assert [one.accepted for one in ada.letters] == [False]
            # Ben's own other device has a copy, and has not looked at the new one either.
            await ben.until(lambda one: one.texts == ["from the new one"])


async def test_codes_are_the_same_on_both_screens_and_can_be_marked_as_compared(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        ada.correspondence.look_at("ben")
        ben.correspondence.look_at("ada")
        await ada.until(lambda one: bool(one.knows("ben").devices[0].code))
        await ben.until(lambda one: bool(one.knows("ada").devices[0].code))
        (seen,) = ada.knows("ben").devices
        assert seen.code == ben.knows("ada").devices[0].code
        assert not seen.compared
        ada.correspondence.mark_compared("ben", seen.device_id)
        await ada.until(lambda one: one.knows("ben").devices[0].compared)


async def test_somebody_without_a_device_cannot_be_written_to(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
    ):
        await ada.until(lambda one: one.stands.readiness is Readiness.READY)
        assert ada.obstacle("ben") is Obstacle.NO_DEVICE


async def test_a_device_that_lost_its_sessions_says_so_and_reads_again_what_comes_next(
    tmp_path: Path,
) -> None:
    async with running_server(charter(), tmp_path / "server") as server:
        async with (
            writing(server, "user_ada", tmp_path / "ada") as ada,
            writing(server, "user_ben", tmp_path / "ben") as ben,
        ):
            await ready(ada, ben)
            saved = (tmp_path / "ben" / "device.sealed").read_bytes()
            ada.correspondence.write(ADA_BEN, "one")
            await ben.until(lambda one: one.texts == ["one"])
            ben.correspondence.write(ADA_BEN, "two")
            await ada.until(lambda one: one.texts == ["two"])
        # As after a restore from a backup: the ratchets have turned back.
        (tmp_path / "ben" / "device.sealed").write_bytes(saved)
        async with (
            writing(server, "user_ada", tmp_path / "ada") as ada,
            writing(server, "user_ben", tmp_path / "ben") as ben,
        ):
            await ready(ada, ben)
            # Each is written once the one before has arrived, read or not.
            for number in range(5):
                before = len(ben.texts)
                ada.correspondence.write(ADA_BEN, f"again {number}")
                await ben.until(lambda one, before=before: len(one.texts) > before)
            told = [one.line.message for one in ben.letters if not one.earlier]
            assert told[0] == UNREADABLE
            assert told[-1] == "again 4"


async def test_the_server_forgets_what_every_device_has(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
        writing(server, "user_ben", tmp_path / "ben") as ben,
    ):
        await ready(ada, ben)
        ada.correspondence.write(ADA_BEN, "one")
        await ben.until(lambda one: one.texts == ["one"])
        await ada.until(lambda one: bool(one.sent))
    kept = sqlite3.connect(tmp_path / "server" / "mailbox.sqlite")
    assert kept.execute("SELECT count(*) FROM envelopes").fetchone() == (0,)
    kept.close()


async def test_two_programs_on_one_device_do_not_use_its_ratchets_at_once(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "server") as server,
        writing(server, "user_ada", tmp_path / "ada") as ada,
    ):
        await ada.until(lambda one: one.stands.readiness is Readiness.READY)
        async with writing(server, "user_ada", tmp_path / "ada") as second:
            await second.until(lambda one: one.stands.reason is not None)
            assert second.stands.readiness is Readiness.UNAVAILABLE
            assert "another terminal" in (second.stands.reason or "")


async def test_a_comment_on_a_secret_ballot_is_read_by_the_facilitator_alone(
    tmp_path: Path,
) -> None:
    board = charter(
        members=(member("user_ada", Role.FACILITATOR), member("user_ben"), member("user_cleo")),
        decisions=(decision(secret=True, status="voting"),),
    )
    comment = "I could not say this aloud: the auditor is my cousin."
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(running_server(board, tmp_path / "server"))
        ada, ben, cleo = [
            await stack.enter_async_context(writing(server, f"user_{name}", tmp_path / name))
            for name in ALL
        ]
        await ready(ada, ben, cleo)
        sealed = ben.correspondence.seal_comment("decision_123", comment, ["ada"])
        assert sealed is not None
        for voter, sealed_comment in ((ada, None), (ben, sealed), (cleo, None)):
            data = VoteCast.Data(
                decision_id="decision_123", vote=Vote.REJECT, sealed_comment=sealed_comment
            )
            await voter.link.send_and_wait(VoteCast(data=data))
        await ada.until(_has_result)
        for reader in (ada, ben):
            reader.correspondence.read_comments("decision_123")
        await ada.until(lambda one: bool(one.comments))
        assert ada.comments[0].comments == (comment,)
        assert not ben.comments
        _nowhere(server, comment)


def _has_result(writer: Writer) -> bool:
    return any(
        isinstance(one, Heard) and isinstance(one.message, DecisionResult) for one in writer.updates
    )


def _nowhere(server: RunningServer, text: str) -> None:
    for file in server.settings.data.rglob("*"):
        if file.is_file():
            assert text.encode() not in file.read_bytes()
