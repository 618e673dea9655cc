"""`boardroom serve`, `token` and `invite` as a user meets them: processes, files, exit codes."""

import asyncio
import hashlib
import json
import logging
import resource
import signal
import socket
import ssl
import stat
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from boardroom_tui.cli import main
from boardroom_tui.server.tls import fingerprint
from tests.client.certificates import authority, self_signed
from tests.command import Process, started
from tests.peers.reference_client import reference_client
from tests.server.running import held

MEETING = """\
[meeting]
id = "meeting_123"
title = "Q3 board meeting"

[[member]]
id = "user_456"
name = "John Doe"
role = "facilitator"

[[member]]
id = "user_457"
name = "Jane Roe"
role = "observer"
"""


@pytest.fixture(autouse=True)
def _log_as_before() -> Generator[None]:
    """A server that is started in this process leaves its log behind, for all other tests."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    """A good meeting file."""
    path = tmp_path / "board.toml"
    path.write_text(MEETING)
    return path


@asynccontextmanager
async def serving(
    meeting: Path, data: Path, *options: str
) -> AsyncGenerator[tuple[Process, dict[str, Any]]]:
    """A server's process, and what its ready file says."""
    ready_file = data.parent / "ready.json"
    ready_file.unlink(missing_ok=True)
    process = await started(
        *("serve", "--meeting", str(meeting), "--data", str(data), "--port", "0"),
        *("--ready-file", str(ready_file), *options),
        home=data.parent,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            await process.stdout.readline()
            while not ready_file.exists():
                await asyncio.to_thread(ready_file.exists)
        yield process, json.loads(ready_file.read_text())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def token(capsys: pytest.CaptureFixture[str], data: Path, *options: str) -> str:
    """What `boardroom token` prints."""
    assert (
        main(["token", "--data", str(data), "--user", "user_456", "--name", "John", *options]) == 0
    )
    return capsys.readouterr().out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_stop_says_going_away_and_exits_0(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    data = tmp_path / "data"
    signed = token(capsys, data).strip()
    async with serving(meeting, data) as (process, ready):
        assert ready["pid"] == process.pid
        assert ready["meetings"] == ["meeting_123"]
        trust = ssl.create_default_context(cafile=ready["ca"])
        async with reference_client(f"{ready['url']}?token={signed}", trust) as john:
            assert (await john.receive())["data"]["userId"] == "user_456"
            process.send_signal(number)
            assert (await john.closed())[0] == 1001
        async with asyncio.timeout(30):
            assert await process.wait() == 0
        assert process.stderr is not None
        assert signed not in (await process.stderr.read()).decode()


async def test_a_file_says_what_the_server_is_told_and_the_command_line_wins(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    meeting.rename(folder / "board.toml")
    config = folder / "server.toml"
    config.write_text(
        '[server]\nmeetings = ["board.toml"]\nport = 1\ndata = "data"\ntls = false\n'
        "operations_port = 0\nlog_json = true\n[limits]\nconnections_per_user = 1\n"
    )
    signed = token(capsys, folder / "data").strip()
    ready_file = tmp_path / "ready.json"
    options = ("--port", "0", "--ready-file", str(ready_file))
    process = await started("serve", "--config", str(config), *options, home=tmp_path)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            for _ in range(2):
                await process.stdout.readline()
            while not ready_file.exists():
                await asyncio.to_thread(ready_file.exists)
        ready = json.loads(ready_file.read_text())
        address = f"{ready['url']}?token={signed}"
        async with reference_client(address, None) as john, reference_client(address, None) as more:
            assert (await john.receive())["type"] == "connection.ready"
            assert (await more.closed())[0] == 1013
        assert await health(ready["operations"]) == (200, "ok\n")
    finally:
        process.terminate()
        _, errors = await process.communicate()
    assert [json.loads(line)["event"] for line in errors.splitlines()][:2] == [
        "operations",
        "meeting",
    ]


def test_a_mistake_in_the_server_s_file_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "server.toml"
    config.write_text("[limits]\nlag_seconds = 0\n")
    code, line = failed(capsys, "serve", "--config", str(config))
    assert code == 1
    assert line == (
        f"boardroom serve: {config}:2: lag_seconds: expected seconds from 1 to 3600, not 0"
    )


def test_without_a_meeting_there_is_nothing_to_serve(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, line = failed(capsys, "serve")
    assert (code, "--meeting" in line) == (2, True)


async def test_the_log_is_a_line_an_event_and_in_json_if_wanted(
    tmp_path: Path, meeting: Path
) -> None:
    async with serving(meeting, tmp_path / "data", "--log-json") as (process, ready):
        process.terminate()
        _, errors = await process.communicate()
    told = [json.loads(line) for line in errors.splitlines()]
    assert [one["event"] for one in told] == ["meeting", "listening", "draining", "stopped"]
    assert told[1]["url"] == ready["url"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process")
async def test_a_full_disk_refuses_is_told_and_when_there_is_room_all_is_well(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    data = tmp_path / "data"
    signed = token(capsys, data).strip()
    said = {"meetingId": "meeting_123", "message": "On the record"}
    async with serving(meeting, data, "--operations-port", "0") as (process, ready):
        trust = ssl.create_default_context(cafile=ready["ca"])
        async with reference_client(f"{ready['url']}?token={signed}", trust) as john:
            least, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, most))
            refused = await john.ask("meeting.chat.message", said, "once")
            assert refused["data"]["code"] == "SERVER_ERROR"
            status, words = await health(ready["operations"])
            assert (status, words.startswith("cannot write ")) == (503, True)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (least, most))
            assert await health(ready["operations"]) == (200, "ok\n")
            answer = await john.ask("meeting.chat.message", said, "once")
            assert answer["type"] == "meeting.chat.message"
        process.terminate()
        _, errors = await process.communicate()
    assert b" ERROR not_written meeting=meeting_123 error=" in errors
    assert b" INFO writing_again meeting=meeting_123" in errors


async def health(operations: str) -> tuple[int, str]:
    """What /healthz says."""

    def get() -> tuple[int, str]:
        try:
            with urlopen(f"{operations}/healthz", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    return await asyncio.to_thread(get)


async def test_a_second_signal_ends_a_stop_that_takes_long(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    signed = token(capsys, data).strip()
    said = {"meetingId": "meeting_123", "message": "On the record"}
    async with serving(meeting, data) as (process, ready):
        trust = ssl.create_default_context(cafile=ready["ca"])
        async with reference_client(f"{ready['url']}?token={signed}", trust) as john:
            with held(data):
                await john.send("meeting.chat.message", said, "once")
                await john.heard_by_now()
                process.terminate()
                assert process.stderr is not None
                while b" draining " not in await process.stderr.readline():
                    pass
                process.terminate()
                async with asyncio.timeout(3):
                    assert await process.wait() == -signal.SIGTERM


async def test_what_was_acknowledged_survives_a_killed_server(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    signed = token(capsys, data).strip()
    said = {"meetingId": "meeting_123", "message": "On the record"}
    answers: list[dict[str, Any]] = []
    for _ in range(2):
        async with serving(meeting, data) as (process, ready):
            trust = ssl.create_default_context(cafile=ready["ca"])
            async with reference_client(f"{ready['url']}?token={signed}", trust) as john:
                answer = await john.ask("meeting.chat.message", said, "once")
                answers.append(answer["data"])
                process.kill()
                await john.closed()
    assert answers[0] == answers[1]


async def test_the_certificate_s_fingerprint_is_printed_for_comparison(
    tmp_path: Path, meeting: Path
) -> None:
    async with serving(meeting, tmp_path / "data") as (process, ready):
        assert process.stdout is not None
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        der = ssl.PEM_cert_to_DER_cert(Path(ready["ca"]).read_text())
        assert hashlib.sha256(der).digest().hex(":").upper() in line


async def test_a_real_certificate_is_shown_and_clients_need_nothing_of_the_server_s(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    board = authority(tmp_path)
    real = board.signs()
    signed = token(capsys, data).strip()
    options = ("--cert", str(real.path), "--key", str(real.key))
    async with serving(meeting, data, *options) as (process, ready):
        assert ready["ca"] is None
        assert process.stdout is not None
        async with asyncio.timeout(30):
            assert real.fingerprint in (await process.stdout.readline()).decode()
        trust = ssl.create_default_context(cafile=board.path)
        async with reference_client(f"{ready['url']}?token={signed}", trust) as john:
            assert (await john.receive())["type"] == "connection.ready"


async def test_a_certificate_that_nobody_else_signed_is_in_the_ready_file(
    tmp_path: Path, meeting: Path
) -> None:
    real = self_signed(tmp_path)
    options = ("--cert", str(real.path), "--key", str(real.key))
    async with serving(meeting, tmp_path / "data", *options) as (_, ready):
        assert ready["ca"] == str(real.path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--cert", "board.pem"), "together"),
        (("--key", "board.key"), "together"),
        (("--cert", "board.pem", "--key", "board.key", "--no-tls"), "--no-tls"),
    ],
)
def test_a_certificate_goes_with_its_key_and_with_tls(
    meeting: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    code, line = failed(capsys, "serve", "--meeting", str(meeting), *options)
    assert code == 2
    assert words in line


def test_a_certificate_that_cannot_be_shown_is_reported(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = authority(tmp_path).signs()
    real.key.chmod(0o644)
    code, line = failed(
        capsys,
        *("serve", "--meeting", str(meeting), "--data", str(tmp_path / "data"), "--port", "0"),
        *("--cert", str(real.path), "--key", str(real.key)),
    )
    hint = f"{real.key} is open to others: run chmod 600 {real.key}"
    assert (code, line) == (1, f"boardroom serve: {hint}")


async def test_without_tls_the_address_says_so(tmp_path: Path, meeting: Path) -> None:
    async with serving(meeting, tmp_path / "data", "--no-tls") as (_, ready):
        assert ready["url"].startswith("ws://127.0.0.1:")
        assert ready["ca"] is None


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code of a command that fails, and its one line."""
    code = main(arguments)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return code, said.err.strip()


def test_a_broken_meeting_file_is_reported_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "board.toml"
    broken.write_text(MEETING.replace("facilitator", "chairman"))
    code, line = failed(capsys, "serve", "--meeting", str(broken), "--data", str(tmp_path))
    assert code == 1
    assert f"{broken}:8: " in line


def test_a_missing_meeting_file_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, line = failed(capsys, "serve", "--meeting", str(tmp_path / "no.toml"))
    assert (code, "No such file" in line) == (1, True)


def test_a_port_in_use_is_reported(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, line = failed(
            capsys,
            *("serve", "--meeting", str(meeting), "--data", str(tmp_path / "data")),
            *("--port", port),
        )
    assert (code, line) == (1, f"boardroom serve: port {port} on 127.0.0.1 is in use")


def test_a_data_folder_that_cannot_be_written_is_reported(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    data = str(tmp_path / "file" / "data")
    code, line = failed(capsys, "serve", "--meeting", str(meeting), "--data", data)
    assert (code, line) == (1, f"boardroom serve: cannot write {data}: Not a directory")
    user = ("--user", "user_456", "--name", "John")
    code, line = failed(capsys, "token", "--data", data, *user)
    assert (code, line) == (1, f"boardroom token: cannot write {data}: Not a directory")


def test_without_tls_only_the_loopback_will_do(
    meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, line = failed(capsys, "serve", "--meeting", str(meeting), "--no-tls", "--host", "0.0.0.0")
    assert code == 2
    assert "loopback" in line


@pytest.mark.parametrize("limit", ["chat", "chat=x", "dance=9", "chat=29"])
def test_a_limit_can_be_raised_and_nothing_else(
    meeting: Path, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--meeting", str(meeting), "--limit", limit])
    assert ended.value.code == 2
    assert "--limit" in capsys.readouterr().err


async def test_a_raised_limit_holds(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    signed = token(capsys, data).strip()
    async with serving(meeting, data, "--limit", "joins=20") as (_, ready):
        trust = ssl.create_default_context(cafile=ready["ca"])
        async with reference_client(f"{ready['url']}?token={signed}", trust) as john:
            for number in range(6):
                answer = await john.ask("meeting.join", {"meetingId": "123"}, str(number))
                assert answer["type"] == "meeting.participant.joined"


@pytest.mark.parametrize(
    "origin",
    [
        "board.example",
        "https://BOARD.example",
        "https://board.example/",
        "ftp://board.example",
        "*",
        "",
    ],
)
def test_an_origin_is_written_as_browsers_send_it(
    meeting: Path, capsys: pytest.CaptureFixture[str], origin: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--meeting", str(meeting), "--origin", origin])
    assert ended.value.code == 2
    assert "expected https://HOST or https://HOST:PORT" in capsys.readouterr().err


async def test_a_page_that_the_operator_names_may_connect(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    signed = token(capsys, data).strip()
    pages = ("https://board.example", "http://[::1]:3000")
    options = [option for page in pages for option in ("--origin", page)]
    async with serving(meeting, data, *options) as (_, ready):
        trust = ssl.create_default_context(cafile=ready["ca"])
        for page in pages:
            address = f"{ready['url']}?token={signed}"
            async with reference_client(address, trust, origin=page) as john:
                assert (await john.receive())["type"] == "connection.ready"


def test_a_token_is_all_that_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = token(capsys, tmp_path / "new", "--role", "observer", "--ttl", "60")
    assert printed.count("\n") == 1
    assert printed.count(".") == 2


@pytest.mark.parametrize(
    "wrong", [("--ttl", "0"), ("--ttl", "43201"), ("--role", "chair"), ("--name", "\udcff")]
)
def test_a_token_that_cannot_be_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["token", "--data", str(tmp_path), "--user", "u", "--name", "N", *wrong])
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_an_invitation_is_a_line_that_holds_no_token(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert main(["invite", "--meeting", str(meeting), "--data", str(data)]) == 0
    printed = capsys.readouterr().out
    lines = [line for line in printed.splitlines() if line.startswith("boardroom join")]
    assert len(lines) == 2
    for user, line in zip(("user_456", "user_457"), lines, strict=True):
        file = data / "invitations" / f"meeting_123-{user}.token"
        assert line == (
            f"boardroom join wss://127.0.0.1:8765/ws --meeting meeting_123"
            f" --token-file {file} --ca {data / 'tls' / 'certificate.pem'}"
        )
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text().strip() not in printed


def test_an_invitation_says_what_changes_for_whoever_cannot_read_its_files(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["invite", "--meeting", str(meeting), "--data", str(tmp_path)]) == 0
    shown = fingerprint(tmp_path / "tls" / "certificate.pem")
    assert capsys.readouterr().out.endswith(
        "\n# From another account or machine:\n"
        "#   --token-file: the member's own copy of the file\n"
        "#   127.0.0.1: the server's address, from another machine\n"
        "#   without --ca: joining asks about the certificate, whose SHA-256 is\n"
        f"#     {shown[:47]}\n#     {shown[48:]}\n"
    )


async def test_an_invitation_leaves_a_running_server_the_certificate_that_it_shows(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    async with serving(meeting, data):
        certificate = data / "tls" / "certificate.pem"
        shown = fingerprint(certificate)
        arguments = ("--meeting", str(meeting), "--data", str(data), "--host", "192.0.2.7")
        assert main(["invite", *arguments]) == 0
        assert fingerprint(certificate) == shown
        printed = capsys.readouterr().out
    assert shown[:47] in printed and shown[48:] in printed
    # The certificate is not valid for this name, so that it helps nobody there.
    assert printed.count("boardroom join wss://192.0.2.7:8765/ws") == 2
    assert "--ca /" not in printed


def test_an_invitation_reads_in_the_server_s_file_where_it_is(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "server.toml"
    config.write_text('[server]\ndata = "kept"\nport = 9999\n')
    assert main(["invite", "--meeting", str(meeting), "--config", str(config)]) == 0
    lines = capsys.readouterr().out
    assert lines.count("boardroom join wss://127.0.0.1:9999/ws --meeting meeting_123 ") == 2
    assert lines.count(f"--ca {tmp_path / 'kept' / 'tls' / 'certificate.pem'}") == 2
    assert len(list((tmp_path / "kept" / "invitations").iterdir())) == 2


def test_an_invitation_to_a_real_certificate_names_its_host_and_no_authority(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = authority(tmp_path)
    real = board.signs(hosts=["board.example"]).path
    whole = board.signs("whole", hosts=["board.example"], whole=True).path
    arguments = ("invite", "--meeting", str(meeting), "--data", str(tmp_path / "data"))

    assert main([*arguments, "--cert", str(real)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("boardroom join wss://board.example:8765/ws --meeting meeting_123") == 2
    assert "--ca" not in printed and "SHA-256" not in printed
    assert not (tmp_path / "data" / "tls").exists()

    assert main([*arguments, "--cert", str(whole)]) == 0
    assert capsys.readouterr().out.count(f"--ca {whole}") == 2

    code, line = failed(capsys, *arguments, "--cert", str(meeting))
    assert (code, line) == (1, f"boardroom invite: {meeting} holds no certificate")


def test_an_invitation_goes_to_members_only(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    arguments = ("invite", "--meeting", str(meeting), "--data", data, "--user")
    assert main([*arguments, "457"]) == 0
    assert capsys.readouterr().out.count("boardroom join") == 1
    code, line = failed(capsys, *arguments, "user_1")
    assert code == 1
    assert "user_1 is not a member" in line


@pytest.mark.parametrize("wrong", [("--port", "77777"), ("--url", "ftp://board.example")])
def test_an_invitation_to_an_address_that_cannot_be_is_refused(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    arguments = ("invite", "--meeting", str(meeting), "--data", str(tmp_path))
    code, line = failed(capsys, *arguments, *wrong)
    assert code == 1
    assert line.startswith("boardroom invite: the address ")


def test_an_invitation_says_what_is_wrong_with_the_certificate(
    tmp_path: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = tmp_path / "tls" / "certificate.pem"
    certificate.parent.mkdir()
    certificate.write_text("no certificate")
    code, line = failed(capsys, "invite", "--meeting", str(meeting), "--data", str(tmp_path))
    assert (code, line) == (1, f"boardroom invite: {certificate} holds no certificate")


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is Linux's")
async def test_a_shell_s_limit_of_open_files_limits_no_meeting(
    tmp_path: Path, meeting: Path
) -> None:
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), most))
    try:
        async with serving(meeting, tmp_path / "data") as (process, _):
            assert resource.prlimit(process.pid, resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))
