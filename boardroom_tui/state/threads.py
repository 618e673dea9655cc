"""A thread: what a message answers, up to where it began, and all answers to that."""

from dataclasses import replace

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import Earlier, Entry, Meeting, SpokenLine


def root_of(chat: KeyedLog[Entry], message_id: str) -> str:
    """Where the thread of a message began, as far as it is known here."""
    seen: set[str] = set()
    while message_id not in seen:
        seen.add(message_id)
        line = chat.find(message_id)
        answers = line.reply_to if isinstance(line, SpokenLine) else None
        if answers is None or answers not in chat:
            break
        message_id = answers
    return message_id


def thread(chat: KeyedLog[Entry], root: str) -> KeyedLog[Entry]:
    """The message that began it and all that answers it, and answers these, in order."""
    found = KeyedLog[Entry]()
    begun = chat.place(root)
    for place in range(len(chat) if begun is None else begun, len(chat)):
        line = chat[place]
        if line.message_id == root or (isinstance(line, SpokenLine) and line.reply_to in found):
            found = found.adding(line.message_id, line)
    return found


def alone_in(meeting: Meeting, root: str) -> Meeting:
    """The meeting with this thread in place of the whole conversation."""
    chat = thread(meeting.chat, root)
    outgoing = {
        key: one
        for key, one in meeting.outgoing.items()
        if isinstance(one.request, ChatSend) and one.request.data.reply_to in chat
    }
    return replace(meeting, chat=chat, outgoing=outgoing, earlier=Earlier.NONE)
