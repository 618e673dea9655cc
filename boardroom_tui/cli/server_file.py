"""What `serve` is told, by its file and by its command line, which wins."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.meeting_file import read_charter
from boardroom_tui.cli.mistakes import mistakes_in_words
from boardroom_tui.cli.text_file import read_text
from boardroom_tui.protocol.endpoint import HOST, PORT, is_loopback
from boardroom_tui.protocol.limits import LIMITS
from boardroom_tui.record.data_folder import data_folder
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.settings_file import ServerFile, ServerTable, read_server_file
from boardroom_tui.server.tls import Shown


def read_config(path: Path | None) -> ServerFile:
    """What the file says, its paths seen from its own folder; nothing where there is none.

    Raises:
        CommandError: It cannot be read, or something in it is wrong: every mistake, a line each.
    """
    if path is None:
        return ServerFile()
    read = read_server_file(read_text(path), str(path))
    if isinstance(read, ServerFile):
        return read
    raise CommandError(mistakes_in_words(read))


def base_of(arguments: argparse.Namespace) -> Path:
    """The folder that the paths in the file are seen from."""
    return Path() if arguments.config is None else arguments.config.parent


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens, and where its data is."""

    host: str
    port: int
    data: Path


def place(arguments: argparse.Namespace, table: ServerTable) -> Place:
    """The place that is told; raises CommandError."""
    data = arguments.data or (None if table.data is None else str(base_of(arguments) / table.data))
    port = table.port if arguments.port is None else arguments.port
    return Place(
        host=arguments.host or table.host or HOST,
        port=PORT if port is None else port,
        data=data_folder(data, os.environ),
    )


def settings(arguments: argparse.Namespace, told: ServerFile) -> Settings:
    """Everything that a server is told. Raises CommandError where it does not fit together."""
    table = told.server
    base = base_of(arguments)
    where = place(arguments, table)
    tls = table.tls and not arguments.no_tls
    if not tls and not is_loopback(where.host):
        raise CommandError(f"--no-tls is for the loopback only, not for {where.host}", code=2)
    files: Sequence[Path] = arguments.meeting or [base / file for file in table.meetings]
    if not files:
        raise CommandError("say which meetings, with --meeting or in --config's file", code=2)
    operations = arguments.operations_port
    return Settings(
        certificate=_certificate(arguments, table, base, tls=tls),
        charters=tuple(read_charter(file) for file in files),
        data=where.data,
        host=where.host,
        port=where.port,
        tls=tls,
        limits={**LIMITS, **told.rates.limits, **dict(arguments.limit)},
        origins=tuple(arguments.origin or table.origins),
        operations_port=table.operations_port if operations is None else operations,
        **told.limits.model_dump(exclude_none=True),
    )


def _certificate(
    arguments: argparse.Namespace, table: ServerTable, base: Path, *, tls: bool
) -> Shown | None:
    """The certificate to show, if not the installation's own."""
    chain: Path | None = arguments.cert
    key: Path | None = arguments.key
    if chain is None and key is None:
        chain = None if table.cert is None else base / table.cert
        key = None if table.key is None else base / table.key
    if chain is None and key is None:
        return None
    if not tls:
        raise CommandError("--cert and --key are for TLS, not for --no-tls", code=2)
    if chain is None or key is None:
        raise CommandError("--cert and --key are given together or not at all", code=2)
    return Shown(chain, key)
