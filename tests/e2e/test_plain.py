"""Without a screen: a meeting line by line through a pipe, and by commands in a script."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest

from tests.command import Process, boardroom, started
from tests.e2e.served import SECONDS, Served, served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


class Piped:
    """`boardroom join --plain` between two pipes."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.told: list[str] = []

    @classmethod
    async def join(cls, server: Served, user_id: str) -> "Piped":
        """A member who has come in."""
        arguments = (*server.join_arguments(user_id), "--plain")
        process = await started(*arguments, home=server.home, stdin=asyncio.subprocess.PIPE)
        member = cls(process)
        await member.until("What you type is said to everybody.")
        return member

    def type(self, *lines: str) -> None:
        """Give these lines."""
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{line}\n" for line in lines).encode())

    async def until(self, words: str) -> str:
        """The next line that holds these words."""
        assert self._process.stdout is not None
        async with asyncio.timeout(SECONDS):
            while line := (await self._process.stdout.readline()).decode().rstrip("\n"):
                assert line.isprintable()
                self.told.append(line)
                if words in line:
                    return line
        raise AssertionError("\n".join([f"no {words!r} in:", *self.told]))

    async def end(self) -> int:
        """No more lines come; the exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self.until("You have left the meeting.")
        return await self._process.wait()

    async def interrupt(self) -> int:
        """Ctrl+C; the exit code."""
        self._process.send_signal(signal.SIGINT)
        await self.until("You have left the meeting.")
        return await self._process.wait()


def way(server: Served, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The same way into the meeting for a command that takes the URL as an option."""
    return ("--url", server.url, *arguments[2:])


async def test_a_vote_is_taken_line_by_line(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        ada = await Piped.join(server, "user_ada")
        ben = await Piped.join(server, "user_ben")
        await ada.until("Ben Okafor has joined.")
        ben.type("Good evening", "/open", "/theme", "//who?")
        assert await ben.until("Only the facilitator") == "Only the facilitator can do that."
        await ben.until("/theme: That is something of the screen client")
        await ada.until("Ben Okafor: Good evening")
        await ada.until("Ben Okafor: /who?")

        ada.type("/open", "1", "/approve well", "yes")
        await ada.until("Open which vote? 1: Approve the 2027 budget.")
        await ada.until("with the comment “well”? Type yes to vote")
        await ada.until("Your vote: approve. Recorded as vote_")
        assert "Type /approve, /reject or /abstain." in await ben.until("A vote is open")

        ben.type("/reject", "not yet", "/vote")
        await ben.until("Reject “Approve the 2027 budget”?")
        await ben.until("Nothing was done.")
        await ben.until("You have not voted.")
        ben.type("/reject", "yes")
        await ben.until("Your vote: reject. Recorded as vote_")
        for one in (ada, ben):
            await one.until("All have voted on “Approve the 2027 budget”. Lost: 1 for, 1 against.")
        assert await ben.interrupt() == 130
        await ada.until("Ben Okafor has left.")
        assert await ada.end() == 0


async def test_a_script_says_watches_and_votes_once(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        ada = await Piped.join(server, "user_ada")
        ben = server.join_arguments("user_ben")
        watching = await started(
            *("watch", *ben[1:], "--json", "--until", "decision.result"), home=server.home
        )
        await ada.until("Ben Okafor has joined.")

        async def run(*arguments: str) -> tuple[int, str, str]:
            given = (*arguments, *way(server, ben))
            end = await asyncio.to_thread(boardroom, *given, home=server.home)
            return end.returncode, end.stdout, end.stderr

        code, out, _ = await run("say", "From a script")
        assert (code, out.startswith("Said: msg_")) == (0, True)
        await ada.until("Ben Okafor: From a script")
        nothing = (1, "", "boardroom vote: no vote is open\n")
        assert await run("vote", "approve", "--yes") == nothing
        assert (await run("vote", "approve"))[0] == 2

        ada.type("/open", "1", "/approve", "yes")
        await ada.until("Recorded as")
        code, out, _ = await run("vote", "approve", "--yes", "--comment", "fine")
        assert (code, out.startswith("Vote recorded: approve, vote_")) == (0, True)
        await ada.until("Carried: 2 for, 0 against.")

        out, _ = await asyncio.wait_for(watching.communicate(), SECONDS)
        events = [json.loads(line) for line in out.decode().splitlines()]
        assert watching.returncode == 0
        said = [one["data"]["message"] for one in events if one["type"].endswith("chat.message")]
        assert said == ["From a script"]
        assert events[-1]["type"] == "decision.result"
        assert events[-1]["data"]["finalVotes"] == {"approve": 2, "reject": 0, "abstain": 0}
        assert await ada.end() == 0
