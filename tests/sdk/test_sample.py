"""The reference's Python sample, letter for letter, with another address and another token."""

import signal
from pathlib import Path

from tests.sdk.programming import environment, running
from tests.server.members import connected, present
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
