"""What the server wants confirmed first, as a question to put to whoever asked for it."""

from dataclasses import dataclass
from typing import cast

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import Guard, MeetingPhase
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import DecisionClose, DecisionOpen
from boardroom_tui.protocol.messages.life import PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaSet
from boardroom_tui.protocol.words import guards_in_words
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import not_voted, quorum

_FEW = 5
"""So many people are named; more are counted."""

Guarded = DecisionOpen | DecisionClose | AgendaSet | PhaseSet
"""What may have to be confirmed."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A question in words, and what is sent where the answer is yes."""

    title: str
    body: str
    deed: str
    """What the yes does, for its button."""
    request: Guarded


def to_confirm(meeting: Meeting, request: ClientMessage, refused: Refused) -> Confirmation | None:
    """What to ask about a request that was refused; None where that would not help."""
    guards = _guards(refused)
    if not guards or not isinstance(request, Guarded):
        return None
    title, subject, deed = _words(meeting, request)
    reasons = "\n".join(_reason(meeting, request, guard) for guard in guards)
    return Confirmation(
        title,
        f"{subject}\n\n{reasons}\n\nThe record will say that it was done all the same.",
        deed,
        _confirming(request, guards),
    )


def _guards(refused: Refused) -> tuple[Guard, ...]:
    """What is to be confirmed; nothing where it is not known what that is."""
    details = refused.data.details or {}
    told = details.get("confirm")
    if details.get("reason") != "confirm" or not isinstance(told, list):
        return ()
    named = cast("list[object]", told)
    known = tuple(guard for guard in Guard if guard in named)
    return known if len(known) == len(named) else ()


def _confirming(request: Guarded, guards: tuple[Guard, ...]) -> Guarded:
    confirms = (*(request.data.confirms or ()), *guards)
    data = request.data.model_copy(update={"confirms": confirms})
    return request.model_copy(update={"id": None, "metadata": None, "data": data})


def _words(meeting: Meeting, request: Guarded) -> tuple[str, str, str]:
    """Title, subject and deed."""
    view = _decision(meeting, request)
    subject = "A new decision" if view is None else view.title
    match request:
        case DecisionOpen(data=data):
            return "Open the vote all the same?", data.title or subject, "Open the vote"
        case DecisionClose():
            return "Close the vote all the same?", subject, "Close and count"
        case AgendaSet(data=data):
            items = (item.title for item in meeting.agenda if item.id == data.item_id)
            return "Take up the item all the same?", next(items, data.item_id), "Take up"
        case PhaseSet(data=data):
            what, deed = _CALLS[data.phase]
            return f"{what} all the same?", meeting.title or meeting.meeting_id, deed


_CALLS = {
    MeetingPhase.IN_SESSION: ("Call to order", "Call to order"),
    MeetingPhase.RECESS: ("Recess", "Recess"),
    MeetingPhase.EXECUTIVE: ("Go into executive session", "Executive session"),
    MeetingPhase.ADJOURNED: ("Adjourn", "Adjourn"),
}


def _decision(meeting: Meeting, request: Guarded) -> DecisionView | None:
    """The decision that a request is about, where it is about one."""
    match request:
        case DecisionOpen() | DecisionClose():
            return meeting.decisions.get(request.data.decision_id or "")
        case AgendaSet() | PhaseSet():
            return None


def _reason(meeting: Meeting, request: Guarded, guard: Guard) -> str:
    words = guards_in_words((guard,))
    have = quorum(meeting)
    view = _decision(meeting, request)
    here = () if view is None else not_voted(meeting, view)[0]
    if guard is Guard.NO_QUORUM and have is not None and not have.met:
        words += f": {have.have} of {have.need} members with a vote are present"
    elif guard is Guard.NOT_VOTED and here:
        words += f": {', '.join(here) if len(here) <= _FEW else len(here)}"
    return f"{words[0].upper()}{words[1:]}."
