"""The protocol page: everything that goes over the wire, as Markdown, from the catalogue.

`boardroom protocol` prints it; PROTOCOL.md beside this file is it, and a test says when that is
stale.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from boardroom_tui.protocol import limits
from boardroom_tui.protocol.authorisation import (
    ACCESS,
    CHANNELS,
    Asker,
    Resource,
    may_send,
    membership,
)
from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.envelope import Event, Message, Request
from boardroom_tui.protocol.errors import CloseCode, ErrorCode, may_reconnect
from boardroom_tui.protocol.fields import BASE64, PUBLIC_KEY, SIGNATURE, Role
from boardroom_tui.protocol.limits import LIMITS, PER_USER, Rate
from boardroom_tui.protocol.schema import Schema, referred, schemas

_EXACT = 2**53 - 1

_TYPE_NAMES = {kind.__name__: name for name, kind in (*CLIENT_TYPES.items(), *SERVER_TYPES.items())}

_OPENING = """\
# The protocol

Every message, limit and code of Boardroom's WebSocket protocol, version 1.0. This page is made
from the program by `boardroom protocol`; `boardroom protocol --asyncapi` prints the same as an
AsyncAPI 3 document. Where a type or a field says *extension*, it is ours and not the reference's
(`websocket-api.md`); a client or server that knows only the reference works without it.
"""

_IDENTIFIERS = """\
## Identifiers and channels

An identifier has 1 to 128 visible ASCII characters and no blanks. A channel is `KIND:ID`, and its
kind is one of `meeting`, `decision` and `user`. Wherever one of these is named, `123` and
`meeting_123` (`decision_123`, `user_123`) are the same thing. Times are UTC, RFC 3339, ending
in `Z`. Base64 is the standard alphabet without padding.
"""

_ENVELOPE = """\
## Envelope

A frame is one JSON object in a text frame: `type` and `data` always, `id` and `metadata` always
from our side and from others where they like. What is optional may be missing or `null`. Unknown
fields are ignored at every level; a duplicate key, `NaN`, a binary frame or a missing `data` is
`INVALID_MESSAGE`, and the connection stays open. An answer's `metadata.correlationId` repeats the
request's, else the request's `id`.

| Field | Type | Meaning |
|---|---|---|
| `id` | identifier, optional | One user's messages with the same id are one message |
| `type` | text | Which of the types below |
| `data` | object | The type's fields |
| `metadata.timestamp` | timestamp, optional | When it was sent |
| `metadata.userId` | identifier, optional | Who sent it; a client's own or none |
| `metadata.correlationId` | identifier, optional | What it answers |
| `metadata.version` | text, optional | The protocol's version, `1.0` |
| `metadata.sequence` | whole number, optional | *extension*: the event of the record that it \
tells of; `metadata.timestamp` is then when that happened |
"""

_ROLES = """\
A role is what the meeting's file gives, capped by the token's and by the one joined in. A message
that names a meeting, a room or a decision is taken from the meeting's members alone; the others
concern nobody but their sender. `decision.vote.cast` also needs a vote, which the file may
withhold and which is fixed when the decision opens. What is not allowed is `PERMISSION_DENIED`.
"""

_REFUSALS = """\
Where the two codes are the same, the whole answers are, but for the id that was named: nobody
learns from them whether it exists. Where they differ, a member of one meeting may learn that the
server holds another (CONTRACT.md, Who is speaking). In `subscription.update`,
`PERMISSION_DENIED` reads `Permission denied` and `RESOURCE_NOT_FOUND` reads `Not found`.
"""


def _between(least: int | None, most: int | None) -> str:
    if most is None or most == _EXACT:
        return f"{least:,} or more" if least is not None else ""
    return f"{least:,} to {most:,}" if least is not None else f"at most {most:,}"


def _link(name: str) -> str:
    owner, _, rest = name.partition(".")
    if rest == "Data":
        return f"the data of `{_TYPE_NAMES[owner]}`"
    return f"[{name}](#{name.lower().replace('.', '')})"


def _type_of(schema: Schema, known: Mapping[str, Schema]) -> tuple[str, str]:
    """A field's type and its limits, in words."""
    name = referred(schema)
    if name is not None:
        values = known[name].get("enum")
        if values is None:
            return _link(name), ""
        return "one of " + ", ".join(f"`{value}`" for value in values), ""
    alternatives = [entry for entry in schema.get("anyOf", ()) if entry.get("type") != "null"]
    if alternatives:
        # Where there are two, the later one is the wider: a whole number is a number too.
        kind, limit = _type_of(alternatives[-1], known)
        return kind, limit or _between(schema.get("minimum"), schema.get("maximum"))
    if "oneOf" in schema:
        names = (_TYPE_NAMES[referred(entry) or ""] for entry in schema["oneOf"])
        return "a message: " + ", ".join(f"`{name}`" for name in names), ""
    if schema.get("type") == "array":
        kind, limit = _type_of(schema["items"], known)
        count = _between(schema.get("minItems"), schema.get("maxItems"))
        return f"list of {kind}", "; ".join(part for part in (count, limit) if part)
    if schema.get("type") == "string":
        return _string(schema)
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        return f"object of {_type_of(cast('Schema', values), known)[0]}", ""
    number = _between(schema.get("minimum"), schema.get("maximum"))
    kinds = {"integer": "whole number", "number": "number", "boolean": "true or false"}
    return kinds.get(schema["type"], "object"), number


def _string(schema: Schema) -> tuple[str, str]:
    if schema.get("format") == "date-time":
        return "timestamp", ""
    pattern = schema.get("pattern")
    if pattern == r"^[!-~]+$":
        return "identifier", ""
    if pattern in (PUBLIC_KEY, SIGNATURE):
        return "base64", f"{32 if pattern == PUBLIC_KEY else 64} bytes"
    if pattern == BASE64:
        return "base64", f"at most {schema['maxLength']:,} characters"
    if pattern is not None:
        return "text", f"`{pattern}`"
    size = _between(schema.get("minLength"), schema.get("maxLength"))
    return "text", f"{size} characters" if size else ""


def _fields(body: Schema, known: Mapping[str, Schema], own: tuple[str, ...] = ()) -> Iterator[str]:
    yield "| Field | Type | Limits | |"
    yield "|---|---|---|---|"
    required = body.get("required", ())
    for name, schema in body["properties"].items():
        kind, limit = _type_of(schema, known)
        remarks = [] if name in required else ["optional"]
        if name in own:
            remarks.append("*extension*")
        yield f"| `{name}` | {kind} | {limit} | {', '.join(remarks)} |"
    yield ""


def _pipeline(kind: type[Message]) -> Iterator[str]:
    """What the server does with a client's message, or whom a server's message reaches."""
    origin = "*extension*, " if kind.extension else ""
    yield f"- Defined in: {origin}{kind.source}"
    if issubclass(kind, Request):
        yield f"- Needs the permission: `{kind.permission}`"
        yield f"- Counted as: {kind.rate or 'nothing'}"
        answers = " or ".join(f"`{name}`" for name in (*kind.answers, "error"))
        yield f"- Answered by: {answers}" + ("" if kind.answers else ", only if refused")
        remembered = "for good, also after a restart" if kind.lasting else "no; it has no record"
        yield f"- Its `id` is remembered: {remembered}"
    if issubclass(kind, Event):
        yield f"- Reaches: {kind.reach}"
        if kind.supersedes:
            yield "- A client that has fallen behind gets only the newest"
    yield ""


def _messages(kinds: Mapping[str, type[Message]], known: Mapping[str, Schema]) -> Iterator[str]:
    for name, kind in kinds.items():
        yield f"### `{name}`"
        yield ""
        yield (kind.__doc__ or "").strip()
        yield ""
        yield from _pipeline(kind)
        yield from _fields(known[f"{kind.__name__}.Data"], known, kind.own_fields)


def _structures(known: Mapping[str, Schema]) -> Iterator[str]:
    """The objects within messages that have a name of their own."""
    yield "## Structures"
    yield ""
    for name, body in known.items():
        if (
            name in _TYPE_NAMES
            or name == "Metadata"
            or name.endswith(".Data")
            or "properties" not in body
        ):
            continue
        yield f"### {name}"
        yield ""
        yield body.get("description", "Part of the message it is named in.")
        yield ""
        yield from _fields(body, known)


def _authorisation() -> Iterator[str]:
    """The table of who may what, as three: what is sent, what is heard, what is refused."""
    yield "## What each role may do"
    yield ""
    yield _ROLES
    yield f"| Message | Permission | Member of | no file | {' | '.join(Role)} |"
    yield "|---|---|---|" + "---|" * (1 + len(Role))
    for name, kind in cast("Mapping[str, type[Request]]", CLIENT_TYPES).items():
        named = membership(kind)
        place = {None: "", Resource.DECISION: "the decision's meeting"}.get(named, "the meeting")
        answers = ("yes" if may_send(role, kind) else "" for role in (None, *Role))
        yield f"| `{name}` | `{kind.permission}` | {place} | {' | '.join(answers)} |"
    yield ""
    yield "## Who may hear which channel"
    yield ""
    yield "| Channel | May be subscribed to by | What comes there |"
    yield "|---|---|---|"
    for channel, told in CHANNELS.items():
        events = cast("Mapping[str, type[Event]]", SERVER_TYPES).items()
        types = ", ".join(f"`{name}`" for name, event in events if event.reach is told.reach)
        yield f"| `{channel}:ID` | {ACCESS[told.of].seen_by} | {types} |"
    yield ""
    yield "## What a refusal tells"
    yield ""
    yield _REFUSALS
    yield "| Named | Seen by | Named by | There, but not theirs | Not there |"
    yield "|---|---|---|---|---|"
    for resource, access in ACCESS.items():
        for asker in Asker:
            codes = " | ".join(f"`{code}`" for code in access.told(asker))
            yield f"| {resource} | {access.seen_by} | {asker} | {codes} |"
    yield ""


def _codes() -> Iterator[str]:
    yield "## Error codes"
    yield ""
    yield "| Code | Meaning | Retryable |"
    yield "|---|---|---|"
    for code in ErrorCode:
        yield f"| `{code}` | {code.description} | {'yes' if code.retryable else 'no'} |"
    yield ""
    yield "`retryAfter` is in milliseconds, `details.retryAfter` in seconds."
    yield ""
    yield "## Close codes"
    yield ""
    yield "| Code | Meaning | A client comes back |"
    yield "|---|---|---|"
    for close in CloseCode:
        yield f"| {close.value} | {close.meaning} | {'yes' if may_reconnect(close) else 'no'} |"
    yield ""
    yield "After any other code a client comes back, but not after 4500 to 4999."
    yield ""


def _limits() -> Iterator[str]:
    yield "## Limits"
    yield ""
    yield "| Counted | Limit | Within | Of |"
    yield "|---|---|---|---|"
    for rate in Rate:
        limit = LIMITS[rate]
        owner = "a user" if rate in PER_USER else "a connection"
        yield f"| {rate} | {limit.count} | {limit.seconds} s | {owner} |"
    yield ""
    yield (
        "All count as messages of the connection too, except cursor updates; heartbeats and "
        "renewals count as nothing. A message over a limit is refused with `RATE_LIMITED`."
    )
    yield ""
    yield "| Size or time | |"
    yield "|---|---|"
    for name, value in (
        ("A frame", f"{limits.FRAME_BYTES:,} bytes"),
        ("A chat message", f"1 to {limits.CHAT_CHARACTERS:,} characters, not only blanks"),
        ("Channels in one message", f"{limits.CHANNELS_PER_MESSAGE}"),
        ("A heartbeat at least every", "30 s"),
        ("Silence after which a connection is closed", f"{limits.SILENCE_SECONDS:g} s"),
        ("Grace to come back before one has left", f"{limits.GRACE_SECONDS:g} s"),
        (
            "Undecodable frames that close a connection",
            f"{limits.UNDECODABLE_FRAMES} in {limits.UNDECODABLE_WINDOW_SECONDS:g} s",
        ),
        ("Warning before a token runs out", f"{limits.EXPIRY_WARNING_SECONDS:g} s"),
    ):
        yield f"| {name} | {value} |"
    yield ""


def page() -> str:
    """The whole page."""
    known = schemas()
    clients = cast("Mapping[str, type[Message]]", CLIENT_TYPES)
    servers = cast("Mapping[str, type[Message]]", SERVER_TYPES)
    lines = [
        _OPENING,
        _ENVELOPE,
        _IDENTIFIERS,
        "## What a client sends",
        "",
        *_messages(clients, known),
        "## What a server sends",
        "",
        *_messages(servers, known),
        *_structures(known),
        *_authorisation(),
        *_codes(),
        *_limits(),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"
