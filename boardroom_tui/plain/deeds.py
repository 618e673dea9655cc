"""Which command does what without a screen; what a command is, is declared in ui/commands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from types import MappingProxyType

from boardroom_tui.plain import aloud, speaking, voting
from boardroom_tui.plain.outcome import Outcome, asked, said, sent, sent_or_said
from boardroom_tui.plain.words import plain
from boardroom_tui.protocol.fields import Status, Vote
from boardroom_tui.protocol.marks import MarkKind
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.state.model import Progress
from boardroom_tui.ui import requests
from boardroom_tui.ui.command import Command, CommandId, is_for, reason_against
from boardroom_tui.ui.commands import BY_ID, BY_SLASH, COMMANDS
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.words.calling import INTERRUPTIONS, Interrupting
from boardroom_tui.ui.words.leaving import undone, unsent

Deed = Callable[[Situation, str], Outcome]


def _at_once(command: requests.AtOnce, situation: Situation, rest: str) -> Outcome:
    return sent_or_said(requests.at_once(command, situation, rest))


def _interrupt(command: Interrupting, situation: Situation, _rest: str) -> Outcome:
    """Ask, then interrupt or end the meeting."""
    phase, question, consequence, deed = INTERRUPTIONS[command]
    done = sent(requests.calling_to(situation.meeting, phase))
    if requests.is_asked_by_server(situation.meeting, phase):
        return done
    return asked(f"{question} {consequence}", f"to {deed}", done)


def _become(status: Status, _situation: Situation, _rest: str) -> Outcome:
    return sent(PresenceUpdate(data=PresenceUpdate.Data(status=status)))


DEEDS: Mapping[CommandId, Deed] = MappingProxyType(
    {
        **{command: partial(_at_once, command) for command in requests.AT_ONCE},
        CommandId.APPROVE: partial(voting.cast, Vote.APPROVE),
        CommandId.REJECT: partial(voting.cast, Vote.REJECT),
        CommandId.ABSTAIN: partial(voting.cast, Vote.ABSTAIN),
        CommandId.RECEIPT: voting.receipts,
        CommandId.RECUSE: voting.recuse,
        CommandId.PROXY: voting.give_proxy,
        CommandId.OPEN: voting.open_vote,
        CommandId.CLOSE: voting.close_vote,
        CommandId.WITHDRAW: voting.withdraw,
        CommandId.PUT: voting.put_motion,
        CommandId.MOVE: partial(speaking.word, CommandId.MOVE),
        CommandId.AMEND: partial(speaking.word, CommandId.AMEND),
        CommandId.REFER: partial(speaking.word, CommandId.REFER),
        CommandId.TAKE_BACK: speaking.take_back,
        CommandId.REPLY: speaking.reply,
        CommandId.DM: speaking.whisper,
        CommandId.INFO: partial(speaking.mark, MarkKind.INFO),
        CommandId.AGREED: partial(speaking.mark, MarkKind.AGREED),
        CommandId.ACTION: partial(speaking.mark, MarkKind.ACTION),
        CommandId.CORRECTION: partial(speaking.mark, MarkKind.CORRECTION),
        CommandId.UNDO: partial(speaking.mark, MarkKind.UNDO),
        **{command: partial(_interrupt, command) for command in INTERRUPTIONS},
        CommandId.ONLINE: partial(_become, Status.ONLINE),
        CommandId.AWAY: partial(_become, Status.AWAY),
        CommandId.BUSY: partial(_become, Status.BUSY),
        CommandId.MINUTES: lambda situation, _: sent(requests.minutes(situation.meeting)),
        CommandId.RECONNECT: lambda _, __: Outcome(says=("Trying now.",), retries=True),
    }
)
"""What does something; what only reads is in `_read`. The rest is for a screen."""

_READ = frozenset(
    {
        CommandId.AGENDA,
        CommandId.PEOPLE,
        CommandId.ROSTER,
        CommandId.VOTE,
        CommandId.NEWEST,
        CommandId.SEARCH,
        CommandId.HELP,
    }
)

_HELP_HERE = {
    CommandId.AGENDA: "Reads the agenda with its decisions and motions.",
    CommandId.PEOPLE: "Reads who is here, away and absent, the floor and the quorum.",
    CommandId.VOTE: "Reads the open vote with its rule and its count, or the last result.",
    CommandId.NEWEST: "Reads what was said last again, and where the meeting stands.",
    CommandId.SEARCH: "Reads the newest messages that hold these words.",
    CommandId.REPLY: "Answers the newest message of somebody else: /reply TEXT.",
    CommandId.OPEN: "Asks which of the prepared decisions, then opens it.",
    CommandId.PUT: "The newest that is seconded, after a confirmation.",
    CommandId.SECOND: "The newest motion that wants a second.",
    CommandId.HELP: "Reads this; /help COMMAND tells of one.",
    CommandId.RECUSE: "You take no part in the open decision, after a confirmation.",
    CommandId.PROXY: "The one named, after a confirmation; without one you vote for yourself.",
    CommandId.WITHDRAW: "Ends the open vote without a result, after a confirmation.",
    CommandId.COMPLETE: "The item named, or the one in progress.",
    CommandId.TAKE_UP: "The item named: /take-up 3.",
    CommandId.NEXT_SPEAKER: "Whoever raised a hand first, or the one named.",
    CommandId.APOLOGIES: "Yours, or by the facilitator those of the one named; once more takes "
    "them back.",
}
"""Where the declaration speaks of what is selected on a screen."""

_ALIASES = {"who": CommandId.PEOPLE, "where": CommandId.NEWEST}
"""What people ask without a screen to look at."""

ON_A_SCREEN = "That is something of the screen client, and does nothing here."


def command_of(slash: str) -> Command | None:
    """The command that is typed so."""
    name = slash.casefold()
    return BY_ID[_ALIASES[name]] if name in _ALIASES else BY_SLASH.get(name)


def do(
    command: Command, situation: Situation, rest: str, now: datetime, zone: tzinfo | None
) -> Outcome:
    """Do what a command says, or say why it cannot be done now."""
    if not _is_here(command):
        return said(f"/{command.slash}: {ON_A_SCREEN}")
    if rest and command.takes == "number":
        item_id = _item_at(situation, rest)
        if item_id is None:
            return said(f"There is no item {plain(rest)} on the agenda.")
        situation = replace(situation, item_id=item_id)
    reason = reason_against(command, situation)
    if reason is not None:
        return said(plain(reason))
    if command.id is CommandId.LEAVE:
        return _leave(situation)
    deed = DEEDS.get(command.id)
    if deed is None:
        return said(*_read(command.id, situation, rest, now, zone))
    return deed(situation, rest)


def _leave(situation: Situation) -> Outcome:
    """Leave; ask first where something of one's own would be lost, or a meeting left unled."""
    gone = Outcome(leaves=True)
    sent_ones = situation.meeting.outgoing.values()
    waiting = [one.request for one in sent_ones if one.progress is Progress.WAITING]
    said_of_it = [*undone(situation.meeting)]
    if waiting and situation.phase is not Phase.READY:
        said_of_it.append(unsent(waiting))
    reasons = " ".join(said_of_it)
    if situation.phase is Phase.ENDED or not reasons:
        return gone
    return asked(f"Leave the meeting? {reasons}", "to leave", gone, otherwise="to stay")


def _is_here(command: Command) -> bool:
    return command.id in DEEDS or command.id in _READ or command.id is CommandId.LEAVE


def _item_at(situation: Situation, number: str) -> str | None:
    place = int(number) if number.isascii() and number.isdigit() else 0
    agenda = situation.meeting.agenda
    return agenda[place - 1].id if 0 < place <= len(agenda) else None


def _read(
    command_id: CommandId, situation: Situation, rest: str, now: datetime, zone: tzinfo | None
) -> Iterator[str]:
    meeting = situation.meeting
    match command_id:
        case CommandId.AGENDA:
            return aloud.agenda(meeting, now)
        case CommandId.PEOPLE | CommandId.ROSTER:
            return aloud.people(meeting)
        case CommandId.VOTE:
            return aloud.vote(meeting, zone)
        case CommandId.SEARCH:
            return aloud.search(meeting, rest, zone)
        case CommandId.NEWEST:
            return aloud.newest(meeting, zone)
        case _:
            return _help(situation, rest)


def _help(situation: Situation, rest: str) -> Iterator[str]:
    """Every command that can be given here and now, or what there is to know of one."""
    if rest:
        yield _help_of(situation, rest)
        return
    yield "What you type is said to everybody. These commands can be given now:"
    for command in COMMANDS:
        if _is_here(command) and reason_against(command, situation) is None:
            yield _in_words(command)
    yield "/help COMMAND tells of any other. A line that begins with // is said with one /."


def _help_of(situation: Situation, name: str) -> str:
    command = command_of(name.removeprefix("/"))
    if command is None:
        return f"There is no command /{plain(name.removeprefix('/'))}."
    if not _is_here(command):
        return f"/{command.slash}: {ON_A_SCREEN}"
    reason = reason_against(command, situation)
    now = "" if reason is None else f" Not now: {plain(reason)}"
    if reason is not None and not is_for(command, situation):
        now = f" Not for you: {plain(reason)}"
    return f"{_in_words(command)}{now}"


def _in_words(command: Command) -> str:
    takes = f" {command.takes.upper()}" if command.takes else ""
    return f"/{command.slash}{takes}: {command.title}. {_HELP_HERE.get(command.id, command.help)}"
