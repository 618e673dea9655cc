"""A bot that tells who asks how the open votes stand: it answers `!votes` in the chat.

python chat_bot.py wss://127.0.0.1:8765/ws meeting_q3

The token comes from BOARDROOM_TOKEN or from `boardroom login`.
"""

import asyncio
import sys
from typing import Any

from boardroom_ws import AsyncBoardroomWebSocket, Message


def answer(tallies: dict[str, dict[str, Any]]) -> str:
    if not tallies:
        return "No vote is open."
    return ", ".join(
        f"{decision}: {tally['total']} of {tally['required']}"
        for decision, tally in tallies.items()
    )


async def run(url: str, meeting: str) -> None:
    tallies: dict[str, dict[str, Any]] = {}
    async with AsyncBoardroomWebSocket(url, meeting=meeting) as client:
        async for message in client:
            match message:
                case Message("decision.vote.update", data):
                    tallies[data["decisionId"]] = data["voteSummary"]
                case Message("decision.result", data):
                    tallies.pop(data["decisionId"], None)
                case Message("meeting.chat.message", data) if data["message"] == "!votes":
                    reply = {"message": answer(tallies), "replyTo": data["messageId"]}
                    await client.send("meeting.chat.message", {"meetingId": meeting, **reply})
                case _:
                    pass


try:
    asyncio.run(run(*sys.argv[1:]))
except KeyboardInterrupt:
    print("Good bye.")
