"""The terminal client: what the user wants becomes a command, and is done or refused."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import ClassVar

from textual import events
from textual.command import Provider
from textual.widgets import Input

from boardroom_tui.client.kept_draft import KeptDraft
from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.clock import utc_now
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.state.select import may_facilitate, message
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_SLASH, no_command
from boardroom_tui.ui.deeds import arranging
from boardroom_tui.ui.deeds.confiding import decide_on_devices, go_to_place
from boardroom_tui.ui.deeds.performing import perform
from boardroom_tui.ui.hearing import Hearing
from boardroom_tui.ui.keys.sequence import command_after_leader
from boardroom_tui.ui.link import MeetingLink, Phase
from boardroom_tui.ui.look.arrangement import is_too_small
from boardroom_tui.ui.palette import MeetingCommands, Palette
from boardroom_tui.ui.reading_back import ReadingBack
from boardroom_tui.ui.screens.devices_dialog import DevicesDialog
from boardroom_tui.ui.screens.framed import FramedScreen
from boardroom_tui.ui.screens.notices import NoticesScreen
from boardroom_tui.ui.screens.passphrase_dialog import PassphraseDialog
from boardroom_tui.ui.screens.token_dialog import TokenDialog
from boardroom_tui.ui.settings import Settings
from boardroom_tui.ui.terminal.alt_keys import letter_with_alt
from boardroom_tui.ui.widgets.agenda import AgendaPane, chosen_item, chosen_motion
from boardroom_tui.ui.widgets.composer import Composer
from boardroom_tui.ui.widgets.conversation_line import ConversationLine
from boardroom_tui.ui.widgets.presence import PresencePane
from boardroom_tui.ui.widgets.rows import RowList
from boardroom_tui.ui.writing.draft_keeping import keep_draft, text_to_keep

_VOTES = (CommandId.APPROVE, CommandId.REJECT, CommandId.ABSTAIN)
_ON_EVERY_SCREEN = (*_VOTES, CommandId.HELP)
"""What one can do on whatever stands over the meeting, unless it asks something itself."""
_ARROWS = {"j": "down", "k": "up"}
_UNSEEN = "Not done: {}. You could not see the meeting yet; do it again if you mean it."


class BoardroomApp(Hearing):
    """The program: a board, and every way to give it a command."""

    TITLE = "Boardroom"
    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {MeetingCommands}

    def __init__(
        self,
        link: MeetingLink,
        meeting_id: str,
        *,
        clock: Callable[[], datetime] = utc_now,
        zone: tzinfo | None = None,
        heads: KeptHeads | None = None,
        settings: Settings | None = None,
        server: str = "",
    ) -> None:
        """As `Board`'s; `heads` are those of the record that were seen before.

        Without them nothing is compared.
        """
        super().__init__(link, meeting_id, clock=clock, zone=zone, settings=settings, server=server)
        self._heads = heads
        self._told_of_typing = False
        self._is_dropping_keys = False
        self._kept_draft: KeptDraft | None = None
        self.stands = asyncio.Event()
        """The screen does."""
        self._reading_back = ReadingBack()
        # Not by messages: a key that is pressed behind another must find what that one led to.
        self.meeting_screen.give = self.command
        self.meeting_screen.go_to = lambda place: go_to_place(self, place)
        self.meeting_screen.composer.say = self.say
        self.meeting_screen.composer.give = self._do_slash
        self.meeting_screen.chat.answer = self._answer
        for wanted in _ON_EVERY_SCREEN:
            for key in self.commands[wanted].keys:
                self._bindings.bind(key, f"command('{wanted}')", show=False)

    def on_ready(self) -> None:
        self.stands.set()

    def keep_draft(self, draft: KeptDraft) -> None:
        """Put back what was not sent last time, and keep what is not from now on."""

        def keep() -> None:
            self._kept_draft = draft
            keep_draft(self, draft)

        # A key before it is for what was written then.
        self.meeting_screen.composer.in_turn(keep)

    def on_unmount(self) -> None:
        arranging.remember(self)
        if self._kept_draft is not None:
            self._kept_draft.note(text_to_keep(self))
            self._kept_draft.write()

    def action_command(self, command: str) -> None:
        """Give the command of a key that works on every screen."""
        self.command(CommandId(command))

    def command(self, command_id: CommandId, rest: str = "") -> bool:
        """Do what a command says, or say why it cannot be done; whether it was done."""
        command = self.commands[command_id]
        situation = self.situation
        self.await_second_key(False)
        if rest and command.takes == "number":
            item_id = self._item_at(rest)
            if item_id is None:
                self.tell(f"There is no item {rest} on the agenda.", severity="warning")
                return False
            situation = replace(situation, item_id=item_id)
        reason = reason_against(command, situation)
        if command.sends and not self.in_front.is_set():
            # With more keys behind it, it would ask and be answered: a vote nobody looked at.
            reason = reason or _UNSEEN.format(command.title)
        if reason is None:
            perform(self, command_id, situation, rest)
        else:
            self.tell(reason, severity="warning")
        return reason is None

    async def on_event(self, event: events.Event) -> None:
        """A key is carried out before the next is looked at, so that this one finds what it did.

        Whatever key follows Space is for its commands alone.
        """
        if isinstance(event, events.Key):
            event = self._as_arrow(event)
        if isinstance(event, events.Key) and await self._take_key(event):
            self.attention.touch(self.clock())
        else:
            if isinstance(event, events.Paste) and not event.is_forwarded:
                self._take_pasted()
            await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """As Textual's, which copies all bindings there are for each key, also for a letter."""
        if priority:
            bound = (bindings.key_to_bindings.get(key, ()) for _, bindings in self._binding_chain)
            if not any(binding.priority for bindings in bound for binding in bindings):
                return False
        return await super()._check_bindings(key, priority)

    async def _take_key(self, key: events.Key) -> bool:
        if key.is_forwarded:
            return False
        if self._is_dropping_keys or self._goes_unseen(key.key):
            return True
        taken = self._take_second(key) or self._take_vote(key) or self._take_alt(key)
        return taken or await self._carry_out(key)

    def _goes_unseen(self, key: str) -> bool:
        """Whether nobody could see what this key does: all but the way out, on too small a screen.

        Letters would be commands there, and a vote would be cast that nobody has read.
        """
        if not is_too_small(*self.size):
            return False
        steps_back = key == "escape" and self.screen is not self.meeting_screen
        return not steps_back and key not in self.commands[CommandId.LEAVE].keys

    def _take_pasted(self) -> None:
        """What is pasted is text, also where letters are commands."""
        if self.screen is self.meeting_screen and not self.meeting_screen.is_writing:
            self.await_second_key(False)
            self.meeting_screen.write()

    def _take_vote(self, key: events.Key) -> bool:
        """Vote over a page that asks nothing, too: Textual lets its keys go no further."""
        wanted = next((one for one in _VOTES if key.key in self.commands[one].keys), None)
        if wanted is None or not isinstance(self.screen, FramedScreen | Palette):
            return False
        self.command(wanted)
        return True

    def _take_alt(self, key: events.Key) -> bool:
        """Give a letter's command, also while one writes, where Alt and the letter are no key.

        Most terminals send the same for it as for Escape and the letter, and tmux makes the one of
        the other where they come within half a second.
        """
        letter = letter_with_alt(key.key)
        screen = self.meeting_screen
        if letter is None or self.screen is not screen or screen.chat.is_searching:
            return False
        if key.key in screen.active_bindings:
            return False
        if screen.composer.choosing.write_without(letter):
            return True
        wanted = self.commands.by_letter(letter)
        if wanted is None:
            return False
        self.command(wanted.id)
        return True

    async def _carry_out(self, key: events.Key) -> bool:
        """Do what a key stands for while one does not write; whether it did anything."""
        screen = self.meeting_screen
        if self.screen is not screen or screen.is_writing:
            return False
        active = screen.active_bindings.get(key.key)
        return active is not None and await self.run_action(active.binding.action, active.node)

    def _as_arrow(self, key: events.Key) -> events.Key:
        """What moves down and up in vi does so here, where it is neither text nor a command."""
        if key.key not in _ARROWS or key.is_forwarded or self.awaits_second_key:
            return key
        screen, board = self.screen, self.meeting_screen
        is_text = board.is_writing if screen is board else isinstance(self.focused, Input)
        asks_nothing = screen is board or isinstance(screen, FramedScreen)
        if is_text or not asks_nothing or key.key in screen.active_bindings:
            return key
        return events.Key(_ARROWS[key.key], None)

    def _take_second(self, key: events.Key) -> bool:
        if not self.awaits_second_key:
            return False
        self.await_second_key(False)
        if self.screen is not self.meeting_screen:
            return False  # a dialog came in between
        command_id = command_after_leader(key.key, key.character, self.commands)
        if command_id is None or not self.command(command_id):
            self._drop_waiting_keys()
        return True

    def _drop_waiting_keys(self) -> None:
        """Take what was typed behind a command that came to nothing for no commands.

        It may be what was to be searched for, or said.
        """
        self._is_dropping_keys = True
        self.call_later(self._take_keys_again)

    def _take_keys_again(self) -> None:
        self._is_dropping_keys = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if not self.meeting_screen.follow_ups.region.contains_point(event.screen_offset):
            self.await_second_key(False)

    def _item_at(self, number: str) -> str | None:
        place = int(number) if number.isascii() and number.isdigit() else 0
        agenda = self.meeting.agenda
        return agenda[place - 1].id if 0 < place <= len(agenda) else None

    def _do_slash(self, name: str, rest: str) -> None:
        command = BY_SLASH.get(name.lower())
        if command is not None:
            self.command(command.id, rest)
            return
        text = f"/{name} {rest}".rstrip()
        reason = no_command(name, self.commands.key(CommandId.HELP))
        self.meeting_screen.composer.refuse(text, reason)

    def on_composer_typing_changed(self, event: Composer.TypingChanged) -> None:
        # That one writes in private is nobody else's business.
        types = event.is_typing and self.conversations.current is None
        if types or self._told_of_typing:
            self._told_of_typing = types
            data = Typing.Data(room_id=self.meeting.meeting_id, is_typing=types)
            self.link.send(Typing(data=data))

    def on_composer_risen(self, event: Composer.Risen) -> None:
        event.deed()

    def on_panes_dragged(self) -> None:
        arranging.remember(self)

    def on_conversation_line_chosen(self, event: ConversationLine.Chosen) -> None:
        self.go_to(event.conversation)

    def _answer(self, message_id: str) -> None:
        line = message(self.shown, message_id)
        if line is not None:
            self.meeting_screen.write()
            self.meeting_screen.composer.reply_to = line

    def on_chat_pane_links_wanted(self) -> None:
        self.command(CommandId.LINK)

    def on_chat_pane_earlier_wanted(self) -> None:
        question = self._reading_back.question(self.meeting, self.clock())
        if question is not None and self.link.connection.phase is Phase.READY:
            self.post(question)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if isinstance(event.row_list, PresencePane):
            self.command(CommandId.DM)
        if not isinstance(event.row_list, AgendaPane):
            return
        decision = self.situation.decision
        if chosen_motion(event.key) is not None:
            self.command(CommandId.PUT if may_facilitate(self.meeting) else CommandId.SECOND)
        elif chosen_item(event.key) is not None:
            self.command(CommandId.TAKE_UP)
        elif decision is not None and (decision.is_open or decision.outcome is not None):
            self.command(CommandId.VOTE)
        else:
            self.command(CommandId.OPEN)

    def on_token_dialog_given(self, event: TokenDialog.Given) -> None:
        reason = self.link.give_token(event.token)
        if reason is not None:
            event.dialog.say(reason)

    def on_passphrase_dialog_given(self, event: PassphraseDialog.Given) -> None:
        self.link.unlock(event.passphrase)

    def on_devices_dialog_decided(self, event: DevicesDialog.Decided) -> None:
        decide_on_devices(self, event)

    def on_notices_screen_turned(self, event: NoticesScreen.Turned) -> None:
        self.attention.turn(event.number)
        self.redrawing.soon()

    def on_minutes_screen_refresh_wanted(self) -> None:
        self.command(CommandId.MINUTES)

    async def action_quit(self) -> None:
        """Textual's own key for it is ours, as long as it is the one for leaving."""
        if "ctrl+q" not in self.commands[CommandId.LEAVE].all_keys:
            self.action_help_quit()
        elif self.screen is self.meeting_screen:
            self.command(CommandId.LEAVE)
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C is for copying; say what leaves. Who is not in yet has nothing to copy."""
        if not self.is_let_in:
            self.leave()
            return
        self.tell(f"{self.commands.key(CommandId.LEAVE)} leaves the meeting.")
