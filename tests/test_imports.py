"""Who may import whom (DESIGN.md, Layout): pyproject.toml's contracts, and what gets loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

from boardroom_tui.cli import COMMANDS

ROOT = Path(__file__).parents[1]


def loaded_after(statement: str) -> frozenset[str]:
    """The modules that a fresh interpreter has loaded after this statement."""
    code = f"import sys\n{statement}\nprint('\\n'.join(['', *sys.modules]))"
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return frozenset(outcome.stdout.splitlines())


def holds(modules: frozenset[str], name: str) -> bool:
    """Whether this module or something within it is loaded."""
    return any(module == name or module.startswith(name + ".") for module in modules)


def test_the_import_contracts_are_kept() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    outcome = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    "package",
    [
        "boardroom_tui.protocol.codec",
        "boardroom_tui.session.client",
        "boardroom_tui.session.server",
        "boardroom_tui.meeting.decide",
        "boardroom_tui.state.reduce",
    ],
)
def test_what_is_pure_loads_no_socket_no_screen_and_no_disk(package: str) -> None:
    modules = loaded_after(f"import {package}")
    for name in ("textual", "websockets", "sqlite3", "keyring"):
        assert not holds(modules, name), name


@pytest.mark.parametrize(
    "package",
    ["boardroom_tui.cli.join", "boardroom_tui.client.link", "boardroom_tui.client.tokens"],
)
def test_connecting_loads_no_server_no_record_no_screen_and_no_keyring(package: str) -> None:
    modules = loaded_after(f"import {package}")
    ours = ("boardroom_tui.server", "boardroom_tui.record")
    for name in (*ours, "sqlite3", "textual", "rich", "keyring", "jwt", "cryptography"):
        assert not holds(modules, name), name


def test_the_door_opens_without_a_message_a_connection_or_a_pane() -> None:
    modules = loaded_after("import boardroom_tui.cli.join, boardroom_tui.cli.at_the_door")
    ours = ("state", "session", "protocol.catalogue", "protocol.fields", "client.link", "ui.board")
    for name in (*(f"boardroom_tui.{part}" for part in ours), "pydantic", "websockets"):
        assert not holds(modules, name), name
    for name in ("cryptography", "vodozemac", "keyring", "sqlite3"):
        assert not holds(modules, name), name


def test_a_client_without_a_screen_loads_none_and_no_server() -> None:
    modules = loaded_after("import boardroom_tui.cli.joining, boardroom_tui.plain.attending")
    for name in ("textual", "boardroom_tui.server", "boardroom_tui.record", "sqlite3"):
        assert not holds(modules, name), name


def test_the_library_loads_no_screen_no_server_and_no_database() -> None:
    modules = loaded_after("import boardroom_ws")
    ours = ("server", "record", "meeting", "state", "ui", "demo", "cli")
    for name in (*(f"boardroom_tui.{part}" for part in ours), "sqlite3", "textual", "rich"):
        assert not holds(modules, name), name
    for name in ("keyring", "jwt", "cryptography"):
        assert not holds(modules, name), name


@pytest.mark.parametrize("package", ["boardroom_tui.cli.serve", "boardroom_tui.server.server"])
def test_a_server_loads_no_client_and_no_screen(package: str) -> None:
    modules = loaded_after(f"import {package}")
    for name in ("boardroom_tui.client", "boardroom_tui.state", "boardroom_tui.ui", "textual"):
        assert not holds(modules, name), name


def test_the_list_of_commands_comes_without_loading_what_any_of_them_needs() -> None:
    modules = loaded_after(
        "from boardroom_tui.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    )
    for name in ("textual", "websockets", "sqlite3", "pydantic", "cryptography", "keyring"):
        assert not holds(modules, name), name


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_s_help_comes_without_loading_a_screen(command: str) -> None:
    modules = loaded_after(
        "from boardroom_tui.cli import main\n"
        f"try: main([{command!r}, '--help'])\n"
        "except SystemExit: pass"
    )
    assert not holds(modules, "textual")


def test_the_first_screen_waits_for_no_protocol_and_no_cryptography() -> None:
    modules = loaded_after("import boardroom_tui.cli.welcome, boardroom_tui.welcome.app")
    for name in ("pydantic", "websockets", "sqlite3", "cryptography", "keyring", "jwt"):
        assert not holds(modules, name), name
