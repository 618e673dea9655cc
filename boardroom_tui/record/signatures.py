"""Whether a record is still the one whose heads were signed, printed, or seen by somebody."""

from collections.abc import Iterator, Sequence

from boardroom_tui.heads import HeadCode, head_code, is_signed
from boardroom_tui.meeting.events import DecisionClosed, Event, PhaseChanged
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.chain import Link
from boardroom_tui.record.finding import Finding, named


def settles(event: Event) -> bool:
    """Whether an event settles something that nobody is to rewrite: it is signed as it is written.

    That is a result, or the adjournment.
    """
    match event.what:
        case DecisionClosed() | PhaseChanged(phase=MeetingPhase.ADJOURNED):
            return True
        case _:
            return False


def signatures(
    links: Sequence[Link], heads: Sequence[SignedHead], own_key: str | None = None
) -> Iterator[Finding]:
    """What was signed and is not so, or not so any more.

    `own_key` is the public key that the server signs with, where that is known.
    """
    other = "another key" if own_key is None else "another key than this server’s"
    for place, head in enumerate(heads):
        if not is_signed(head):
            yield Finding(f"signed head {head.sequence}", "its signature does not fit it")
        before = heads[place - 1].public_key if place else head.public_key
        if head.public_key != (own_key or before):
            yield Finding(f"signed head {head.sequence}", f"was signed with {other}")
        code = head_code(head.sequence, head.hash)
        yield from against(links, code, "the server signed")


def against(links: Sequence[Link], code: HeadCode, whose: str) -> Iterator[Finding]:
    """What a record says other than a code that was taken down from it: `whose` says by whom."""
    link = next((link for link in links if link.sequence == code.sequence), None)
    if link is None:
        ends = f"the record ends at event {links[-1].sequence}" if links else "there is no record"
        yield Finding(f"event {code.sequence}", f"is missing: {whose} {code}, and {ends}")
        return
    try:
        found = head_code(link.sequence, link.hash)
    except ValueError:
        yield Finding(named(link), f"{whose} {code}, and its hash is none")
        return
    if found != code:
        yield Finding(named(link), f"the record was rewritten: {whose} {code}, and it is {found}")
