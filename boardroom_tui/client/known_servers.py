"""The self-signed certificates that the user has trusted, one for each HOST:PORT."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from boardroom_tui.client.address import Address
from boardroom_tui.client.private_text import read_private
from boardroom_tui.client.problem import Problem
from boardroom_tui.private_files import make_private_folder, write_private

_LINE = re.compile(r"(?P<name>\S+) SHA256 (?P<fingerprint>[0-9A-F]{2}(?::[0-9A-F]{2}){31})")
_MOST_BYTES = 1024 * 1024


def default_path() -> Path:
    """Where the user's known servers are kept."""
    return platformdirs.user_config_path("boardroom") / "known_servers"


@dataclass(frozen=True, slots=True)
class KnownServers:
    """A file with a line `HOST:PORT SHA256 FINGERPRINT` for each server."""

    path: Path

    def fingerprint_of(self, address: Address) -> str | Problem | None:
        """The fingerprint that was trusted for a server, None where there is none."""
        known = self._read()
        return known if isinstance(known, Problem) else known.get(address.name)

    def trust(self, address: Address, fingerprint: str) -> Problem | None:
        """Remember a server's fingerprint, in place of an earlier one."""
        known = self._read()
        if isinstance(known, Problem):
            return known
        lines = {**known, address.name: fingerprint}
        text = "".join(f"{name} SHA256 {lines[name]}\n" for name in sorted(lines))
        try:
            make_private_folder(self.path.parent)
            write_private(self.path, text.encode())
        except OSError as error:
            return Problem(f"cannot write {self.path}: {error.strerror}")
        return None

    def _read(self) -> Mapping[str, str] | Problem:
        if not self.path.exists():
            return {}
        content = read_private(self.path, at_most=_MOST_BYTES)
        if isinstance(content, Problem):
            return content
        known: dict[str, str] = {}
        for number, line in enumerate(content.text.splitlines(), start=1):
            found = _LINE.fullmatch(line)
            if found is None:
                # To pass over it could mean to ask about a server that was known.
                return Problem(f"{self.path}:{number}: expected HOST:PORT SHA256 FINGERPRINT")
            known[found["name"]] = found["fingerprint"]
        return known
