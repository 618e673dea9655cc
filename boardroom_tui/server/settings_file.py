"""What an operator writes into a file for `boardroom serve`: its tables, and what each key expects.

A key that is not there leaves things as they are without a file.
"""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, StringConstraints

from boardroom_tui.protocol.endpoint import ORIGIN
from boardroom_tui.protocol.limits import FRAME_BYTES, LIMITS, RATE_NAMES, Limit, Rate
from boardroom_tui.toml_tables import Mistake, Reading, Table, read_document, unknown_tables

MOST = 1_000_000
LONGEST_SECONDS = 3_600.0

_PORT = "a number from 0 to 65535"
_SWITCH = "true or false"
_TEXT = "text that is not empty"

_Text = Annotated[str, StringConstraints(min_length=1)]
_Port = Annotated[int, Field(ge=0, le=65_535)]
_Origin = Annotated[str, StringConstraints(pattern=f"^{ORIGIN.pattern}$")]


class ServerTable(Table):
    """`[server]`: where it is and what it serves, under the command line's names."""

    meetings: list[_Text] = Field(default=[], description="an array of meeting files")
    host: _Text | None = Field(default=None, description=_TEXT)
    port: _Port | None = Field(default=None, description=_PORT)
    data: _Text | None = Field(default=None, description=_TEXT)
    tls: bool = Field(default=True, description=_SWITCH)
    cert: _Text | None = Field(default=None, description=_TEXT)
    key: _Text | None = Field(default=None, description=_TEXT)
    origins: list[_Origin] = Field(
        default=[], description="an array of https://HOST or https://HOST:PORT"
    )
    operations_port: _Port | None = Field(default=None, description=_PORT)
    log_json: bool = Field(default=False, description=_SWITCH)


def _raised(name: str) -> int | None:
    """A key of `[rates]`: a limit of the reference's table, or a higher one."""
    standard = LIMITS[RATE_NAMES[name]].count
    expected = f"a whole number from {standard} to {MOST}"
    return Field(default=None, ge=standard, le=MOST, description=expected)


class RatesTable(Table):
    """`[rates]`: what `--limit` raises."""

    messages: int | None = _raised("messages")
    joins: int | None = _raised("joins")
    chat: int | None = _raised("chat")
    votes: int | None = _raised("votes")
    cursors: int | None = _raised("cursors")

    @property
    def limits(self) -> dict[Rate, Limit]:
        """The limits that the file gives."""
        given = self.model_dump(exclude_none=True)
        return {
            rate: Limit(given[name], LIMITS[rate].seconds)
            for name, rate in RATE_NAMES.items()
            if name in given
        }


def _number(least: int, most: int) -> int | None:
    expected = f"a whole number from {least} to {most}"
    return Field(default=None, ge=least, le=most, description=expected)


def _seconds(least: float) -> float | None:
    expected = f"seconds from {least:g} to {LONGEST_SECONDS:g}"
    return Field(default=None, ge=least, le=LONGEST_SECONDS, description=expected)


class LimitsTable(Table):
    """`[limits]`: what protects the server and the meetings, under the names of `Settings`."""

    connections_per_user: int | None = _number(1, MOST)
    connections_per_address: int | None = _number(1, MOST)
    connections_without_token: int | None = _number(1, MOST)
    grace_seconds: float | None = _seconds(0)
    warning_seconds: float | None = _seconds(0)
    # What a client is told when it joins has to fit.
    lag_bytes: int | None = _number(4 * FRAME_BYTES, 1024 * 1024 * 1024)
    lag_seconds: float | None = _seconds(1)
    open_seconds: float | None = _seconds(1)
    closing_seconds: float | None = _seconds(0)
    draining_seconds: float | None = _seconds(0)


@dataclass(frozen=True, slots=True)
class ServerFile:
    """What the file says."""

    server: ServerTable = field(default_factory=ServerTable)
    rates: RatesTable = field(default_factory=RatesTable)
    limits: LimitsTable = field(default_factory=LimitsTable)


def read_server_file(text: str, name: str) -> ServerFile | tuple[Mistake, ...]:
    """What `text` says, or all its mistakes by line; `name` is what they call the file."""
    document = read_document(text, name)
    if isinstance(document, Mistake):
        return (document,)
    reading = Reading(document.tables)
    read = ServerFile(
        reading.table("server", ServerTable),
        reading.table("rates", RatesTable),
        reading.table("limits", LimitsTable),
    )
    reading.complaints.extend(unknown_tables(document.tables, ("server", "rates", "limits")))
    return document.mistakes(reading.complaints) if reading.complaints else read
