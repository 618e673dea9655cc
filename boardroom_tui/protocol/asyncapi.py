"""The protocol as an AsyncAPI 3 document, from the catalogue, seen from the server."""

from collections.abc import Mapping
from typing import Any, cast

from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.endpoint import HOST, PATH, PORT, VERSION, authority
from boardroom_tui.protocol.envelope import Message, Request
from boardroom_tui.protocol.schema import PREFIX, schemas

_CHANNEL = "#/channels/meeting"


def _key(kind: type[Message]) -> str:
    """A message's key: its class, since one type exists in both directions."""
    return kind.__name__


def _message(name: str, kind: type[Message]) -> Mapping[str, Any]:
    return {
        "name": name,
        "title": name,
        "summary": (kind.__doc__ or "").strip(),
        "contentType": "application/json",
        "payload": {"$ref": PREFIX + kind.__name__},
        "x-extension": kind.extension,
        "x-source": kind.source,
    }


def _in_channel(kind: type[Message]) -> Mapping[str, str]:
    return {"$ref": f"{_CHANNEL}/messages/{_key(kind)}"}


def _operation(kind: type[Message], servers: Mapping[str, type[Message]]) -> Mapping[str, Any]:
    operation: dict[str, Any] = {
        "action": "receive" if issubclass(kind, Request) else "send",
        "channel": {"$ref": _CHANNEL},
        "summary": (kind.__doc__ or "").strip(),
        "messages": [_in_channel(kind)],
    }
    if issubclass(kind, Request):
        operation["reply"] = {
            "channel": {"$ref": _CHANNEL},
            "messages": [_in_channel(servers[name]) for name in (*kind.answers, "error")],
        }
    return operation


def _connection_parameters() -> Mapping[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["token"],
        "properties": {
            "token": {**text, "description": "JWT authentication token"},
            "clientId": {**text, "description": "Names this client over reconnections"},
            "version": {**text, "default": VERSION, "description": "The protocol's version"},
        },
    }


def document() -> Mapping[str, Any]:
    """The AsyncAPI 3.0 document as JSON values."""
    clients = cast("Mapping[str, type[Message]]", CLIENT_TYPES)
    servers = cast("Mapping[str, type[Message]]", SERVER_TYPES)
    named = [*clients.items(), *servers.items()]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Boardroom",
            "version": VERSION,
            "description": "A board meeting over WebSocket: conversation, agenda, presence, votes.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "local": {
                "host": authority(HOST, PORT),
                "pathname": PATH,
                "protocol": "wss",
                "description": "`boardroom serve` on this machine, TLS 1.3",
                "security": [{"$ref": "#/components/securitySchemes/token"}],
            }
        },
        "channels": {
            "meeting": {
                "address": PATH,
                "description": "One connection carries every meeting of its user.",
                "messages": {
                    _key(kind): {"$ref": f"#/components/messages/{_key(kind)}"} for _, kind in named
                },
                "bindings": {"ws": {"method": "GET", "query": _connection_parameters()}},
            }
        },
        "operations": {_key(kind): _operation(kind, servers) for _, kind in named},
        "components": {
            "messages": {_key(kind): _message(name, kind) for name, kind in named},
            "schemas": schemas(),
            "securitySchemes": {"token": {"type": "httpApiKey", "name": "token", "in": "query"}},
        },
    }
