"""What a command is: its keys, its words, who may use it and when."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.state.motions import givers
from boardroom_tui.state.select import may_facilitate, may_vote, may_write
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.situation import REPLAY, Situation


class CommandId(StrEnum):
    """A command's name: what a binding, a palette entry and a slash command lead to."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"
    RECEIPT = "receipt"
    PAST = "decisions"
    REPLY = "reply"
    EDIT = "edit"
    EDITOR = "editor"
    QUOTE = "quote"
    NEWEST = "newest"
    SWITCH = "keys"
    SEARCH = "search"
    NEXT_MATCH = "next-match"
    PREVIOUS_MATCH = "previous-match"
    THREAD = "thread"
    ANSWERED = "answered"
    UNREAD = "unread"
    BACK = "back"
    COPY = "copy"
    LINK = "link"
    BARE = "bare"
    DM = "dm"
    PRIVATE = "private"
    CONVERSATION = "conversation"
    EVERYBODY = "everybody"
    DEVICES = "devices"
    UNLOCK = "unlock"
    INFO = "info"
    AGREED = "agreed"
    ACTION = "action"
    CORRECTION = "correction"
    UNDO = "undo"
    MINUTES = "minutes"
    AGENDA = "agenda"
    PEOPLE = "people"
    VOTE = "vote"
    MAXIMISE = "maximise"
    CONTROL = "control"
    HIDE = "hide"
    WIDER = "wider"
    NARROWER = "narrower"
    ARRANGEMENT = "arrangement"
    ORDER = "order"
    RECESS = "recess"
    EXECUTIVE = "executive"
    ADJOURN = "adjourn"
    MOVE = "move"
    SECOND = "second"
    AMEND = "amend"
    TAKE_BACK = "take-back"
    PUT = "put"
    POSTPONE = "postpone"
    REFER = "refer"
    RECUSE = "recuse"
    PROXY = "proxy"
    REMIND = "remind"
    ROLL = "rollcall"
    APOLOGIES = "apologies"
    ROSTER = "roster"
    HAND = "hand"
    NEXT_SPEAKER = "next-speaker"
    YIELD = "yield"
    NEXT_ITEM = "next-item"
    PREVIOUS_ITEM = "previous-item"
    TAKE_UP = "take-up"
    COMPLETE = "complete"
    DEFER = "defer"
    PUT_BACK = "put-back"
    OPEN = "open"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"
    RECONNECT = "reconnect"
    RENEW = "token"
    NOTICES = "notices"
    QUIET = "quiet"
    THEME = "theme"
    THEMES = "themes"
    REDRAW = "redraw"
    PALETTE = "palette"
    MORE = "more"
    HELP = "help"
    LEAVE = "leave"


class Group(StrEnum):
    """Where the help screen lists a command."""

    VOTING = "Voting"
    MOTIONS = "Motions"
    CONVERSATION = "Conversation"
    READING = "Reading"
    PRIVATE = "In private"
    MINUTES = "For the minutes"
    PANES = "Panes"
    FLOOR = "The floor"
    LIFE = "Leading: the meeting"
    AGENDA = "Leading: the agenda"
    DECISIONS = "Leading: decisions"
    YOURSELF = "Yourself"
    PROGRAM = "Program"


class Who(Enum):
    """Who may use a command."""

    EVERYONE = "everyone"
    WRITERS = "members who may speak"
    VOTERS = "members with a vote"
    FACILITATOR = "the facilitator"


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `applies` says why it cannot be done now, or None where it can."""

    id: CommandId
    title: str
    group: Group
    letter: str
    """The key that works while one is not typing: one, or `space s`, Space and then another.

    Empty where the user's settings leave it none.
    """
    help: str
    footer: str
    """The word beside the key in the footer."""
    keys: tuple[str, ...] = ()
    """Work everywhere, while one types too; those after the first are other names of it."""
    who: Who = Who.EVERYONE
    applies: Callable[[Situation], str | None] = lambda _: None
    until_adjourned: bool = False
    """Whether it cannot be done once the meeting is adjourned."""
    sends: bool = False
    """Whether it asks something of the server."""
    extension: str | None = None
    """The message type that the server must know, beyond the reference."""
    takes: str = ""
    """What may follow the slash command."""

    @property
    def shown_key(self) -> str:
        """The key as people write it: `F5`, `^R`, `Space s`; a letter where there is no other.

        Where there is none, what one types.
        """
        key = self.keys[0] if self.keys else self.letter
        return display_of(key) if key else f"/{self.slash}"

    def key_while_writing(self, leave: str) -> str:
        """The same where letters are text; `leave` is what leaves the writing line."""
        is_letter = bool(self.letter) and not self.keys
        return f"{leave} {self.shown_key}" if is_letter else self.shown_key

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key that gives the command."""
        return (*self.keys, self.letter) if self.letter else self.keys

    @property
    def slash(self) -> str:
        """The command as it is typed."""
        return str(self.id)


LEADER = "space"
"""The key that the commands of two keys begin with."""

_MODIFIERS = {"ctrl": "^", "alt": "⌥", "shift": "⇧"}
_NAMES = {"escape": "Esc", "enter": "Enter", "tab": "Tab", LEADER: "Space"}


def is_letter(key: str) -> bool:
    """Whether a key is text while one types, and so a command only while one does not."""
    return len(key) == 1 or key.partition(" ")[0] == LEADER


def display_of(key: str) -> str:
    """A key of Textual's as people write it, or one after the other."""
    first, _, then = key.partition(" ")
    if then:
        return f"{display_of(first)} {display_of(then)}"
    if len(key) == 1:
        return key
    *modifiers, name = key.split("+")
    shown = _NAMES.get(name) or (name.upper() if len(name) > 1 or modifiers else name)
    prefix = "".join(_MODIFIERS[modifier] for modifier in modifiers)
    return f"{prefix}{shown}"


def reason_against(command: Command, situation: Situation) -> str | None:
    """Why the command cannot be done now, in words to show; None where it can."""
    meeting = situation.meeting
    if situation.phase is Phase.REPLAY and _takes_part(command):
        return REPLAY
    if situation.phase is Phase.ENDED and _takes_part(command):
        return "The connection has ended; nothing can be sent any more."
    if command.sends and not meeting.own_id:
        return "The meeting has not been joined yet."
    if command.extension is not None and command.extension not in meeting.extensions:
        return "This server offers no way to do that."
    reason = _who_may(command.who, situation)
    if reason is None and command.until_adjourned and meeting.phase is MeetingPhase.ADJOURNED:
        reason = "The meeting is adjourned."
    return reason or command.applies(situation)


def is_for(command: Command, situation: Situation) -> bool:
    """Whether the user is one of those who may use the command, now or another time."""
    return _who_may(command.who, situation) is None


def _takes_part(command: Command) -> bool:
    """Whether a command does something in the meeting, and not only on the screen."""
    return command.sends or command.extension is not None or command.who is not Who.EVERYONE


def _who_may(who: Who, situation: Situation) -> str | None:
    meeting = situation.meeting
    match who:
        case Who.EVERYONE:
            return None
        case Who.WRITERS:
            return None if may_write(meeting) else "Your role in this meeting is to listen."
        case Who.VOTERS:
            votes = may_vote(meeting) or givers(meeting)
            return None if votes else "You have no vote in this meeting."
        case Who.FACILITATOR:
            return None if may_facilitate(meeting) else "Only the facilitator can do that."
