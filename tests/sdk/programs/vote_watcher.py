"""Votes on a decision, watches the tally and says how it ended; exit code 0 if it carried.

python vote_watcher.py wss://127.0.0.1:8765/ws decision_budget approve

The token comes from BOARDROOM_TOKEN or from `boardroom login`.
"""

import sys
from typing import Any

from boardroom_ws import BoardroomWebSocket, RequestError

url, decision, choice = sys.argv[1:]
client = BoardroomWebSocket(url)
results: list[str] = []


@client.on("connect")
def vote(_data: dict[str, Any]) -> None:
    try:
        answer = client.send_and_wait(
            "decision.vote.cast", {"decisionId": decision, "vote": choice}
        )
        print("The vote is", answer.data["status"])
    except RequestError as error:
        print("The vote failed:", error.message)


@client.on("decision.vote.update")
def counted(data: dict[str, Any]) -> None:
    tally = data["voteSummary"]
    print(f"{tally['total']} of {tally['required']} have voted")


@client.on("decision.result")
def ended(data: dict[str, Any]) -> None:
    print("The result:", data["result"])
    results.append(data["result"])
    client.disconnect()


client.subscribe(f"decision:{decision}")
client.connect()
sys.exit(0 if results == ["approved"] else 1)
