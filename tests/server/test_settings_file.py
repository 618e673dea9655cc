"""The file for `boardroom serve --config`: read whole, or refused with each line and why."""

from dataclasses import fields

import pytest

from boardroom_tui.protocol.limits import LIMITS, Limit, Rate
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.settings_file import (
    LimitsTable,
    RatesTable,
    ServerFile,
    ServerTable,
    read_server_file,
)

WHOLE = """\
[server]
meetings = ["q3.toml"]
host = "0.0.0.0"
port = 443
data = "data"
cert = "cert.pem"
key = "key.pem"
origins = ["https://board.example"]
operations_port = 9765
log_json = true

[rates]
chat = 60

[limits]
connections_per_user = 5
grace_seconds = 30
lag_bytes = 8_388_608
lag_seconds = 2.5
"""


def read(text: str) -> ServerFile:
    told = read_server_file(text, "server.toml")
    assert isinstance(told, ServerFile), told
    return told


def mistakes(text: str) -> list[str]:
    told = read_server_file(text, "server.toml")
    assert not isinstance(told, ServerFile)
    return [str(mistake) for mistake in told]


def test_a_file_that_says_nothing_changes_nothing() -> None:
    told = read("")
    assert told == ServerFile()
    assert told.rates.limits == {}
    assert told.limits.model_dump(exclude_none=True) == {}


def test_what_a_file_says_is_what_the_server_is_told() -> None:
    told = read(WHOLE)
    assert told.server.meetings == ["q3.toml"]
    assert told.server.port == 443
    assert told.rates.limits == {Rate.CHAT: Limit(60, LIMITS[Rate.CHAT].seconds)}
    assert told.limits.model_dump(exclude_none=True) == {
        "connections_per_user": 5,
        "grace_seconds": 30.0,
        "lag_bytes": 8_388_608,
        "lag_seconds": 2.5,
    }


def test_a_file_can_say_everything_that_a_server_can_be_told() -> None:
    named_otherwise = {"charters": "meetings", "certificate": "cert", "limits": "chat"}
    keys = [*ServerTable.model_fields, *RatesTable.model_fields, *LimitsTable.model_fields]
    told = {named_otherwise.get(one.name, one.name) for one in fields(Settings)}
    assert told - set(keys) == set()


def test_every_mistake_is_told_with_its_line() -> None:
    assert mistakes(
        '[server]\nport = "443"\nhots = "::"\n'
        "[rates]\nchat = 29\n[limits]\nlag_seconds = nan\n[x]\n"
    ) == [
        'server.toml:2: port: expected a number from 0 to 65535, not "443"',
        'server.toml:3: [server] has no key "hots"; did you mean "host"?',
        "server.toml:5: chat: expected a whole number from 30 to 1000000, not 29",
        "server.toml:7: lag_seconds: expected seconds from 1 to 3600, not NaN",
        'server.toml:8: "x" is not known here; expected one of server, rates, limits',
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[limits]\nconnections_per_user = 0", "a whole number from 1 to 1000000, not 0"),
        ("[limits]\nlag_bytes = 1000", "a whole number from 1048576 to 1073741824, not 1000"),
        ("[limits]\ngrace_seconds = inf", "seconds from 0 to 3600, not Infinity"),
        ("[server]\ntls = 1", "true or false, not 1"),
        ("[server]\nmeetings = 'q3.toml'", 'an array of meeting files, not "q3.toml"'),
        ("[server]\norigins = ['https://a/b']", "an array of https://HOST or https://HOST:PORT"),
    ],
)
def test_what_a_server_cannot_be_told_is_refused(line: str, expected: str) -> None:
    (mistake,) = mistakes(line)
    assert mistake.startswith("server.toml:2: ")
    assert f"expected {expected}" in mistake
