"""Every cell of the table of who may do and hear what, tried on a server."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from boardroom_tui.meeting.charter import AgendaEntry, Charter
from boardroom_tui.protocol.authorisation import (
    ACCESS,
    CHANNEL_WORDS,
    CHANNELS,
    Asker,
    Audience,
    Resource,
    may_send,
    membership,
)
from boardroom_tui.protocol.catalogue import CLIENT_TYPES
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind
from tests.peers.reference_client import PATIENCE, Data, ReferenceClient
from tests.server.correspondents import Correspondent, Device
from tests.server.members import DECISION, MEETING, connected, join, say
from tests.server.running import RunningServer, charter, decision, member, running_server

MESSAGES: Mapping[str, Data] = {
    "connection.heartbeat.ping": {"timestamp": "2026-11-26T12:00:00Z"},
    "connection.auth.refresh": {"token": "no token"},
    "meeting.join": {"meetingId": MEETING},
    "meeting.leave": {"meetingId": MEETING},
    "meeting.chat.message": {"meetingId": MEETING, "message": "Good morning"},
    "meeting.chat.history.get": {"meetingId": MEETING},
    "meeting.agenda.set": {"meetingId": MEETING, "itemId": "item_1", "status": "in_progress"},
    "meeting.phase.set": {"meetingId": MEETING, "phase": "in_session"},
    "meeting.roll.call": {"meetingId": MEETING},
    "meeting.apology.record": {"meetingId": MEETING},
    "speaker.raise": {"meetingId": MEETING},
    "speaker.lower": {"meetingId": MEETING},
    "speaker.call": {"meetingId": MEETING},
    "speaker.yield": {"meetingId": MEETING},
    "decision.vote.cast": {"decisionId": DECISION, "vote": "approve"},
    "decision.receipt.get": {"decisionId": DECISION, "voteId": "vote_1"},
    "decision.open": {"meetingId": MEETING, "title": "Adjourn"},
    "decision.close": {"decisionId": DECISION},
    "decision.withdraw": {"decisionId": DECISION},
    "decision.remind": {"decisionId": DECISION},
    "decision.recuse": {"meetingId": MEETING, "decisionId": DECISION},
    "decision.comments.get": {"decisionId": DECISION},
    "motion.make": {"meetingId": MEETING, "text": "That we adjourn."},
    "motion.second": {"meetingId": MEETING, "motionId": "motion_1"},
    "motion.amend": {"meetingId": MEETING, "motionId": "motion_1", "text": "That we stay."},
    "motion.withdraw": {"meetingId": MEETING, "motionId": "motion_1"},
    "motion.postpone": {"meetingId": MEETING, "motionId": "motion_1"},
    "motion.refer": {"meetingId": MEETING, "motionId": "motion_1", "to": "the committee"},
    "proxy.give": {"meetingId": MEETING, "to": "user_cleo"},
    "proxy.revoke": {"meetingId": MEETING},
    "record.head.get": {"meetingId": MEETING, "sequence": 1},
    "minutes.get": {"meetingId": MEETING},
    "presence.update": {"status": "busy"},
    "presence.subscribe": {"roomId": MEETING},
    "notification.acknowledge": {"notificationId": "notif_1"},
    "collaboration.cursor": {"documentId": "doc_1", "position": {"line": 1, "column": 1}},
    "collaboration.typing": {"roomId": MEETING, "isTyping": True},
    "subscribe": {"channels": [f"meeting:{MEETING}"]},
    "unsubscribe": {"channels": [f"meeting:{MEETING}"]},
    "device.publish": {},
    "device.remove": {"deviceId": "dev_1"},
    "device.query": {"meetingId": MEETING, "userIds": ["user_ada"]},
    "device.claim": {"meetingId": MEETING, "devices": []},
    "private.send": {
        "meetingId": MEETING,
        "deviceId": "dev_1",
        "body": "AAAA",
        "envelopes": [{"userId": "user_ada", "deviceId": "dev_2", "kind": 0, "key": "AAAA"}],
    },
    "private.received": {"deviceId": "dev_1", "messageIds": []},
}
"""A message of each type that is taken from whoever may send it, to the open meeting.

A device is signed by its user, and so there is another one for each (`message`).
"""

_MISTAKES = {"INVALID_MESSAGE", "RATE_LIMITED", "SERVER_ERROR"}
"""Refusals that say nothing of who may do what."""

_FLOOR = "speaker."
"""Who may do these is told before that there is nobody to do it to: no hand is raised here."""

_ONCE = {"meeting.join", "decision.recuse", "device.publish"}
"""What is refused to whoever has done it, so that each who tries it does so on another server."""

ELSEWHERE = "user_eve"
"""Facilitates another meeting of the same server, and so has every permission there."""

STRANGER = "user_mallory"

OUTSIDERS = {Asker.MEMBER: ELSEWHERE, Asker.STRANGER: STRANGER}


class Way(NamedTuple):
    """How somebody comes to have a role in the meeting."""

    user: str
    token: Role | None = None
    join: Role | None = None


WAYS: Mapping[str, tuple[Role | None, Way]] = {
    "no-file": (None, Way(STRANGER)),
    "another-meeting": (None, Way(ELSEWHERE)),
    "observer": (Role.OBSERVER, Way("user_otto")),
    "participant": (Role.PARTICIPANT, Way("user_ben")),
    "facilitator": (Role.FACILITATOR, Way("user_ada")),
    "token-of-an-observer": (Role.OBSERVER, Way("user_ada", token=Role.OBSERVER)),
    "token-of-a-participant": (Role.PARTICIPANT, Way("user_ada", token=Role.PARTICIPANT)),
    "token-above-the-file": (Role.OBSERVER, Way("user_otto", token=Role.FACILITATOR)),
    "joined-as-observer": (Role.OBSERVER, Way("user_ada", join=Role.OBSERVER)),
    "joined-as-participant": (Role.PARTICIPANT, Way("user_ada", join=Role.PARTICIPANT)),
    "joined-above-the-file": (Role.OBSERVER, Way("user_otto", join=Role.FACILITATOR)),
}


def meetings() -> tuple[Charter, Charter]:
    """The meeting with an open vote, and another one of the same server with a member of its own.

    Of what the other one has, nothing but the meeting itself has an id with 123 in it.
    """
    board = charter(decisions=(decision(status="voting", auto_close=False),), proxies=True)
    other = charter(
        "meeting_9",
        members=(member(ELSEWHERE, Role.FACILITATOR),),
        agenda=(AgendaEntry(id="item_9", title="Elsewhere"),),
        decisions=(),
    )
    return board, other


async def outcome(client: ReferenceClient, name: str, data: Data, request: str) -> str | None:
    """The code with which a message is refused, None if it is not; `request` is its id.

    Our own types answer some, so everything is read; a heartbeat ends what nothing answers.
    """
    await client.send(name, data, request)
    if not CLIENT_TYPES[name].answers:
        await client.send("connection.heartbeat.ping", {"timestamp": "now"}, "after")
    async with asyncio.timeout(PATIENCE):
        while True:
            heard: Data = json.loads(await client.socket.recv())
            if heard["metadata"].get("correlationId") in (request, "after"):
                return heard["data"]["code"] if heard["type"] == "error" else None


async def ours(client: ReferenceClient, kind: str) -> Data:
    """The next message of a type that is not the reference's."""
    async with asyncio.timeout(PATIENCE):
        while True:
            heard: Data = json.loads(await client.socket.recv())
            if heard["type"] == kind:
                return heard


def message(name: str, user_id: str) -> Data:
    """What this user says in a message of this type."""
    return Device(user_id).publication() if name == "device.publish" else MESSAGES[name]


def test_each_message_of_a_client_is_tried() -> None:
    assert MESSAGES.keys() == CLIENT_TYPES.keys()


@pytest.mark.parametrize("name", CLIENT_TYPES)
async def test_a_message_is_taken_from_those_whom_the_table_names(
    tmp_path: Path, name: str
) -> None:
    alone = [[way] for way in WAYS]
    for number, ways in enumerate(alone if name in _ONCE else [list(WAYS)]):
        async with running_server(meetings(), tmp_path / str(number), tls=False) as server:
            for way in ways:
                refused, expected = await tried(server, name, way)
                assert refused not in _MISTAKES or name.startswith(_FLOOR), way
                assert (refused != "PERMISSION_DENIED") is expected, way


async def tried(server: RunningServer, name: str, way: str) -> tuple[str | None, bool]:
    """The code with which a message is refused, and whether the table lets it be sent."""
    role, came = WAYS[way]
    async with connected(server, came.user, role=came.token) as client:
        if came.join is not None:
            assert (await join(client, f"join-{way}", role=came.join))["type"] != "error"
        refused = await outcome(client, name, message(name, came.user), way)
    return refused, may_send(role, CLIENT_TYPES[name])


@pytest.mark.parametrize("user_id", ["user_ada", "user_ben", "user_otto", ELSEWHERE, STRANGER])
@pytest.mark.parametrize("kind", Kind)
async def test_a_channel_is_granted_to_those_whom_the_table_names(
    tmp_path: Path, kind: Kind, user_id: str
) -> None:
    theirs, missing = f"{kind}:{'ada' if kind is Kind.USER else '123'}", f"{kind}:404"
    access = ACCESS[CHANNELS[kind].of]
    alone = access.seen_by is Audience.ONESELF
    heard = user_id == "user_ada" if alone else user_id not in OUTSIDERS.values()
    told = access.told(Asker.STRANGER if user_id == STRANGER else Asker.MEMBER)
    async with (
        running_server(meetings(), tmp_path, tls=False) as server,
        connected(server, user_id) as client,
    ):
        answer = await client.ask("subscribe", {"channels": [theirs, missing]}, "1")
    failed = {missing: CHANNEL_WORDS[told.missing]}
    if not heard:
        failed[theirs] = CHANNEL_WORDS[told.not_yours]
    assert answer["data"] == {"subscribed": [theirs] if heard else [], "failed": failed}


def without_ids(answer: Data, identifier: str) -> str:
    """An answer's whole content, without the id that was asked about and the request's own."""
    data = {name: value for name, value in answer["data"].items() if name != "correlationId"}
    return json.dumps([answer["type"], data]).replace(identifier, "ID")


async def compare(
    client: ReferenceClient, name: str, data: Data, exists: str, missing: str
) -> tuple[Data, Data, bool]:
    """The answers about a thing that is there and one that is not, and whether they are alike.

    `data` has ID where the thing is named.
    """
    answers: list[Data] = []
    for identifier in (exists, missing):
        named = json.loads(json.dumps(data).replace("ID", identifier))
        answers.append(await client.ask(name, named, f"about-{identifier}"))
    first, second = answers
    return first, second, without_ids(first, exists) == without_ids(second, missing)


NAMING = [name for name, kind in CLIENT_TYPES.items() if membership(kind) is not None]


@pytest.mark.parametrize("asker", Asker)
@pytest.mark.parametrize("name", NAMING)
async def test_what_a_refused_message_tells_of_a_meeting_is_in_the_table(
    tmp_path: Path, name: str, asker: Asker
) -> None:
    named = membership(CLIENT_TYPES[name])
    assert named is not None
    told = ACCESS[named].told(asker)
    whole = DECISION if named is Resource.DECISION else MEETING
    data = json.loads(json.dumps(MESSAGES[name]).replace(whole, "ID"))
    assert "ID" in data.values()
    async with (
        running_server(meetings(), tmp_path, tls=False) as server,
        connected(server, OUTSIDERS[asker]) as client,
    ):
        there, missing, alike = await compare(client, name, data, whole, f"{named}_404")
    assert there["data"]["code"] == told.not_yours
    assert missing["data"]["code"] == told.missing
    assert alike is not told.apart


class Probe(NamedTuple):
    """A message that names something, with ID in its place, in the outsider's own meeting."""

    name: str
    data: Data


PROBES: Mapping[Resource, Probe] = {
    Resource.MEETING: Probe("meeting.join", {"meetingId": "ID"}),
    Resource.DECISION: Probe("decision.vote.cast", {"decisionId": "ID", "vote": "approve"}),
    Resource.ITEM: Probe(
        "decision.open", {"meetingId": "meeting_9", "title": "New", "itemId": "ID"}
    ),
    Resource.MOTION: Probe("motion.second", {"meetingId": "meeting_9", "motionId": "ID"}),
    Resource.MESSAGE: Probe(
        "meeting.chat.message", {"meetingId": "meeting_9", "message": "No", "replyTo": "ID"}
    ),
    Resource.NOTIFICATION: Probe("notification.acknowledge", {"notificationId": "ID"}),
    Resource.DEVICE: Probe("device.remove", {"deviceId": "ID"}),
    Resource.USER: Probe("subscribe", {"channels": ["user:ID"]}),
}


@pytest.mark.parametrize("asker", Asker)
@pytest.mark.parametrize("resource", Resource)
async def test_what_a_refusal_tells_of_each_thing_is_in_the_table(
    tmp_path: Path, resource: Resource, asker: Asker
) -> None:
    told = ACCESS[resource].told(asker)
    probe = PROBES[resource]
    async with (
        running_server(meetings(), tmp_path, tls=False) as server,
        connected(server, "user_ada") as ada,
        connected(server, OUTSIDERS[asker]) as client,
    ):
        await join(ada)
        notified = await ada.next("notification.send")
        said = await say(ada, "Between us", "said")
        await ada.send("motion.make", MESSAGES["motion.make"])
        moved = await ours(ada, "motion.update")
        device = Device("user_ada")
        await Correspondent(ada, device).publish()
        theirs = {
            Resource.MEETING: MEETING,
            Resource.DECISION: DECISION,
            Resource.ITEM: "item_1",
            Resource.MOTION: moved["data"]["motionId"],
            Resource.MESSAGE: said["data"]["messageId"],
            Resource.NOTIFICATION: notified["data"]["notificationId"],
            Resource.DEVICE: device.id,
            Resource.USER: "ada",
        }[resource]
        there, missing, alike = await compare(client, *probe, theirs, "thing_404")
    assert (_code(there), _code(missing)) == told
    assert alike is not told.apart


def _code(answer: Data) -> str:
    """The code of a refusal, also of one in the words for a channel."""
    if answer["type"] == "error":
        return answer["data"]["code"]
    (words,) = answer["data"]["failed"].values()
    codes: dict[str, ErrorCode] = {text: code for code, text in CHANNEL_WORDS.items()}
    return codes[words]


async def test_a_decision_of_another_meeting_is_opened_like_none(tmp_path: Path) -> None:
    data = {"meetingId": "meeting_9", "decisionId": "ID"}
    async with (
        running_server(meetings(), tmp_path, tls=False) as server,
        connected(server, ELSEWHERE) as eve,
    ):
        there, _, alike = await compare(eve, "decision.open", data, DECISION, "decision_404")
        assert there["data"]["code"] == "RESOURCE_NOT_FOUND"
        assert alike


async def test_unsubscribing_tells_nobody_what_exists(tmp_path: Path) -> None:
    async with (
        running_server(meetings(), tmp_path, tls=False) as server,
        connected(server, ELSEWHERE) as eve,
        connected(server, STRANGER) as mallory,
    ):
        for client in (eve, mallory):
            for kind in Kind:
                data = {"channels": [f"{kind}:ID"]}
                *_, alike = await compare(client, "unsubscribe", data, "123", "404")
                assert alike
