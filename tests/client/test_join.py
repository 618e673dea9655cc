"""`boardroom join` as a user meets it: what goes wrong is one line, and the terminal survives."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from boardroom_tui.client.address import Address
from boardroom_tui.client.kept_draft import KeptDraft
from boardroom_tui.client.known_servers import KnownServers
from boardroom_tui.client.recent_meetings import RecentMeetings
from boardroom_tui.ui.attention.sequences import KEEP_TITLE, former_title, titled
from tests.client.certificates import self_signed
from tests.client.listening import listening
from tests.client.scripted import Talk, scripted
from tests.command import boardroom
from tests.peers.reference_server import reference_server
from tests.terminal import start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

NOBODY = "ws://127.0.0.1:9/ws"
USERS = {"token_a": "anna"}
OPENED, CLOSED = "\x1b[?1049h", "\x1b[?1049l"


async def failure(
    *arguments: str, home: Path, code: int = 1, environment: dict[str, str] | None = None
) -> str:
    """The one line that `join` ends with."""
    terminal = await start("join", *arguments, home=home, environment=environment)
    end = await terminal.exit()
    assert end.code == code, end
    assert OPENED not in end.shown
    return one_line(end.errors)


def one_line(errors: str) -> str:
    assert errors.startswith("boardroom join: ")
    assert errors.count("\n") == 1
    assert errors.endswith("\n")
    return errors.removeprefix("boardroom join: ").removesuffix("\n")


def test_without_a_terminal_it_ends_with_one_line(tmp_path: Path) -> None:
    end = boardroom("join", "--meeting", "meeting_123", home=tmp_path)
    assert (end.returncode, end.stdout) == (1, "")
    assert one_line(end.stderr) == "needs a terminal; --plain needs none"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ws://board.example/ws", "--meeting", "m"], 1, "only for this machine"),
        (["https://board.example", "--meeting", "m"], 1, "must begin with wss://"),
        (["wss://board.example?token=SECRET"], 2, "--meeting ID"),
        (["wss://board.example?token=SECRET", "--meeting", "a b"], 2, "identifier"),
        ([NOBODY, "--meeting", "m"], 1, "no usable keyring"),
        ([NOBODY, "--meeting", "m", "--token-file", "missing"], 1, "cannot read missing"),
        ([f"{NOBODY}?token=SECRET", "--meeting", "m"], 1, "no server answers at 127.0.0.1:9"),
        (["wss://127.0.0.1:9?token=SECRET&meeting=m"], 1, "no server answers at 127.0.0.1:9"),
        (["?token=SECRET", "--meeting", "m"], 1, "no host name"),
        (
            ["wss://127.0.0.1:9?token=SECRET", "--meeting", "m", "--ca", "missing.pem"],
            1,
            "cannot read missing.pem",
        ),
    ],
)
async def test_a_mistake_is_one_line(
    arguments: list[str], code: int, words: str, tmp_path: Path
) -> None:
    line = await failure(*arguments, home=tmp_path, code=code)

    assert words in line
    assert "SECRET" not in line


async def test_a_token_file_open_to_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("token_a")
    path.chmod(0o644)

    line = await failure(NOBODY, "--meeting", "m", "--token-file", str(path), home=tmp_path)

    assert line == f"{path} is open to others: run chmod 600 {path}"


async def test_a_bad_token_is_one_line(tmp_path: Path) -> None:
    async with reference_server(USERS) as server:
        url = f"{server.url}?token=SECRET&meeting=meeting_123"
        assert await failure(url, home=tmp_path) == "Authentication failed"


async def test_a_meeting_that_does_not_let_one_in_is_one_line(tmp_path: Path) -> None:
    async def refuse(talk: Talk) -> None:
        await talk.be_ready()
        request = await talk.hear("meeting.join")
        assert request["data"] == {"meetingId": "meeting_9", "role": "observer"}
        error = {
            "code": "RESOURCE_NOT_FOUND",
            "message": "There is no such\n\x1b[2Jmeeting",
            "retryable": False,
        }
        await talk.say("error", error, request["id"])
        await talk.socket.wait_closed()
        closed.append(talk.socket.close_code)

    closed: list[int | None] = []
    async with scripted(refuse) as url:
        line = await failure(
            url,
            *("--meeting", "meeting_9", "--role", "observer"),
            home=tmp_path,
            environment={"BOARDROOM_TOKEN": "T"},
        )
    assert line == "meeting_9: There is no such [2Jmeeting"
    assert closed == [1000]


async def test_a_self_signed_certificate_is_asked_about_once_and_may_not_change(
    tmp_path: Path,
) -> None:
    certificate, other = self_signed(tmp_path), self_signed(tmp_path, "other")
    async with reference_server(USERS, tls=certificate.context) as server:
        arguments = (server.url, "--meeting", "meeting_123")
        environment = {"BOARDROOM_TOKEN": "SECRET"}

        for answer, words in (("n", "not trusted"), ("", "not trusted"), ("y", "Authentication")):
            terminal = await start("join", *arguments, home=tmp_path, environment=environment)
            await terminal.until("[y/N] ")
            terminal.type(f"{answer}\n")
            end = await terminal.exit()
            assert end.code == 1
            # Each half on a line of its own: 80 columns would break the whole in a pair.
            first, second = certificate.fingerprint[:47], certificate.fingerprint[48:]
            assert f"\r\n  {first}\r\n  {second}\r\n" in end.shown
            assert words in one_line(end.errors)

        line = await failure(*arguments, home=tmp_path, environment=environment)
        assert line == "Authentication failed"

        certificate.context.load_cert_chain(other.path, other.key)
        line = await failure(*arguments, home=tmp_path, environment=environment)
        assert "has changed" in line
        assert certificate.fingerprint in line
        assert other.fingerprint in line

        known = Path(line.rpartition("remove its line from ")[2])
        known.write_text("")
        terminal = await start("join", *arguments, home=tmp_path, environment=environment)
        await terminal.until(other.fingerprint[:47])
        await terminal.until(other.fingerprint[48:])
        terminal.type("n\n")
        assert (await terminal.exit()).code == 1


async def test_no_byte_is_sent_before_a_certificate_is_trusted_or_after_it_changed(
    tmp_path: Path,
) -> None:
    certificate, other = self_signed(tmp_path), self_signed(tmp_path, "other")
    environment = {"BOARDROOM_TOKEN": "SECRET"}
    async with listening(certificate.context) as (address, ears):
        arguments = (address.url, "--meeting", "meeting_123")
        terminal = await start("join", *arguments, home=tmp_path, environment=environment)
        await terminal.until("[y/N] ")
        async with asyncio.timeout(20):
            # The first look failed in TLS; the second took the certificate and left.
            await ears[-1].over.wait()
        assert b"".join(ear.heard for ear in ears) == b""
        terminal.type("n\n")
        assert (await terminal.exit()).code == 1

        known = KnownServers(tmp_path / ".config" / "boardroom" / "known_servers")
        known.trust(address, certificate.fingerprint)
        certificate.context.load_cert_chain(other.path, other.key)
        line = await failure(*arguments, home=tmp_path, environment=environment)
        assert "has changed" in line
        assert certificate.fingerprint in line
        assert other.fingerprint in line
        async with asyncio.timeout(20):
            await ears[-1].over.wait()
        assert b"".join(ear.heard for ear in ears) == b""


async def test_ctrl_c_while_it_connects_leaves_with_130(tmp_path: Path) -> None:
    connected = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/ws?token=SECRET&meeting=m"
        terminal = await start("join", url, home=tmp_path)
        async with asyncio.timeout(20):
            await connected.wait()
        terminal.type("\x03")
        end = await terminal.exit()
    assert (end.code, end.errors) == (130, "")


async def test_what_one_wrote_is_there_again_and_kept_and_sigterm_gives_the_terminal_back(
    tmp_path: Path,
) -> None:
    async with reference_server(USERS) as server:
        address = Address.parse(server.url)
        assert isinstance(address, Address)
        draft = KeptDraft.of(address, "meeting_123", "anna", tmp_path / "boardroom")
        draft.read()
        draft.note("Dear all,")
        draft.write()
        terminal = await start(
            *("join", server.url, "--meeting", "meeting_123"),
            home=tmp_path,
            environment={"BOARDROOM_TOKEN": "token_a", "XDG_STATE_HOME": str(tmp_path)},
            errors_too=True,
        )
        await terminal.until(OPENED)
        await terminal.until("Anna")
        socket = server.peers[0].socket
        # It was not lost where the door gave way behind it.
        await terminal.until_screen("Dear all,")
        terminal.type("\nyes")
        async with asyncio.timeout(20):
            while draft.read() != "Dear all,\nyes":
                await asyncio.sleep(0.05)
        terminal.process.send_signal(signal.SIGTERM)
        end = await terminal.exit()
        async with asyncio.timeout(20):
            await socket.wait_closed()

        assert end.code == 0
        assert end.shown.rindex(CLOSED) > end.shown.rindex(OPENED)
        assert "Traceback" not in end.shown
        assert socket.close_code == 1000
        # Its title too: what was there is kept first, and comes back in the end.
        assert KEEP_TITLE + titled("meeting_123", 0) in end.shown
        assert end.shown.rindex(former_title()) > end.shown.rindex(titled("meeting_123", 0))

    [remembered] = tmp_path.rglob("recent.json")
    [recent] = RecentMeetings(remembered).read()
    assert (recent.url, recent.meeting_id) == (server.url, "meeting_123")
    assert (recent.user_name, recent.role) == ("Anna", "participant")
    assert "token_a" not in remembered.read_text()


async def test_an_interruption_from_elsewhere_gives_the_terminal_back_with_130(
    tmp_path: Path,
) -> None:
    async with reference_server(USERS) as server:
        terminal = await start(
            *("join", server.url, "--meeting", "meeting_123"),
            home=tmp_path,
            environment={"BOARDROOM_TOKEN": "token_a"},
            errors_too=True,
        )
        await terminal.until("Anna")
        socket = server.peers[0].socket
        terminal.process.send_signal(signal.SIGINT)
        end = await terminal.exit()
        async with asyncio.timeout(20):
            await socket.wait_closed()

        assert end.code == 130
        assert end.shown.rindex(CLOSED) > end.shown.rindex(OPENED)
        assert "Traceback" not in end.shown
        assert socket.close_code == 1000


async def test_a_token_from_standard_input_leaves_the_keys_to_the_terminal(tmp_path: Path) -> None:
    async with reference_server(USERS) as server:
        terminal = await start(
            *("join", server.url, "--meeting", "meeting_123", "--token-file", "-"),
            home=tmp_path,
            input_too=False,
            errors_too=True,
        )
        assert terminal.process.stdin is not None
        terminal.process.stdin.write(b"token_a\n")
        terminal.process.stdin.close()
        await terminal.until("Anna")
        terminal.type("hello to all\r")
        async with asyncio.timeout(20):
            while not [said for said in server.heard if said["type"] == "meeting.chat.message"]:
                await asyncio.sleep(0)
        terminal.process.send_signal(signal.SIGTERM)
        assert (await terminal.exit()).code == 0


@pytest.mark.parametrize(
    ("module", "method"),
    [
        ("boardroom_tui.ui.app", "BoardroomApp.on_mount"),
        ("boardroom_tui.ui.door.door", "Door._draw"),
    ],
)
async def test_a_crash_gives_the_terminal_back_and_is_one_line(
    module: str, method: str, tmp_path: Path
) -> None:
    name = method.partition(".")[0]
    crashing = (
        "import sys\n"
        "from boardroom_tui.cli import main\n"
        f"from {module} import {name}\n"
        "def crash(self):\n"
        "    token = 'token_a'\n"
        "    vote = 're' + 'ject'\n"
        "    raise ValueError('a mistake with ' + token)\n"
        f"{method} = crash\n"
        "sys.exit(main())\n"
    )
    async with reference_server(USERS) as server:
        terminal = await start(
            *("join", server.url, "--meeting", "meeting_123"),
            home=tmp_path,
            environment={"BOARDROOM_TOKEN": "token_a"},
            command=crashing,
            errors_too=True,
        )
        end = await terminal.exit()

    assert end.code == 1
    after = end.shown[end.shown.rindex(CLOSED) :]
    assert after.count("boardroom join: stopped by a mistake of its own") == 1
    assert "ValueError" not in end.shown
    [details] = tmp_path.rglob("crash.txt")
    assert details.stat().st_mode & 0o077 == 0
    assert "a mistake with [redacted]" in details.read_text()
    assert "token_a" not in details.read_text()
    assert "reject" not in details.read_text()


async def test_one_can_write_before_the_server_says_anything_and_a_refusal_is_one_line(
    tmp_path: Path,
) -> None:
    ready = asyncio.Event()

    async def refuse_late(talk: Talk) -> None:
        await ready.wait()
        await talk.be_ready()
        joining = await talk.hear("meeting.join")
        await talk.hear("meeting.chat.message")
        error = {"code": "RESOURCE_NOT_FOUND", "message": "No such meeting", "retryable": False}
        await talk.say("error", error, joining["id"])
        await talk.socket.wait_closed()

    async with scripted(refuse_late) as url:
        terminal = await start(
            *("join", url, "--meeting", "meeting_9"),
            home=tmp_path,
            environment={"BOARDROOM_TOKEN": "T"},
            errors_too=True,
        )
        await terminal.until_screen("Connecting")
        terminal.type("hello to all")
        await terminal.until_screen("hello to all")
        terminal.type("\r")
        await terminal.until_screen("queued until the connection")
        terminal.type("and more")
        await terminal.until_screen("and more")
        ready.set()
        end = await terminal.exit()

    after = end.shown[end.shown.rindex(CLOSED) :]
    told = (
        "boardroom join: meeting_9: No such meeting\r\nYou had written: hello to all and more\r\n"
    )
    assert (end.code, after.count(told)) == (1, 1)


async def test_ctrl_c_on_the_screen_leaves_with_130_as_long_as_it_connects(tmp_path: Path) -> None:
    async def say_nothing(talk: Talk) -> None:
        await talk.socket.wait_closed()

    async with scripted(say_nothing) as url:
        terminal = await start(
            *("join", f"{url}?token=SECRET&meeting=m"), home=tmp_path, errors_too=True
        )
        await terminal.until_screen("Connecting")
        terminal.type("\x03")
        end = await terminal.exit()

    assert end.code == 130
    assert end.shown.rindex(CLOSED) > end.shown.rindex(OPENED)
    assert "Traceback" not in end.shown


async def test_what_goes_wrong_behind_the_door_is_one_line_below_the_terminal_as_it_was(
    tmp_path: Path,
) -> None:
    async with reference_server(USERS) as server:
        url = f"{server.url}?token=SECRET&meeting=meeting_123"
        terminal = await start("join", url, home=tmp_path, errors_too=True)
        end = await terminal.exit()
    assert end.code == 1
    after = end.shown[end.shown.rindex(CLOSED) :]
    assert after.count("boardroom join: Authentication failed\r\n") == 1
    assert end.shown.count(OPENED) == end.shown.count(CLOSED) == 1


async def test_a_mistake_in_the_settings_is_not_what_keeps_one_out(
    tmp_path: Path,
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[look]\ntheme = "pink"\n')
    terminal = await start(
        *("join", f"{NOBODY}?token=SECRET&meeting=m"),
        home=tmp_path,
        environment={"BOARDROOM_CONFIG": str(config)},
        errors_too=True,
    )
    end = await terminal.exit()
    assert end.code == 1
    after = end.shown[end.shown.rindex(CLOSED) :]
    assert "no server answers" in after
    assert "config.toml" not in after
