"""Takes a meeting's minutes into a file, until Ctrl-C.

python minute_taker.py wss://127.0.0.1:8765/ws meeting_q3 minutes.md

The token comes from BOARDROOM_TOKEN or from `boardroom login`.
"""

import sys
from typing import Any

from boardroom_ws import BoardroomWebSocket

url, meeting, path = sys.argv[1:]
client = BoardroomWebSocket(url, meeting=meeting)


def write(line: str) -> None:
    with open(path, "a", encoding="utf-8") as minutes:  # noqa: PTH123 - as people write it
        minutes.write(line + "\n")


@client.on("meeting.participant.joined")
def joined(data: dict[str, Any]) -> None:
    write(f"- {data['participant']['name']} joined.")


@client.on("meeting.agenda.update")
def next_item(data: dict[str, Any]) -> None:
    item = data["itemDetails"]
    if item["status"] == "in_progress":
        write(f"\n## {data['currentItem']}. {item['title']}\n")


@client.on("meeting.chat.message")
def said(data: dict[str, Any]) -> None:
    write(f"- {data['userName']}: {data['message']}")


@client.on("decision.opened")
def opened(data: dict[str, Any]) -> None:
    write(f"\n**{data['title']}** {data['text']}\n")


@client.on("decision.result")
def decided(data: dict[str, Any]) -> None:
    votes = data["finalVotes"]
    write(f"**{data['result']}**: {votes['approve']} for, {votes['reject']} against.\n")


client.connect()
print(f"The minutes are in {path}.")
