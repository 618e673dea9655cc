"""What must hold in the end, whatever the network did."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from boardroom_tui.meeting.events import Event, Said, VoteRecorded
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import Question, VoteCast
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend
from boardroom_tui.protocol.messages.speaker import Speakers
from boardroom_tui.record.chain import event_of
from boardroom_tui.record.stored import stored
from boardroom_tui.state.model import DecisionView, Meeting, MeetingLine, Progress
from boardroom_tui.state.select import not_voted
from tests.network.attendant import MEETING, Attendant

LAST = "That is all."
_QUESTION = set(Question.model_fields)


def differences(everybody: Sequence[Attendant]) -> Sequence[str]:
    """What two who may know the same see otherwise, who still waits, who is warned wrongly."""
    found: list[str] = []
    for one in everybody:
        if not one.is_quiet or not any(_text(line).endswith(LAST) for line in one.meeting.chat):
            found.append(f"{one.user_id} has not heard the last words")
        if one.meeting.record_warning is not None:
            found.append(f"{one.user_id} is warned of the record: {one.meeting.record_warning}")
    for observes in (False, True):
        group = [one for one in everybody if (one.role is Role.OBSERVER) is observes]
        views = [(one.user_id, _public(one.meeting)) for one in group]
        for name, view in views[:-1]:
            found += _unlike(name, view, *views[-1])
    return found


def _text(line: object) -> str:
    return str(getattr(line, "message", ""))


def _public(meeting: Meeting) -> Mapping[str, object]:
    """What everybody of the same standing sees the same."""
    chat = [
        replace(line, concern=None) if isinstance(line, MeetingLine) else line
        for line in meeting.chat
    ]
    seen: dict[str, object] = {}
    for key, person in meeting.people.items():
        seen |= {f"{key} {name}": value for name, value in asdict(person).items()}
    for key, view in meeting.decisions.items():
        seen |= {f"{key} {name}": value for name, value in _asked(meeting, view)}
    seen |= {f"motion {key}": one.model_dump() for key, one in meeting.motions.items()}
    names = ("title", "quorum", "started_at", "phase", "phase_since", "agenda", "current_item")
    names += ("total_items", "proxies", "allows_proxies", "casting_vote")
    return seen | {
        "speakers": meeting.speakers.model_dump(include=set(Speakers.model_fields)),
        "order of decisions": list(meeting.decisions),
        "order of motions": list(meeting.motions),
        **{name: getattr(meeting, name) for name in names},
        **{f"chat {place}": line for place, line in enumerate(chat)},
    }


def _asked(meeting: Meeting, view: DecisionView) -> Iterator[tuple[str, object]]:
    """A decision without what is one's own in it."""
    yield "tally", (view.tally, view.voters, not_voted(meeting, view), view.deadline)
    yield "votes by name", {who: (one.vote, one.cast_by) for who, one in view.named_votes.items()}
    yield "outcome", view.outcome
    yield "is open", view.is_open
    question = view.question
    yield from () if question is None else question.model_dump(include=_QUESTION).items()


def _unlike(
    one: str, view: Mapping[str, object], other: str, another: Mapping[str, object]
) -> Iterator[str]:
    for name in {**view, **another}:
        mine, theirs = view.get(name), another.get(name)
        if mine != theirs:
            yield f"{name}:\n  {one}: {mine!r}\n  {other}: {theirs!r}"
            if name.startswith("chat"):
                return  # Whatever follows is another.


def assert_all_answered(everybody: Sequence[Attendant]) -> None:
    """Each request was answered once, and nothing is shown as on its way."""
    for one in everybody:
        for request in one.sent:
            answers = one.answers.get(request.id or "", [])
            assert len(answers) == 1, f"{one.user_id}: {request} was answered with {answers}"
        waiting = [sent for sent in one.meeting.outgoing.values() if _waits(sent.progress)]
        assert waiting == [], f"{one.user_id} is shown as waiting: {waiting}"


def _waits(progress: Progress) -> bool:
    return progress is Progress.WAITING


def assert_recorded(folder: Path, everybody: Sequence[Attendant]) -> int:
    """What was acknowledged is on record, once and in order, and nothing else of it is."""
    record = stored(folder)
    assert record.damage == ()
    events = [event_of(link) for link in record.links[MEETING]]
    said = [(e.actor, e.what.message_id, e.what.text) for e in events if isinstance(e.what, Said)]
    for one in everybody:
        accepted: list[tuple[str, str, str]] = []
        for request in one.sent:
            answer = one.answers[request.id or ""][0]
            if isinstance(request, ChatSend) and isinstance(answer, ChatMessage):
                accepted.append((one.user_id, answer.data.message_id, request.data.message))
        assert [line for line in said if line[0] == one.user_id] == accepted
        _assert_own_votes(one, events)
    doubled = [text for text, times in Counter(text for _, _, text in said).items() if times > 1]
    assert doubled == []
    return len(events)


def assert_said_once(folder: Path, texts: Sequence[str]) -> None:
    """Each of these is on record once."""
    events = [event_of(link) for link in stored(folder).links[MEETING]]
    said = Counter(event.what.text for event in events if isinstance(event.what, Said))
    assert {text: said[text] for text in texts} == dict.fromkeys(texts, 1)


def _assert_own_votes(one: Attendant, events: Sequence[Event]) -> None:
    """The vote that one is shown as one's own is the last on record; as many as were answered."""
    last: dict[str, str] = {}
    cast = 0
    for event in events:
        what = event.what
        if isinstance(what, VoteRecorded) and event.voter == one.user_id:
            last[what.decision_id] = what.vote_id
            cast += 1
    shown = {
        key: view.own_vote.vote_id
        for key, view in one.meeting.decisions.items()
        if view.own_vote is not None
    }
    assert shown == last, f"{one.user_id} sees {shown} as their votes, on record are {last}"
    accepted = [
        request
        for request in one.sent
        if isinstance(request, VoteCast)
        and not isinstance(one.answers[request.id or ""][0], Refused)
    ]
    assert len(accepted) == cast
