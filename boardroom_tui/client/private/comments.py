"""Comments on secret ballots: sealed to those who may read them, and read by them."""

from collections.abc import Iterable
from itertools import chain

from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.known_devices import KnownDevices
from boardroom_tui.client.private.sealing import seal_to
from boardroom_tui.client.private.unreadable import Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.decision import (
    DecisionComments,
    DecisionCommentsGet,
    SealedComment,
    SealedCopy,
)

_MOST_PAGES = 64
"""More than the comments of the largest meeting take; a server that tells of more is not asked."""


def sealed(
    known: KnownDevices, decision_id: str, comment: str, readers: Iterable[str]
) -> SealedComment | None:
    """A comment for the accepted devices of these users; None where there is none of them."""
    copies: list[SealedCopy] = []
    for device in chain.from_iterable(map(known.receivers, readers)):
        text = seal_to(device, comment, _purpose(decision_id))
        if not isinstance(text, Problem):
            whose, which = device.user_id, device.device_id
            copies.append(SealedCopy(user_id=whose, device_id=which, sealed=text))
    return tuple(copies) or None


async def read(link: Link, device: Device, decision_id: str) -> tuple[str, ...] | None:
    """The comments that a device can open, of a ballot that is over; None if they are not told."""
    copies: list[SealedCopy] = []
    for _ in range(_MOST_PAGES):
        data = DecisionCommentsGet.Data(decision_id=decision_id, after=len(copies))
        try:
            answer = await link.send_and_wait(DecisionCommentsGet(data=data))
        except (RequestRefusedError, LinkEndedError, TimeoutError):
            return None
        if not isinstance(answer, DecisionComments):
            return None
        copies += answer.data.comments
        if not answer.data.comments or len(copies) >= answer.data.total:
            break
    own = [copy for copy in copies if copy.device_id == device.keys.device_id]
    texts = (device.unseal(copy.sealed, _purpose(decision_id)) for copy in own)
    return tuple(text for text in texts if not isinstance(text, Unreadable))


def _purpose(decision_id: str) -> str:
    """What a comment is sealed for: this decision and no other."""
    return f"boardroom vote comment {bare(Kind.DECISION, decision_id)}"
