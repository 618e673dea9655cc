"""`python -m tests.fuzz TARGET`: a target of targets.py for as long as you like, led by coverage.

It needs the extra `fuzz` (Linux). What breaks a promise is written to the corpus folder as
`crash-…`; `--input` plays one again.
"""

import argparse
import importlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

LONGEST = 4_000
"""Bytes of one input."""


def main() -> None:
    """Fuzz until the time is over or a promise is broken; libFuzzer tells of it as it goes."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", help="one of TARGETS in tests/fuzz/targets.py")
    parser.add_argument("--seconds", type=int, default=60, help="(default: %(default)s)")
    parser.add_argument("--corpus", type=Path, help="a folder to begin with and to add to")
    parser.add_argument("--input", type=Path, help="play this one input")
    given = parser.parse_args()
    if given.input is not None:
        _target(given.target)(given.input.read_bytes())
        return
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        parser.error("install the extra first: pip install -e '.[test,fuzz]'")
    with atheris.instrument_imports(include=["boardroom_tui", "jwt"]):
        target = _target(given.target)
    corpus: Path = given.corpus or Path(tempfile.mkdtemp(prefix="boardroom-fuzz-"))
    corpus.mkdir(parents=True, exist_ok=True)
    atheris.Setup(
        [
            *("fuzz", f"-max_total_time={given.seconds}", f"-max_len={LONGEST}"),
            "-len_control=0",  # long inputs from the beginning: a conversation is many frames
            *(f"-artifact_prefix={corpus}/", str(corpus)),
        ],
        target,
    )
    atheris.Fuzz()


def _target(name: str) -> Callable[[bytes], None]:
    targets = importlib.import_module("tests.fuzz.targets").TARGETS
    if name not in targets:
        raise SystemExit(f"{name} is none of {', '.join(targets)}")
    return targets[name]


if __name__ == "__main__":
    main()
