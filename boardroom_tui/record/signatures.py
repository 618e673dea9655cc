"""Whether a record is still the one whose heads were signed, printed, or seen by somebody."""

from collections.abc import Iterator, Sequence

from boardroom_tui.heads import HeadCode, head_code, is_signed
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.chain import Link
from boardroom_tui.record.finding import Finding, named


def signatures(links: Sequence[Link], heads: Sequence[SignedHead]) -> Iterator[Finding]:
    """What was signed and is not so, or not so any more."""
    for place, head in enumerate(heads):
        if not is_signed(head):
            yield Finding(f"signed head {head.sequence}", "its signature does not fit it")
        if place and head.public_key != heads[place - 1].public_key:
            yield Finding(f"signed head {head.sequence}", "was signed with another key")
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
