"""The agenda, the meeting's life and the floor: what each of those commands does."""

from boardroom_tui.plain.outcome import Outcome, asked, said, sent
from boardroom_tui.plain.words import plain
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Status
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.life import Called, PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaItem, AgendaSet
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerRaise,
    SpeakerYield,
)
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.select import (
    may_facilitate,
    next_item,
    open_decisions,
    person,
    place_in_queue,
    previous_item,
)
from boardroom_tui.ui.situation import Situation


def take_next(situation: Situation, _rest: str) -> Outcome:
    """Go on to the next item."""
    return _set(situation, next_item(situation.meeting), ItemStatus.IN_PROGRESS)


def take_previous(situation: Situation, _rest: str) -> Outcome:
    """Go back to the item before."""
    return _set(situation, previous_item(situation.meeting), ItemStatus.IN_PROGRESS)


def take_up(situation: Situation, _rest: str) -> Outcome:
    """Take up the item that was named."""
    return _set(situation, situation.item, ItemStatus.IN_PROGRESS)


def complete(situation: Situation, _rest: str) -> Outcome:
    """Complete the item named, or the one in progress."""
    return _set(situation, situation.item, ItemStatus.COMPLETED)


def defer(situation: Situation, _rest: str) -> Outcome:
    """Leave the item to another meeting."""
    return _set(situation, situation.item, ItemStatus.DEFERRED)


def put_back(situation: Situation, _rest: str) -> Outcome:
    """The item is still to come."""
    return _set(situation, situation.item, ItemStatus.PENDING)


def _set(situation: Situation, item: AgendaItem | None, status: ItemStatus) -> Outcome:
    if item is None:
        return said("Name an item by its number: /agenda reads them.")
    data = AgendaSet.Data(
        meeting_id=situation.meeting.meeting_id, item_id=item.id, status=status, confirms=()
    )
    return sent(AgendaSet(data=data))


def order(situation: Situation, _rest: str) -> Outcome:
    """Call the meeting to order."""
    return _call_to(situation, MeetingPhase.IN_SESSION)


def recess(situation: Situation, _rest: str) -> Outcome:
    """Call a recess."""
    return _call_to(situation, MeetingPhase.RECESS)


def executive(situation: Situation, _rest: str) -> Outcome:
    """Go into executive session."""
    return _call_to(situation, MeetingPhase.EXECUTIVE)


def adjourn(situation: Situation, _rest: str) -> Outcome:
    """Ask, then adjourn; while a vote is open it is the server that asks."""
    done = _call_to(situation, MeetingPhase.ADJOURNED)
    if open_decisions(situation.meeting):
        return done
    words = "Adjourn the meeting? What is left on the agenda is left to another meeting."
    return asked(words, "to adjourn", done)


def _call_to(situation: Situation, phase: Called) -> Outcome:
    data = PhaseSet.Data(meeting_id=situation.meeting.meeting_id, phase=phase, confirms=())
    return sent(PhaseSet(data=data))


def call_roll(situation: Situation, _rest: str) -> Outcome:
    """Call the roll."""
    return sent(RollCall(data=RollCall.Data(meeting_id=situation.meeting.meeting_id)))


def raise_or_lower(situation: Situation, _rest: str) -> Outcome:
    """Raise one's hand, or lower it where it is raised."""
    meeting = situation.meeting
    if place_in_queue(meeting, meeting.own_id) is None:
        return sent(SpeakerRaise(data=SpeakerRaise.Data(meeting_id=meeting.meeting_id)))
    return sent(SpeakerLower(data=SpeakerLower.Data(meeting_id=meeting.meeting_id)))


def call_speaker(situation: Situation, name: str) -> Outcome:
    """Give the floor to whoever is named, else to the first in the queue."""
    meant = _meant(situation, name)
    if isinstance(meant, Outcome):
        return meant
    data = SpeakerCall.Data(meeting_id=situation.meeting.meeting_id, member_id=meant)
    return sent(SpeakerCall(data=data))


def yield_floor(situation: Situation, _rest: str) -> Outcome:
    """Give or take the floor back."""
    return sent(SpeakerYield(data=SpeakerYield.Data(meeting_id=situation.meeting.meeting_id)))


def send_apologies(situation: Situation, name: str) -> Outcome:
    """Send one's own apologies, or a facilitator somebody's; take back what was sent."""
    meeting = situation.meeting
    whose = _meant(situation, name if may_facilitate(meeting) or name else "")
    if isinstance(whose, Outcome):
        return whose
    known = person(meeting, whose or meeting.own_id)
    is_sent = known is not None and known.apologies
    own = known is not None and same(Kind.USER, known.user_id, meeting.own_id)
    if known is not None and known.present and not own and not is_sent:
        return said(f"{plain(known.shown_name)} is here.")
    data = ApologyRecord.Data(meeting_id=meeting.meeting_id, member_id=whose, withdrawn=is_sent)
    return sent(ApologyRecord(data=data))


def _meant(situation: Situation, name: str) -> str | Outcome | None:
    """The user who is named; None for nobody; what to say where the name is no one's."""
    if not name:
        return None
    found = addressed(situation.meeting, name)
    return said(plain(found)) if isinstance(found, str) else found[0].user_id


def be_online(_situation: Situation, _rest: str) -> Outcome:
    """Tell the others that one is here."""
    return _status(Status.ONLINE)


def be_away(_situation: Situation, _rest: str) -> Outcome:
    """Tell the others that one is away."""
    return _status(Status.AWAY)


def be_busy(_situation: Situation, _rest: str) -> Outcome:
    """Tell the others that one is busy."""
    return _status(Status.BUSY)


def _status(status: Status) -> Outcome:
    return sent(PresenceUpdate(data=PresenceUpdate.Data(status=status)))
