"""What of the conversation can be read now: when the commands for reading apply."""

from boardroom_tui.protocol.fields import Status
from boardroom_tui.ui.situation import Situation


def select_first(situation: Situation) -> str:
    """How to select a message, from where one is."""
    how = "Esc, then ↑" if situation.typing else "↑ in the conversation"
    return f"Select a message first: {how}."


def has_something_said(situation: Situation) -> str | None:
    """There is something to search in."""
    return None if situation.meeting.chat else "Nothing has been said yet."


def searches(situation: Situation) -> str | None:
    """Words are searched for."""
    return None if situation.reading.searches else "Search for something first: Space s."


def answers_something(situation: Situation) -> str | None:
    """The selected message answers another."""
    line = situation.reading.selected
    if line is None:
        return select_first(situation)
    return None if line.reply_to is not None else "This message answers no other."


def has_thread(situation: Situation) -> str | None:
    """The selected message answers another, or is answered."""
    if situation.reading.in_thread:
        return "This is the thread: Esc goes back."
    if situation.reading.selected is None:
        return select_first(situation)
    if situation.reading.has_thread:
        return None
    return "This message answers no other, and nobody has answered it."


def can_be_copied(situation: Situation) -> str | None:
    """A message is selected, or a thread is shown."""
    reading = situation.reading
    return None if reading.selected is not None or reading.in_thread else select_first(situation)


def has_link(situation: Situation) -> str | None:
    """The selected message has a link, or with none selected any in sight."""
    if situation.reading.links():
        return None
    if situation.reading.selected is not None:
        return "There is no link in this message."
    return "There is no link in sight. Select a message for its own."


def has_unread(situation: Situation) -> str | None:
    """A marker stands above what is new."""
    return None if situation.reading.has_unread else "There is nothing new."


def can_go_back(situation: Situation) -> str | None:
    """One has jumped somewhere."""
    if situation.reading.can_go_back:
        return None
    away = situation.own_status is Status.AWAY
    come_back = " /online says that you are here again." if away else ""
    return f"You have not jumped anywhere.{come_back}"
