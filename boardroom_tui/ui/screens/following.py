"""What every screen that follows the meeting has in common."""

from boardroom_tui.ui.screens.scene import Scene


class Following:
    """A screen or a dialog that is handed each new scene while it is in front."""

    def show(self, scene: Scene) -> None:
        """Show the meeting as it is by now."""
        raise NotImplementedError
