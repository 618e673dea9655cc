"""What the commands about private conversations do."""

from typing import Literal

from boardroom_tui.protocol.correspondents import (
    Conversation,
    Correspondent,
    Obstacle,
    Readiness,
)
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.state.model import Meeting, Person
from boardroom_tui.state.naming import addressed, all_addressed
from boardroom_tui.state.private import conversation_of, why_not_to
from boardroom_tui.state.select import has_vote, person, shown_name
from boardroom_tui.ui.board import Board
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.screens.devices_dialog import Deed, DevicesDialog
from boardroom_tui.ui.screens.passphrase_dialog import PassphraseDialog
from boardroom_tui.ui.screens.room_dialog import RoomDialog
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.composer import Draft, why_not

PrivateCommand = Literal[
    CommandId.DM,
    CommandId.PRIVATE,
    CommandId.CONVERSATION,
    CommandId.EVERYBODY,
    CommandId.DEVICES,
    CommandId.UNLOCK,
]


def confide(board: Board, command: PrivateCommand, situation: Situation, rest: str) -> None:
    """Do it; `rest` is what followed the slash command."""
    match command:
        case CommandId.DM:
            write_to(board, situation, rest)
        case CommandId.PRIVATE:
            open_room(board, situation, rest)
        case CommandId.CONVERSATION:
            go_to_place(board, int(rest)) if rest.isdecimal() else board.go_on()
        case CommandId.EVERYBODY:
            board.go_to(None)
        case CommandId.DEVICES:
            look_at_devices(board, situation, rest)
        case CommandId.UNLOCK:
            unlock(board, situation)


def go_to_place(board: Board, place: int) -> None:
    """Go to the conversation that stands there above what is said; the first is everybody's."""
    there = board.conversations.in_order
    if 0 < place <= len(there):
        board.go_to(there[place - 1])
    else:
        board.tell(
            f"There is no conversation {place} yet: /dm NAME begins one.", severity="warning"
        )


def write_to(board: Board, situation: Situation, rest: str) -> None:
    """Go to the conversation with whoever is named or selected; what follows the name is sent."""
    if rest:
        found = addressed(situation.meeting, rest)
    elif situation.user_id is not None:
        someone = person(situation.meeting, situation.user_id)
        found = "They have left." if someone is None else (someone, "")
    else:
        board.meeting_screen.focus_pane("people")
        board.tell("Whom to? Choose with the arrows and Enter.")
        return
    if not isinstance(found, str) and _is_oneself(situation.meeting, found[0]):
        found = "That is you. Choose somebody else."
    if isinstance(found, str):
        _refuse(board, CommandId.DM, rest, found)
        return
    whom, text = found
    conversation = _open(board, whom)
    if text:
        _say(board, text, conversation)


def open_room(board: Board, situation: Situation, rest: str) -> None:
    """Go to the room of those who are named; without names, ask who is in it."""
    meeting = situation.meeting
    if rest:
        found = all_addressed(meeting, rest)
        if isinstance(found, str):
            _refuse(board, CommandId.PRIVATE, rest, found)
        else:
            _open(board, *found)
        return
    others = [one for one in meeting.people.values() if not _is_oneself(meeting, one)]
    deviceless = frozenset(one.user_id for one in others if _has_no_device(situation, one))
    ticked = frozenset(one.user_id for one in others if has_vote(one)) - deviceless

    def open_it(chosen: tuple[str, ...] | None) -> None:
        members = [one for one in others if chosen is not None and one.user_id in chosen]
        if members:
            _open(board, *members)

    board.push_screen(RoomDialog(others, ticked, deviceless), open_it)


def look_at_devices(board: Board, situation: Situation, rest: str) -> None:
    """Show the devices of whoever is named, selected, or stands in the way; else one's own."""
    meeting = situation.meeting
    user_id = _whose_devices(situation)
    if rest:
        found = addressed(meeting, rest)
        if isinstance(found, str):
            board.tell(found, severity="warning")
            return
        user_id = found[0].user_id
    key = bare(Kind.USER, user_id)
    own = same(Kind.USER, user_id, meeting.own_id)
    board.link.look_at(key)
    board.push_screen(DevicesDialog(key, shown_name(meeting, user_id), situation.privacy, own=own))


def decide_on_devices(board: Board, decided: DevicesDialog.Decided) -> None:
    """Do what the user decided; the dialog shows what has come of it."""
    match decided.deed:
        case Deed.ACCEPT:
            board.link.accept(decided.user_id, [one.fingerprint for one in decided.devices])
        case Deed.COMPARED:
            for device in decided.devices:
                board.link.mark_compared(decided.user_id, device.device_id)
        case Deed.REMOVE:
            for device in decided.devices:
                board.link.remove_device(device.device_id)


def unlock(board: Board, situation: Situation) -> None:
    """Ask for the passphrase, or a new one; the dialog goes by itself once the keys are open."""
    privacy = situation.privacy
    new = privacy.readiness is Readiness.UNPROTECTED
    board.push_screen(PassphraseDialog(new=new, reason=privacy.reason))


def _open(board: Board, *members: Person) -> Conversation:
    conversation = conversation_of(board.meeting, *(member.user_id for member in members))
    board.go_to(conversation)
    return conversation


def _say(board: Board, text: str, conversation: Conversation) -> None:
    """Send what was written behind a name, or leave it in the field with the reason."""
    privacy = board.conversations.privacy
    reason = why_not(text) or why_not_to(board.meeting, privacy, conversation)
    if reason is None:
        board.say(Draft(text), conversation)
        return
    composer = board.meeting_screen.composer
    composer.in_turn(lambda: composer.take_back(text))
    board.tell(reason, severity="warning")


def _whose_devices(situation: Situation) -> str:
    """Whoever is selected; else who keeps one from writing, or another member of the room.

    Of these somebody first whose devices were not all compared.
    """
    if situation.user_id is not None:
        return situation.user_id
    own = situation.meeting.own_id
    members = situation.conversation or ()
    known = situation.privacy.correspondents
    blocking = [one for one in members if known.get(one, Correspondent(one)).obstacle is not None]
    others = sorted(
        (one for one in members if not same(Kind.USER, one, own)),
        key=lambda one: all(view.compared for view in known.get(one, Correspondent(one)).devices),
    )
    return next(iter((*blocking, *others)), own)


def _has_no_device(situation: Situation, someone: Person) -> bool:
    known = situation.privacy.correspondents.get(bare(Kind.USER, someone.user_id))
    return known is not None and known.obstacle is Obstacle.NO_DEVICE


def _refuse(board: Board, command: CommandId, rest: str, reason: str) -> None:
    """Say why, and put back what was written, if it was."""
    if rest:
        board.meeting_screen.composer.refuse(f"/{command} {rest}", reason)
    else:
        board.tell(reason, severity="warning")


def _is_oneself(meeting: Meeting, someone: Person) -> bool:
    return same(Kind.USER, someone.user_id, meeting.own_id)
