"""Who may import whom (DESIGN.md, Layout): pyproject.toml's contracts, and what gets loaded."""

import subprocess
import sys
from pathlib import Path

from boardroom_tui.cli import COMMANDS

ROOT = Path(__file__).parents[1]
END = "\f"


def loaded_after(*statements: str) -> list[frozenset[str]]:
    """The modules that a fresh interpreter has loaded after each of these statements in turn.

    What it has not loaded after the last one, none of them loads.
    """
    told = f"print('\\n'.join(['', *sys.modules, {END!r}]))"
    code = ["import sys", *(f"{statement}\n{told}" for statement in statements)]
    outcome = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    *after, _ = outcome.stdout.split(END)
    return [frozenset(printed.split("\n")) for printed in after]


def helped(*arguments: str) -> str:
    """The statement that has a command say how it is used."""
    called = f"main({[*arguments, '--help']})"
    return f"from boardroom_tui.cli import main\ntry: {called}\nexcept SystemExit: pass"


def holds(modules: frozenset[str], name: str) -> bool:
    """Whether this module or something within it is loaded."""
    return any(module == name or module.startswith(name + ".") for module in modules)


def assert_none_loads(names: tuple[str, ...], *statements: str) -> None:
    """A failure says which of the statements loads which of the modules."""
    for statement, modules in zip(statements, loaded_after(*statements), strict=True):
        assert [name for name in names if holds(modules, name)] == [], statement


def test_the_import_contracts_are_kept() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    outcome = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert outcome.returncode == 0, outcome.stdout


def test_what_is_pure_loads_no_socket_no_screen_and_no_disk() -> None:
    pure = ("protocol.codec", "session.client", "session.server", "meeting.decide", "state.reduce")
    assert_none_loads(
        ("textual", "websockets", "sqlite3", "keyring"),
        *(f"import boardroom_tui.{package}" for package in pure),
    )


def test_connecting_loads_no_server_no_record_no_screen_and_no_keyring() -> None:
    ours = ("boardroom_tui.server", "boardroom_tui.record")
    assert_none_loads(
        (*ours, "sqlite3", "textual", "rich", "keyring", "jwt", "cryptography"),
        "import boardroom_tui.cli.join",
        "import boardroom_tui.client.link",
        "import boardroom_tui.client.tokens",
    )


def test_the_door_opens_with_little_loaded_and_nothing_that_draws_a_board() -> None:
    ours = ("state", "session", "protocol.catalogue", "protocol.fields", "client.link", "ui.board")
    slow = ("textual", "rich", "asyncio", "pydantic", "websockets")
    others = ("cryptography", "vodozemac", "keyring", "sqlite3")
    assert_none_loads(
        (*(f"boardroom_tui.{part}" for part in ours), *slow, *others),
        "import boardroom_tui.cli.join, boardroom_tui.ui.door.door",
        "import boardroom_tui.cli.demo, boardroom_tui.ui.door.door",
    )


def test_a_board_that_has_no_keys_yet_loads_no_cryptography() -> None:
    assert_none_loads(
        ("cryptography",),
        "import boardroom_tui.cli.joining, boardroom_tui.ui.app",
        "import boardroom_tui.client.private.vault_key",
    )


def test_a_client_without_a_screen_loads_none_and_no_server() -> None:
    assert_none_loads(
        ("textual", "boardroom_tui.server", "boardroom_tui.record", "sqlite3"),
        "import boardroom_tui.cli.joining, boardroom_tui.plain.attending",
    )


def test_the_library_loads_no_screen_no_server_and_no_database() -> None:
    ours = ("server", "record", "meeting", "state", "ui", "demo", "cli")
    others = ("sqlite3", "textual", "rich", "keyring", "jwt", "cryptography")
    assert_none_loads((*(f"boardroom_tui.{part}" for part in ours), *others), "import boardroom_ws")


def test_a_server_loads_no_client_and_no_screen() -> None:
    assert_none_loads(
        ("boardroom_tui.client", "boardroom_tui.state", "boardroom_tui.ui", "textual"),
        "import boardroom_tui.cli.serve",
        "import boardroom_tui.server.server",
    )


def test_the_list_of_commands_comes_without_loading_what_any_of_them_needs() -> None:
    assert_none_loads(
        ("textual", "websockets", "sqlite3", "pydantic", "cryptography", "keyring"), helped()
    )


def test_a_command_s_help_comes_without_loading_a_screen() -> None:
    assert_none_loads(("textual",), *(helped(command) for command in COMMANDS))


def test_the_first_screen_waits_for_no_protocol_and_no_cryptography() -> None:
    assert_none_loads(
        ("pydantic", "websockets", "sqlite3", "cryptography", "keyring", "jwt"),
        "import boardroom_tui.cli.welcome, boardroom_tui.welcome.app",
    )
