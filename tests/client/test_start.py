"""What a start costs: only what is needed is imported."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module", ["boardroom_tui.cli.join", "boardroom_tui.client.link", "boardroom_tui.client.tokens"]
)
def test_connecting_loads_no_screen_no_server_and_no_keyring(module: str) -> None:
    code = (
        f"import sys, {module}; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & "
        "{'textual', 'rich', 'keyring', 'sqlite3', 'jwt', 'cryptography'}), "
        "*(name for name in sys.modules if name.startswith('boardroom_tui.server')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert loaded == "\n"
