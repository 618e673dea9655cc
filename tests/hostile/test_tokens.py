"""Tokens: forged, out of time, of somebody else, or for more than their bearer may do."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm

from boardroom_tui.protocol.fields import Role
from tests.hostile.forging import by_hand, claims, own_key, public_keys, reheaded, signed
from tests.peers.reference_client import reference_client
from tests.server.members import connected, error, join, turned_away, vote
from tests.server.running import RunningServer, charter, running_server

REFUSED = ("AUTH_FAILED", False, 4501)


def forgeries(server: RunningServer) -> dict[str, str]:
    """Tokens that say what a good one says and are not signed by the server's key."""
    good, said = server.token("user_ada"), claims()
    strange = ec.generate_private_key(ec.SECP256R1())
    strange_public = ECAlgorithm.to_jwk(strange.public_key(), as_dict=True)
    embedded = {"jwk": strange_public, "jku": "https://keys.example", "kid": "../../dev/null"}
    return {
        "nothing": "",
        "no token": "a.b.c",
        "no signature": good.rpartition(".")[0] + ".",
        "unsigned": jwt.encode(said, "", algorithm="none"),
        "unsigned in other letters": by_hand({"alg": "nOnE"}, said, None),
        "unsigned with a signature": reheaded(good, {"alg": "none"}),
        "no algorithm": reheaded(good, {"typ": "JWT"}),
        "algorithm of another kind": reheaded(good, {"alg": ["ES256"]}),
        "header too deep": reheaded(good, {"alg": "ES256", "x": _nested(900)}),
        "a secret": by_hand({"alg": "HS256"}, said, b"a secret of enough length for this"),
        **{
            f"the public key as secret, {form}": by_hand({"alg": "HS256"}, said, key)
            for form, key in public_keys(server).items()
        },
        "RSA": signed(said, rsa.generate_private_key(65537, 2048), "RS256"),
        "RSA's name over our signature": reheaded(good, {"alg": "RS256"}),
        "another curve": signed(said, ec.generate_private_key(ec.SECP384R1()), "ES384"),
        "another key": signed(said, strange),
        "another key that comes along": signed(said, strange, "ES256", **embedded),
        "an extension that must be understood": signed(
            said, own_key(server), "ES256", crit=["exp"], exp=0
        ),
    }


def _nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


async def test_only_a_signature_by_the_server_s_own_key_and_algorithm_counts(
    tmp_path: Path,
) -> None:
    async with running_server(charter(), tmp_path) as server:
        told = {
            name: await turned_away(server, f"{server.url}?token={token}")
            for name, token in forgeries(server).items()
        }
        assert told == dict.fromkeys(told, REFUSED)


async def test_a_token_of_another_installation_is_refused(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path / "one") as one,
        running_server(charter(), tmp_path / "other") as other,
    ):
        address = f"{one.url}?token={other.token('user_ada')}"
        assert await turned_away(one, address) == REFUSED


NOW = int(datetime.now(UTC).timestamp())
WRONG: dict[str, list[Any]] = {
    "exp": [None, "tomorrow", True, 1e300, float("nan"), -1, 2**40, 10**400, NOW + 13 * 3600],
    "iat": [None, "now", False, NOW + 3600, -(10**30)],
    "nbf": [None, "now", NOW + 3600, 2**40],
    "sub": [None, "", 5, ["user_ada"], "two words", "x" * 129, "user_ada\n"],
    "iss": [None, "", "elsewhere", ["boardroom"]],
    "aud": [None, "", "elsewhere", ["boardroom", "elsewhere"]],
    "jti": [None, "", 5],
    "name": [None, 5, "x" * 301],
    "role": ["chair", 5, ["facilitator"]],
}


@pytest.mark.parametrize("claim", WRONG)
async def test_a_token_with_a_claim_missing_or_wrong_is_refused(tmp_path: Path, claim: str) -> None:
    async with running_server(charter(), tmp_path) as server:
        for value in WRONG[claim]:
            token = signed(claims(**{claim: value}), own_key(server))
            assert await turned_away(server, f"{server.url}?token={token}") == REFUSED, value
        good = signed(claims(), own_key(server))
        async with reference_client(f"{server.url}?token={good}", server.trust()) as ada:
            assert (await ada.receive())["type"] == "connection.ready"


async def test_a_token_from_a_clock_an_hour_ahead_is_not_good_yet(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        ahead = datetime.now(UTC) + timedelta(hours=1)
        assert await turned_away(server, server.address("user_ada", issued=ahead)) == REFUSED


async def test_a_token_from_a_clock_an_hour_behind_lives_an_hour_less(tmp_path: Path) -> None:
    behind = datetime.now(UTC) - timedelta(hours=1, seconds=1)
    async with running_server(charter(), tmp_path) as server:
        spent = server.address("user_ada", issued=behind, ttl=timedelta(hours=1))
        assert await turned_away(server, spent) == ("AUTH_EXPIRED", True, 4401)
        longer = server.address("user_ada", issued=behind, ttl=timedelta(hours=2))
        async with reference_client(longer, server.trust()) as ada:
            ready = await ada.receive()
            assert ready["data"]["expiresAt"][:16] == f"{behind + timedelta(hours=2):%FT%H:%M}"


async def test_a_token_from_before_the_server_s_clock_was_set_back_is_good_and_a_later_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def an_hour_ago() -> datetime:
        return datetime.now(UTC) - timedelta(hours=1)

    async with running_server(charter(), tmp_path) as server:
        issued, late = server.address("user_ada"), datetime.now(UTC) + timedelta(minutes=2)
        monkeypatch.setattr("boardroom_tui.clock.utc_now", an_hour_ago)
        monkeypatch.setattr("boardroom_tui.server.admission.utc_now", an_hour_ago)
        assert await turned_away(server, server.address("user_ada", issued=late)) == REFUSED
        async with reference_client(issued, server.trust()) as ada:
            assert (await ada.receive())["type"] == "connection.ready"
            token = {"token": server.token("user_ada")}
            await ada.send("connection.auth.refresh", token, "1")
            while "connection.auth.refreshed" not in ada.unknown:
                await ada.heard_by_now()


async def test_a_client_whose_clock_is_an_hour_off_is_served_by_the_server_s(
    tmp_path: Path,
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
    ):
        for hours in (1, -1):
            before = datetime.now(UTC).replace(microsecond=0)
            wrong = f"{before + timedelta(hours=hours):%FT%TZ}"
            said = {
                "id": f"said-{hours}",
                "type": "meeting.chat.message",
                "data": {"meetingId": "123", "message": "What time is it?"},
                "metadata": {"timestamp": wrong},
            }
            await ada.socket.send(json.dumps(said))
            heard = (await ada.next("meeting.chat.message"))["data"]["timestamp"]
            assert before <= datetime.fromisoformat(heard) <= datetime.now(UTC)
            await ada.send("connection.heartbeat.ping", {"timestamp": wrong})
            pong = (await ada.next("connection.heartbeat.pong"))["data"]
            assert pong["timestamp"] == wrong
            assert pong["latency"] >= 0


async def test_a_role_in_the_token_caps_the_one_in_the_file(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        reference_client(server.address("user_ada", role=Role.PARTICIPANT), server.trust()) as ada,
    ):
        ready = await ada.receive()
        assert ready["data"]["permissions"] == ["read", "write", "vote"]
        moved = {"meetingId": "123", "itemId": "item_1", "status": "in_progress"}
        refused = await ada.ask("meeting.agenda.set", moved, "1")
        assert error(refused) == ("PERMISSION_DENIED", None)


async def test_a_role_in_the_token_raises_nobody_above_the_file(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ben", role=Role.FACILITATOR) as ben,
    ):
        joined = await join(ben, role="facilitator")
        assert joined["data"]["participant"]["role"] == "participant"
        refused = await ben.ask("decision.close", {"decisionId": "123"}, "1")
        assert error(refused) == ("PERMISSION_DENIED", None)


@pytest.mark.parametrize(
    ("user", "cap", "joined_as"),
    [("user_otto", None, "observer"), ("user_ada", Role.OBSERVER, "observer")],
)
async def test_a_role_in_the_join_raises_nobody_above_file_and_token(
    tmp_path: Path, user: str, cap: Role | None, joined_as: str
) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, user, role=cap) as client,
    ):
        joined = await join(client, "1", role="facilitator")
        assert joined["data"]["participant"]["role"] == joined_as
        assert error(await vote(client, "approve", "2")) == ("PERMISSION_DENIED", None)


async def test_a_forged_renewal_changes_nothing(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        connected(server, "user_ada") as ada,
    ):
        for number, (name, token) in enumerate(forgeries(server).items()):
            said = {"token": token}
            refused = await ada.ask("connection.auth.refresh", said, f"renewal-{number}")
            assert refused["data"]["code"] in ("AUTH_FAILED", "INVALID_MESSAGE"), name
        assert (await join(ada))["data"]["participant"]["role"] == "facilitator"
