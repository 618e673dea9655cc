"""Python runs this before a program: everything is logged, at DEBUG, as it is, into LOUD.PID."""

import logging
import os
from typing import Any

_everything = logging.FileHandler(f"{os.environ['LOUD']}.{os.getpid()}")
_everything.setFormatter(logging.Formatter("%(name)s: %(message)s"))
_as_told: Any = logging.basicConfig


def _louder(**told: Any) -> None:
    _as_told(**{**told, "level": logging.DEBUG})
    logging.getLogger().addHandler(_everything)


logging.basicConfig = _louder
logging.basicConfig(force=True, handlers=[])
for _name in ("websockets", "websockets.server", "websockets.client", "asyncio"):
    logging.getLogger(_name).setLevel(logging.DEBUG)
