"""What a link has to tell: to a reader of all, and to one who wants only what is known."""

from boardroom_tui.client.updates import BATCH, ConnectionChanged, Update, Updates
from boardroom_tui.clock import utc_now
from boardroom_tui.session.client_output import Unfamiliar
from boardroom_tui.session.connection import Connection, Phase

CHANGED = ConnectionChanged(Connection(Phase.READY, utc_now()))
NEWS = Unfamiliar("market.news", {"price": 3})


def told() -> Updates[Update]:
    updates = Updates[Update]()
    updates.add(NEWS)
    updates.add(CHANGED)
    updates.add(NEWS)
    updates.end()
    return updates


async def test_a_reader_of_all_gets_unknown_types_in_their_place() -> None:
    updates = told()
    assert [await updates.next_of_all() for _ in range(4)] == [NEWS, CHANGED, NEWS, None]


async def test_another_reader_does_not_see_unknown_types() -> None:
    assert [update async for update in told()] == [CHANGED]


async def test_a_reader_of_several_gets_all_that_waits_and_none_at_the_end() -> None:
    updates = Updates[Update]()
    updates.add(NEWS)
    for _ in range(BATCH + 1):
        updates.add(CHANGED)
        updates.add(NEWS)
    updates.end()
    assert await updates.next_few() == [CHANGED] * BATCH
    assert await updates.next_few() == [CHANGED]
    assert await updates.next_few() == []
