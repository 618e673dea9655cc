"""What the word that one is writing may become: a command, what it is about, a member, an emoji.

Pure. The most likely comes first: members who spoke a moment ago, commands that can be given now.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.state.model import Meeting, Person
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.select import newest_first
from boardroom_tui.ui.command import reason_against
from boardroom_tui.ui.commands import BY_SLASH, COMMANDS
from boardroom_tui.ui.look.theme_names import DESCRIPTIONS
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.chat.lines import Reader
from boardroom_tui.ui.widgets.choices import Choice, Offer
from boardroom_tui.ui.writing.emoji import emoji_called
from boardroom_tui.ui.writing.folding import folded

_MOST = 40
"""Choices of one kind, so that a large meeting stays quick."""
_HEARD = 100
"""So many of the newest messages tell who is spoken with."""

_MENTION = re.compile(r"(?<!\w)@([^\n@]{0,40})\Z")
_WORD = re.compile(r"(?<![^\s(])\w[\w’'-]{0,40}\Z")
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+-]{2,40}):?\Z", re.IGNORECASE)


def offer(text: str, cursor: int, situation: Situation) -> Offer | None:
    """What the word in front of the cursor may become; None where it is complete by itself.

    `cursor` counts characters from the beginning of the text.
    """
    before = text[:cursor]
    if text[cursor : cursor + 1].isalnum():
        return None
    if before.startswith("/") and not before.startswith("//") and "\n" not in before:
        found = _of_command(before[1:], situation)
        if found is not None:
            return found
    return _of_mention(before, situation) or _of_emoji(before)


def named(text: str, cursor: int, situation: Situation) -> Offer | None:
    """The members whom the word in front of the cursor may begin to name, without an `@`.

    None where no word ends there; without choices where it is nobody's.
    """
    found = _WORD.search(text[:cursor])
    if found is None or text[cursor : cursor + 1].isalnum():
        return None
    return Offer(found.start(), found.end(), tuple(_mentions(found[0], situation)))


def _of_command(written: str, situation: Situation) -> Offer | None:
    """A command's name, then what it is about where that is a member, an item or a theme."""
    name, blank, rest = written.partition(" ")
    end = len(written) + 1
    if not blank:
        return _offered(0, end, _slashes(name, situation))
    command = BY_SLASH.get(name.lower())
    match command.takes if command is not None else "":
        case "number":
            return _offered(end - len(rest), end, _items(rest, situation.meeting))
        case "name" | "name text":
            return _offered(end - len(rest), end, _named(rest, situation))
        case "names":
            last = re.split("[ ,]", rest)[-1]
            return _offered(end - len(last), end, _named(last, situation))
        case "theme":
            return _offered(end - len(rest), end, _themes(rest))
        case _:
            return None


def _of_mention(before: str, situation: Situation) -> Offer | None:
    found = _MENTION.search(before)
    if found is None or found[1].endswith(" "):
        return None
    return _offered(found.start(), found.end(), _mentions(found[1], situation))


def _mentions(begun: str, situation: Situation) -> Iterator[Choice]:
    """What calls the members whose name begins so."""
    for someone in islice(_meant(begun, situation), _MOST):
        called = mention_of(someone, situation.meeting)
        yield Choice(f"{called} ", called, _whose(someone))


def _of_emoji(before: str) -> Offer | None:
    found = _EMOJI.search(before)
    if found is None:
        return None
    choices = (Choice(sign, sign, name) for name, sign in emoji_called(found[1].lower()))
    return _offered(found.start(), found.end(), choices)


def _offered(start: int, end: int, choices: Iterator[Choice]) -> Offer | None:
    found = tuple(choices)
    return Offer(start, end, found) if found else None


# Commands


def _slashes(begun: str, situation: Situation) -> Iterator[Choice]:
    """The commands whose name begins so; those that cannot be given now stand last, with why."""
    found = [one for one in COMMANDS if one.slash.startswith(begun.lower())]
    reasons = {one.id: reason_against(one, situation) for one in found}
    for command in sorted(found, key=lambda one: reasons[one.id] is not None):
        reason = reasons[command.id]
        words = command.title if reason is None else f"Not now: {reason}"
        yield Choice(f"/{command.slash} ", f"/{command.slash}", words)


def _items(begun: str, meeting: Meeting) -> Iterator[Choice]:
    """The items of the agenda whose number begins so, or a word of whose title does."""
    for place, item in enumerate(meeting.agenda, start=1):
        title = one_line(item.title)
        if str(place).startswith(begun) or _has_word(title, folded(begun)):
            yield Choice(str(place), str(place), title)


def _themes(begun: str) -> Iterator[Choice]:
    """The themes whose name begins so."""
    for theme, look in DESCRIPTIONS.items():
        if theme.short.startswith(begun.lower()):
            yield Choice(theme.short, theme.short, look)


def _named(begun: str, situation: Situation) -> Iterator[Choice]:
    """The members for a command to be about."""
    if begun.endswith(" "):
        return
    for someone in islice(_meant(begun, situation), _MOST):
        called = argument_for(someone, situation.meeting)
        yield Choice(f"{called} ", called, _whose(someone))


# Members


def _meant(begun: str, situation: Situation) -> Iterator[Person]:
    """The members whose name, a word of it, or id begins so; others than oneself."""
    wanted = folded(begun.removeprefix("@"))
    likely = _most_likely(situation)
    ways: tuple[Callable[[Person, str], bool], ...] = (_name_begins, _word_begins, _id_begins)
    met: set[str] = set()
    for begins in ways:
        for someone in likely:
            if someone.user_id not in met and begins(someone, wanted):
                met.add(someone.user_id)
                yield someone


def _most_likely(situation: Situation) -> list[Person]:
    """Who is in the conversation, who spoke last, who is here, and the others by name."""
    meeting = situation.meeting
    spoke: dict[str, int] = {}
    for place, line in enumerate(islice(newest_first(meeting), _HEARD)):
        spoke.setdefault(bare(Kind.USER, line.user_id), place)
    members = situation.conversation or ()

    def unlikely(someone: Person) -> tuple[bool, int, bool, str]:
        key = bare(Kind.USER, someone.user_id)
        last = spoke.get(key, _HEARD)
        return key not in members, last, not someone.present, folded(someone.name)

    others = (one for one in meeting.people.values() if not _is_oneself(one, meeting))
    return sorted(others, key=unlikely)


def mention_of(someone: Person, meeting: Meeting) -> str:
    """What calls this member, and nobody else here where that can be said (chat_lines.Reader)."""
    name = one_line(someone.name).strip()
    if not name:
        return f"@{bare(Kind.USER, someone.user_id)}"
    words = {folded(word.lstrip("@")) for word in name.split()}
    # Whoever could be called by mistake has a name that begins with a word of this one.
    near = [one for one in meeting.people.values() if _called_first(one) in words]
    forms = (f"@{name.split()[0]}", f"@{name}", name)

    def calls_them_alone(form: str) -> bool:
        return all(
            _is_called(one, form) is same(Kind.USER, one.user_id, someone.user_id) for one in near
        )

    return next((form for form in forms if calls_them_alone(form)), forms[1])


def argument_for(someone: Person, meeting: Meeting) -> str:
    """What a command takes for this member, and for nobody else (state/naming.py)."""
    name = one_line(someone.name).strip()
    forms = (*name.split()[:1], *([name] if name else []))
    meant = (someone, "")
    key = bare(Kind.USER, someone.user_id)
    return next((form for form in forms if addressed(meeting, form) == meant), key)


def _is_called(someone: Person, form: str) -> bool:
    mention = Reader.named(someone.user_id, someone.name).mention
    return mention is not None and mention.search(form) is not None


def _called_first(someone: Person) -> str:
    return folded(next(iter(one_line(someone.name).split()), "").lstrip("@"))


def _whose(someone: Person) -> str:
    """Who it is, and that nobody reads it now where they are not here."""
    name = one_line(someone.shown_name).strip() or someone.user_id
    return name if someone.present else f"{name}, absent"


def _is_oneself(someone: Person, meeting: Meeting) -> bool:
    return same(Kind.USER, someone.user_id, meeting.own_id)


def _name_begins(someone: Person, wanted: str) -> bool:
    return folded(one_line(someone.name).strip()).startswith(wanted)


def _word_begins(someone: Person, wanted: str) -> bool:
    return _has_word(one_line(someone.name), wanted)


def _id_begins(someone: Person, wanted: str) -> bool:
    ids = (someone.user_id, bare(Kind.USER, someone.user_id))
    return any(folded(one).startswith(wanted) for one in ids)


def _has_word(text: str, wanted: str) -> bool:
    return any(folded(word).startswith(wanted) for word in re.findall(r"\w+", text))
