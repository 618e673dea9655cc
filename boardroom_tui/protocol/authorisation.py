"""Who may do, hear and see what, and what a refusal tells: the one table of it.

The session, the meeting's rules and the server read it, and the protocol page prints it. Source:
websocket-api.md:612-615; CONTRACT.md, Who is speaking, Identifiers and channels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from boardroom_tui.protocol.envelope import Permission, Reach, Request
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind

PERMISSIONS: Mapping[Role, tuple[Permission, ...]] = MappingProxyType(
    {
        Role.OBSERVER: (Permission.READ, Permission.WRITE),
        Role.PARTICIPANT: (Permission.READ, Permission.WRITE, Permission.VOTE),
        Role.FACILITATOR: tuple(Permission),
    }
)
"""What a role may do: an observer may speak and has no vote."""

STRANGER_S_ROLE = Role.OBSERVER
"""The role of a user who is in no meeting's file, and so finds nothing to use it on."""


class Audience(StrEnum):
    """Who sees or hears something."""

    MEMBERS = "the meeting's members, whatever their role"
    ONESELF = "that user alone"
    RECEIVER = "whoever it was sent to"


class Resource(StrEnum):
    """What a client's message may name."""

    MEETING = "meeting"
    DECISION = "decision"
    ITEM = "agenda item"
    MOTION = "motion"
    MESSAGE = "message"
    NOTIFICATION = "notification"
    DEVICE = "device"
    USER = "user"


class Asker(StrEnum):
    """Who names it."""

    MEMBER = "a member of any meeting"
    STRANGER = "a user in no meeting's file"


class Told(NamedTuple):
    """The refusals about something that is there but not the asker's, and that is not there.

    Where the two codes are equal, the answers are, so that they do not tell which it was.
    """

    not_yours: ErrorCode
    missing: ErrorCode

    @property
    def apart(self) -> bool:
        """Whether an answer tells one from the other."""
        return self.not_yours is not self.missing


_BOTH_DENIED = Told(ErrorCode.PERMISSION_DENIED, ErrorCode.PERMISSION_DENIED)
_BOTH_MISSING = Told(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_NOT_FOUND)
_TOLD_APART = Told(ErrorCode.PERMISSION_DENIED, ErrorCode.RESOURCE_NOT_FOUND)
"""As the contract has it: who sits in one meeting of a server may learn that it holds another."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who sees a resource, and what anybody else is told who names one."""

    seen_by: Audience
    member_told: Told
    stranger_told: Told

    def told(self, asker: Asker) -> Told:
        """What this asker is told."""
        return self.member_told if asker is Asker.MEMBER else self.stranger_told


ACCESS: Mapping[Resource, Access] = MappingProxyType(
    {
        Resource.MEETING: Access(Audience.MEMBERS, _TOLD_APART, _BOTH_DENIED),
        Resource.DECISION: Access(Audience.MEMBERS, _TOLD_APART, _BOTH_DENIED),
        Resource.ITEM: Access(Audience.MEMBERS, _BOTH_MISSING, _BOTH_DENIED),
        Resource.MOTION: Access(Audience.MEMBERS, _BOTH_MISSING, _BOTH_DENIED),
        Resource.MESSAGE: Access(Audience.MEMBERS, _BOTH_MISSING, _BOTH_DENIED),
        Resource.NOTIFICATION: Access(Audience.RECEIVER, _BOTH_MISSING, _BOTH_MISSING),
        Resource.DEVICE: Access(Audience.MEMBERS, _BOTH_MISSING, _BOTH_MISSING),
        Resource.USER: Access(Audience.ONESELF, _BOTH_DENIED, _BOTH_DENIED),
    }
)


class Channelled(NamedTuple):
    """What a kind of channel tells of: who sees that may subscribe. And what comes there."""

    of: Resource
    reach: Reach


CHANNELS: Mapping[Kind, Channelled] = MappingProxyType(
    {
        Kind.MEETING: Channelled(Resource.MEETING, Reach.MEETING),
        Kind.DECISION: Channelled(Resource.DECISION, Reach.DECISION),
        Kind.USER: Channelled(Resource.USER, Reach.USER),
    }
)

CHANNEL_WORDS: Mapping[ErrorCode, str] = MappingProxyType(
    {
        ErrorCode.PERMISSION_DENIED: "Permission denied",
        ErrorCode.RESOURCE_NOT_FOUND: "Not found",
    }
)
"""How `subscription.update` says it of a channel (websocket-api.md:595)."""

NOT_A_MEMBER = "You are not a member of this meeting."

_NAMED_IN: Mapping[str, Resource] = MappingProxyType(
    {
        "meeting_id": Resource.MEETING,
        "room_id": Resource.MEETING,
        "decision_id": Resource.DECISION,
    }
)


class Denial(NamedTuple):
    """A refusal's code and words."""

    code: ErrorCode
    message: str


def may(role: Role, permission: Permission) -> bool:
    """Whether a role gives a permission."""
    return permission in PERMISSIONS[role]


def membership(kind: type[Request]) -> Resource | None:
    """What a message names of whose meeting its sender must be a member, by its fields.

    None: it concerns the sender alone. A decision named beside its meeting is looked for there.
    """
    fields = kind.model_fields["data"].annotation
    named = getattr(fields, "model_fields", {})
    return next((found for name, found in _NAMED_IN.items() if name in named), None)


def may_send(role: Role | None, kind: type[Request]) -> bool:
    """Whether a message of this type is taken from a member in a role, or, None, a stranger."""
    if role is None and membership(kind) is not None:
        return False
    return may(role or STRANGER_S_ROLE, kind.permission)


def denial(resource: Resource, identifier: str, asker: Asker, *, exists: bool) -> Denial:
    """What somebody is told who names a resource that is not there, or not theirs to see."""
    told = ACCESS[resource].told(asker)
    code = told.not_yours if exists else told.missing
    if code is ErrorCode.PERMISSION_DENIED:
        return Denial(code, NOT_A_MEMBER)
    return Denial(code, f"There is no {resource} {identifier}.")
