"""The protocol page and the AsyncAPI document say what the program does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import boardroom_tui.protocol
from boardroom_tui.cli import main
from boardroom_tui.protocol.asyncapi import document
from boardroom_tui.protocol.authorisation import ACCESS, CHANNELS, Asker, may_send
from boardroom_tui.protocol.catalogue import CLIENT_TYPES, SERVER_TYPES
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.page import page

COMMITTED = Path(boardroom_tui.protocol.__file__).with_name("PROTOCOL.md")


def test_the_committed_page_is_the_one_that_the_program_prints() -> None:
    assert COMMITTED.read_text("utf-8") == page(), "boardroom protocol > " + COMMITTED.name


def test_the_page_describes_every_type_once_in_each_direction() -> None:
    sent, _, received = page().partition("## What a server sends")
    assert re.findall(r"^### `(.*)`$", sent, re.MULTILINE) == list(CLIENT_TYPES)
    assert re.findall(r"^### `(.*)`$", received, re.MULTILINE) == list(SERVER_TYPES)


def test_every_link_of_the_page_leads_to_one_of_its_headings() -> None:
    headings = {
        re.sub(r"[^a-z0-9]", "", heading.lower())
        for heading in re.findall(r"^#+ (.*)$", page(), re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#(.*?)\)", page()))
    assert links
    assert links <= headings


def test_the_page_marks_what_is_ours() -> None:
    lines = page().splitlines()
    assert "| `expiresAt` | timestamp |  | optional, *extension* |" in lines
    assert "- Defined in: *extension*, CONTRACT.md, State" in lines


def _rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, its head left out."""
    _, _, section = page().partition(f"## {heading}\n")
    section, _, _ = section.partition("\n## ")
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_page_prints_what_each_role_may_send() -> None:
    rows = _rows("What each role may do")
    assert [row[:2] for row in rows] == [
        [f"`{name}`", f"`{kind.permission}`"] for name, kind in CLIENT_TYPES.items()
    ]
    assert [row[3:] for row in rows] == [
        ["yes" if may_send(role, kind) else "" for role in (None, *Role)]
        for kind in CLIENT_TYPES.values()
    ]


def test_the_page_prints_every_channel_and_every_refusal() -> None:
    heard = _rows("Who may hear which channel")
    assert [row[:2] for row in heard] == [
        [f"`{kind}:ID`", ACCESS[channel.of].seen_by] for kind, channel in CHANNELS.items()
    ]
    assert all(
        f"`{name}`" in row[2]
        for row, channel in zip(heard, CHANNELS.values(), strict=True)
        for name, kind in SERVER_TYPES.items()
        if kind.reach is channel.reach
    )
    assert _rows("What a refusal tells") == [
        [resource, access.seen_by, asker, *(f"`{code}`" for code in access.told(asker))]
        for resource, access in ACCESS.items()
        for asker in Asker
    ]


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocol"]) == 0
    assert capsys.readouterr().out == page()


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, entry in value.items():  # pyright: ignore[reportUnknownVariableType]
            if key == "$ref":
                yield entry
            else:
                yield from _references(entry)
    elif isinstance(value, list | tuple):
        for entry in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _references(entry)


def _printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["protocol", "--asyncapi"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_prints_an_asyncapi_3_document(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _printed(capsys)
    assert printed == json.loads(json.dumps(document()))
    assert printed["asyncapi"] == "3.0.0"
    assert set(printed) == {
        "asyncapi",
        "info",
        "defaultContentType",
        "servers",
        "channels",
        "operations",
        "components",
    }
    assert {"title", "version"} <= set(printed["info"])


def test_every_reference_of_the_asyncapi_document_leads_somewhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = _printed(capsys)
    references = set(_references(printed))
    assert references
    for reference in references:
        place: Any = printed
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_the_asyncapi_document_has_every_message_and_who_sends_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = _printed(capsys)
    operations = printed["operations"]
    for action, types in (("receive", CLIENT_TYPES), ("send", SERVER_TYPES)):
        for name, kind in types.items():
            key = kind.__name__
            assert operations[key]["action"] == action
            assert operations[key]["messages"] == [{"$ref": f"#/channels/meeting/messages/{key}"}]
            assert printed["components"]["messages"][key]["name"] == name
            payload = printed["components"]["schemas"][key]
            assert payload["properties"]["type"]["const"] == name
            assert payload["required"] == ["type", "data"]
    replies = operations["VoteCast"]["reply"]["messages"]
    assert [reply["$ref"].rpartition("/")[2] for reply in replies] == ["VoteReceived", "Refused"]


def test_the_names_in_the_asyncapi_document_are_ones_it_allows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    components = _printed(capsys)["components"]
    for kind in components.values():
        assert all(re.fullmatch(r"[\w.-]+", name) for name in kind)
