"""The terminal client, playing a recorded meeting."""

from datetime import tzinfo

from boardroom_tui.replay.bar import Position, ReplayBar
from boardroom_tui.replay.link import ReplayLink
from boardroom_tui.replay.screen import PLAYING, ReplayScreen
from boardroom_tui.replay.track import track
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.help_page import Help
from boardroom_tui.ui.screens.help import HelpScreen
from boardroom_tui.ui.screens.meeting import MeetingScreen
from boardroom_tui.ui.settings import Settings
from boardroom_tui.ui.situation import Situation


class ReplayApp(BoardroomApp):
    """A meeting whose clock is the recorded one's."""

    def __init__(
        self,
        link: ReplayLink,
        meeting_id: str,
        *,
        zone: tzinfo | None = None,
        settings: Settings | None = None,
    ) -> None:
        """`zone` is where times are shown, None this machine's; `settings` are the user's."""
        self._replay = link
        super().__init__(link, meeting_id, clock=link.moment, zone=zone, settings=settings)

    def _make_screen(self) -> MeetingScreen:
        line = track(self._replay.player.timeline)
        self._replay_screen = ReplayScreen(self.scene(), line, self.commands, zone=self.zone)
        self._replay_screen.control = self._replay.control
        return self._replay_screen

    def help_screen(self, situation: Situation) -> HelpScreen:
        """Instead of how one writes, how one plays."""
        return HelpScreen(Help(situation, self.commands, "Replay", PLAYING))

    def _pass_time(self) -> None:
        super()._pass_time()
        self._show_position()

    def _redraw(self) -> None:
        super()._redraw()
        self._show_position()

    def _show_position(self) -> None:
        self._replay_screen.show_position(Position(self._replay.player, self._replay.moment()))

    def on_replay_bar_clicked(self, event: ReplayBar.Clicked) -> None:
        self._replay.go_to(event.place)
