"""README's section for operators: what stands there is what the program takes, has and says."""

import argparse
import asyncio
import configparser
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import pytest

from boardroom_tui.cli import serve
from boardroom_tui.cli.parsing import parsed
from boardroom_tui.protocol.endpoint import PORT
from boardroom_tui.protocol.limits import LIMITS, RATE_NAMES
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.settings_file import LimitsTable, ServerFile, read_server_file
from tests.server.running import charter, running_server
from tests.server.test_operations import page

ROOT = Path(__file__).parents[1]
SECTION = re.split(r"^## ", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
OPERATE = next(section for section in SECTION if section.startswith("Operate\n"))
STANDARD: Mapping[str, Any] = {one.name: one.default for one in fields(Settings)}


def block(language: str) -> str:
    """The section's one block in this language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", OPERATE, re.MULTILINE | re.DOTALL)
    return found


def told_to_serve(command: Sequence[str]) -> argparse.Namespace:
    """What `boardroom serve` is told by a command line; anything wrong with it is raised."""
    assert Path(command[0]).name == "boardroom"
    assert command[1] == "serve"
    return parsed(serve, command[2:])


def instructions() -> Mapping[str, list[str]]:
    """The container file's instructions, by their first word."""
    (file,) = re.findall(r"<<'EOF'\n(.*?)^EOF$", block("sh"), re.MULTILINE | re.DOTALL)
    found: dict[str, list[str]] = {}
    for line in file.splitlines():
        word, _, rest = line.partition(" ")
        found.setdefault(word, []).append(rest)
    return found


def listed(instruction: str) -> list[str]:
    """The words of an instruction in its JSON form."""
    (rest,) = instructions()[instruction]
    return cast("list[str]", tomllib.loads(f"words = {rest.removeprefix('CMD ')}")["words"])


def test_the_file_shows_every_limit_with_the_value_that_holds_without_it() -> None:
    told = read_server_file(block("toml"), "server.toml")
    assert isinstance(told, ServerFile), told
    assert told.rates.limits == {rate: LIMITS[rate] for rate in RATE_NAMES.values()}
    assert told.limits.model_dump() == {name: STANDARD[name] for name in LimitsTable.model_fields}
    assert told.server.host == STANDARD["host"]


def test_the_unit_starts_a_server_that_keeps_its_record_where_systemd_lets_it_write() -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read_string(block("ini"))
    service = unit["Service"]
    told = told_to_serve(shlex.split(service["ExecStart"]))
    assert told.data == f"%S/{service['StateDirectory']}"
    handed = re.findall(r"^LoadCredential=([^:]+):", block("ini"), re.MULTILINE)
    assert [str(told.cert), str(told.key)] == [f"%d/{name}" for name in handed]
    assert service["KillSignal"] == "SIGTERM"
    slowest = STANDARD["draining_seconds"] + STANDARD["closing_seconds"]
    assert int(service["TimeoutStopSec"]) > slowest


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "boardroom.service"
    unit.write_text(block("ini").replace("/opt/boardroom/bin/boardroom", sys.executable))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert [line for line in said.stderr.splitlines() if unit.name in line] == []


def test_the_container_serves_what_it_opens_and_asks_the_port_that_answers() -> None:
    told = told_to_serve([*listed("ENTRYPOINT"), *listed("CMD")])
    assert [told.data] == instructions()["VOLUME"]
    assert f"-o {instructions()['USER'][0]} {told.data}" in instructions()["RUN"][0]
    assert instructions()["EXPOSE"] == [str(PORT)]
    assert f":{told.operations_port}/healthz" in listed("HEALTHCHECK")[-1]
    copied = [word for line in instructions()["COPY"] for word in line.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    mounts = re.findall(r"-v \S+?:(\S+?)(?::ro)?(?= )", block("sh"))
    assert mounts == [told.data, str(told.config.parent)]


async def test_the_container_s_check_fails_where_nothing_answers(tmp_path: Path) -> None:
    check = listed("HEALTHCHECK")[-1]
    async with running_server(charter(), tmp_path, operations_port=0) as server:
        here = check.replace("http://127.0.0.1:9765", server.server.operations or "")
        assert here != check
        assert await _exit_code(here) == 0
    assert await _exit_code(here) == 1


async def _exit_code(code: str) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stderr=asyncio.subprocess.DEVNULL
    )
    return await process.wait()


async def test_every_metric_that_is_named_is_there(tmp_path: Path) -> None:
    named = set(re.findall(r"`(boardroom_\w+)`", OPERATE))
    assert len(named) > 5
    async with running_server(charter(), tmp_path, operations_port=0) as server:
        _, _, text = await page(server, "/metrics")
    there = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    assert named - there == set()


def test_every_event_of_the_log_is_named_and_no_other() -> None:
    (told,) = re.findall(r"^- \*\*The log\*\*.*?(?=^- )", OPERATE, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([a-z_]+)`", told)) - {"time", "level", "event"}
    code = "\n".join(path.read_text() for path in (ROOT / "boardroom_tui").rglob("*.py"))
    assert named == set(re.findall(r"\bnote,?\(?\s*\"(\w+)\"", code))
