"""What a meeting is by its file: members, agenda, prepared decisions (CONTRACT.md, section 3)."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from boardroom_tui.protocol.fields import Base, Identifier, Method, Model, Role, Text, Threshold
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.limits import TITLE_CHARACTERS

Name = Annotated[str, StringConstraints(min_length=1, max_length=TITLE_CHARACTERS)]
Weight = Annotated[int, Field(ge=1, le=1_000_000)]
Quorum = Annotated[int, Field(ge=1, le=1_000_000)]

Minutes = Annotated[int, Field(ge=1, le=10_000)]


class Member(Model):
    """Somebody who may join: `has_vote` is false for observers and where the file says so."""

    id: Identifier
    name: Name
    role: Role
    weight: Weight = 1
    has_vote: bool


class AgendaEntry(Model):
    """An agenda item as planned; `minutes` is its planned length."""

    id: Identifier
    title: Name
    minutes: Minutes | None = None


class PreparedDecision(Model):
    """A decision as the file prepares it; the deadline is a time or so long after opening."""

    id: Identifier
    title: Name
    text: Text
    item_id: Identifier | None = None
    threshold: Threshold = Threshold.MAJORITY
    base: Base = Base.CAST
    quorum: Quorum = 1
    secret: bool = False
    auto_close: bool
    status: Literal["prepared", "voting"] = "prepared"
    deadline: datetime | timedelta | None = None
    method: Method = Method.VOTE


class Charter(Model):
    """A meeting's file, checked: what the journal begins with."""

    id: Identifier
    title: Name
    body: Name | None = None
    """Whose meeting it is, as minutes write it above their title."""
    quorum: Quorum = 1
    auto_close: bool = True
    proxies: bool = False
    """Whether members may have others vote for them."""
    casting_vote: bool = False
    """Whether a facilitator who closes a vote may break a tie."""
    speaking_minutes: Minutes | None = None
    """How long whoever has the floor may speak."""
    members: tuple[Member, ...]
    agenda: tuple[AgendaEntry, ...] = ()
    decisions: tuple[PreparedDecision, ...] = ()

    def member(self, user_id: str) -> Member | None:
        """The member of this id, whichever way it is written."""
        return self._by_user.get(bare(Kind.USER, user_id))

    @cached_property
    def voters(self) -> frozenset[str]:
        """The members with a vote, by the form in which users are compared."""
        return frozenset(bare(Kind.USER, member.id) for member in self.members if member.has_vote)

    @cached_property
    def _by_user(self) -> dict[str, Member]:
        return {bare(Kind.USER, member.id): member for member in self.members}
