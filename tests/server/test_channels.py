"""What the server keeps of a connection that is gone: nothing."""

import gc
import weakref
from pathlib import Path

import pytest

from boardroom_tui.protocol.identifiers import Kind, channel
from boardroom_tui.server import hub
from boardroom_tui.server.channels import Channels, Together, Watch
from boardroom_tui.server.metrics import Metrics
from tests.server.members import DECISION, MEETING, connected, join, present, say
from tests.server.running import charter, running_server

TOPICS = (
    channel(Kind.MEETING, MEETING),
    channel(Kind.DECISION, DECISION),
    channel(Kind.USER, "user_ben"),
    Watch(MEETING),
    Together(MEETING),
)


@pytest.fixture
def channels(monkeypatch: pytest.MonkeyPatch) -> list[Channels]:
    """The channels of the server that is started next."""
    made: list[Channels] = []

    def remembered(run_id: str, metrics: Metrics) -> Channels:
        made.append(Channels(run_id, metrics))
        return made[-1]

    monkeypatch.setattr(hub, "Channels", remembered)
    return made


@pytest.mark.parametrize("takes_leave", [True, False], ids=["closed", "dropped"])
async def test_a_connection_that_is_gone_leaves_no_subscription_behind(
    takes_leave: bool, channels: list[Channels], tmp_path: Path
) -> None:
    async with (
        running_server(charter(), tmp_path, grace_seconds=0.05) as server,
        present(server, "user_ada") as (ada,),
        connected(server, "user_ben") as ben,
    ):
        await join(ben)
        await ben.ask("presence.subscribe", {"roomId": MEETING}, "1")
        names = [f"meeting:{MEETING}", f"decision:{DECISION}", "user:ben"]
        await ben.ask("subscribe", {"channels": names}, "2")
        (of_ben,) = channels[0].listeners(TOPICS[2])
        assert all(of_ben in channels[0].listeners(topic) for topic in TOPICS)
        gone = weakref.ref(of_ben)
        del of_ben

        if takes_leave:
            await ben.close()
        else:
            ben.drop()
        await ada.next("meeting.participant.left")
        await say(ada, "Is anybody still there?", "3")

        assert [len(channels[0].listeners(topic)) for topic in TOPICS] == [1, 1, 0, 0, 1]
        gc.collect()
        assert gone() is None
