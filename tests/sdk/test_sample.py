"""The reference's Python sample, letter for letter, with another address and another token."""

import asyncio
import signal
from pathlib import Path

from tests.client.scripted import scripted
from tests.sdk.programming import SECONDS, environment, running
from tests.server.members import MEETING, connected, present, say
from tests.server.running import charter, running_server
from tests.spec.reference import blocks


def sample() -> str:
    """The reference's text."""
    (block,) = (block for block in blocks() if block.language == "python")
    return "\n".join(block.body)


def program(url: str, token: str) -> str:
    """The sample with its two placeholders filled."""
    text = sample()
    for placeholder in ('"wss://api.boardroom.com/ws"', "auth_token"):
        assert text.count(placeholder) == 1
    return text.replace("wss://api.boardroom.com/ws", url).replace("auth_token", repr(token))


async def test_the_sample_of_the_reference_runs_as_printed(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path / "data") as server:
        text = program(server.url, server.token("user_ben"))
        async with (
            present(server, "user_ada") as (ada,),
            running("-c", text, home=tmp_path, more=environment(server, "user_ben")) as ben,
        ):
            said = await ada.next("meeting.chat.message")
            assert (said["data"]["userId"], said["data"]["message"]) == ("user_ben", "Hello!")
            async with connected(server, "user_cleo") as cleo:
                await cleo.ask("meeting.join", {"meetingId": "123"}, "join")
                line = await ben.line()
            assert line.startswith("Participant joined: {")
            assert "'userId': 'user_cleo'" in line
            assert "'name': 'Cleo'" in line

            assert ben.process.returncode is None
            ben.process.send_signal(signal.SIGINT)
            code, _, complaints = await ben.end()
    assert (code, complaints) == (0, "")


def readme(url: str, token: str) -> str:
    """README's first program, with its address, token and meeting replaced."""
    text = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = text.split("## Script it", 1)[1].split("```python\n", 1)[1].split("```", 1)[0]
    for old, new in (
        ('"wss://127.0.0.1:8765/ws"', repr(url)),
        ("token,", f"{token!r},"),
        ("meeting_q3", MEETING),
    ):
        assert old in shown
        shown = shown.replace(old, new)
    return shown


async def test_the_program_in_the_readme_runs(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path / "data") as server:
        text, more = readme(server.url, server.token("user_ben")), environment(server, "user_ben")
        async with (
            present(server, "user_ada") as (ada,),
            running("-c", text, home=tmp_path, more=more) as ben,
        ):
            await ada.next("meeting.participant.joined")
            await say(ada, "Welcome", "say")
            assert await ben.line() == "Ada Welcome"
            ben.process.send_signal(signal.SIGINT)
            assert await ben.end() == (0, "", "")


async def test_ctrl_c_ends_a_program_that_has_not_reached_its_server(tmp_path: Path) -> None:
    async with scripted() as url:
        gone = url
    text = program(gone, "T")
    async with running("-c", text, home=tmp_path, more={}) as waiting:
        assert waiting.process.stderr is not None
        async with asyncio.timeout(SECONDS):
            complaint = (await waiting.process.stderr.readline()).decode()
        assert complaint.startswith("no server answers at 127.0.0.1:")
        assert "; next attempt in " in complaint
        waiting.process.send_signal(signal.SIGINT)
        code, printed, _ = await waiting.end()
    assert (code, printed) == (0, "")
