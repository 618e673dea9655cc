"""What becomes of the word in front of the cursor: one chooses, or Tab ends a name begun by it."""

from collections.abc import Callable

from textual.widgets import TextArea

from boardroom_tui.ui.widgets.choices import Choice, ChoiceList, Offer
from boardroom_tui.ui.widgets.composer_field import ComposerField


class Choosing:
    """Between a field, the list that lies above it, and the keys by which one chooses."""

    def __init__(
        self, field: ComposerField, choices: ChoiceList, remark: Callable[[str], None]
    ) -> None:
        """`remark` says below the field why nothing became of a word."""
        self._field = field
        self._choices = choices
        self._remark = remark
        self.offer: Callable[[str, int], Offer | None] = lambda _text, _cursor: None
        """What the word in front of the cursor may become: of a text, and the cursor's place."""
        self.named: Callable[[str, int], Offer | None] = lambda _text, _cursor: None
        """Whom the word in front of the cursor may begin to name; None where there is no word."""
        self._put_off: Offer | None = None

    def take_key(self, key: str) -> bool:
        """Take a key by which one chooses; of the text as it stands, whatever is drawn by now."""
        choices = self._choices
        match key:
            case "tab":
                offered = self._offered()
                if offered is not None:
                    same = offered == choices.offered
                    self._put(offered, offered.choices[choices.place if same else 0])
                return offered is not None or self._end_name()
            case "enter" if choices.was_moved and choices.offered == self._offered():
                return self.take_key("tab")
            case "up" | "down" if choices.is_open:
                choices.move(-1 if key == "up" else 1)
                return True
            case "escape" if choices.is_open:
                self._put_off = choices.offered
                self.close()
                return True
            case _:
                return False

    def write_without(self, letter: str) -> bool:
        """Do as Escape and a letter do where a list is open: close it and write; whether one is."""
        if not self._choices.is_open:
            return False

        def write() -> None:
            self.take_key("escape")
            self._field.put_in_place(self._field.cursor_place, self._field.cursor_place, letter)

        self._field.in_turn(write)
        return True

    def take(self, choice: Choice) -> None:
        """Make this of the word for which it is offered."""
        if self._choices.offered is not None:
            self._put(self._choices.offered, choice)

    def show(self) -> None:
        """Offer what may be chosen for the text as it stands."""
        offered = self._offered()
        is_typing = self._field.has_focus and self._field.was_typed
        self._choices.offered = offered if is_typing else None
        # Where the cursor is matters to the list alone; without it no key has to tell.
        tell = (
            self._field.enable_messages if self._choices.is_open else self._field.disable_messages
        )
        tell(TextArea.SelectionChanged)

    def go_on(self) -> None:
        """The cursor is elsewhere: offer what may be chosen there, if there is a list."""
        if self._choices.is_open:
            self.show()

    def close(self) -> None:
        """Offer nothing any more."""
        self._choices.offered = None

    def _end_name(self) -> bool:
        """Make of a word the member's name that it begins, or say why not; whether it is a word.

        Where it may be several, they are offered.
        """
        field = self._field
        found = self.named(field.text, field.cursor_place) if field.selection.is_empty else None
        if found is None:
            return False
        if len(found.choices) == 1:
            self._put(found, found.choices[0])
            return True
        word = field.text[found.start : found.end]
        if found.choices:
            field.put_in_place(found.start, found.end, f"@{word}")
        else:
            self._remark(f"Nobody else’s name begins with “{word}”.")
        return True

    def _offered(self) -> Offer | None:
        """What may be chosen now; nothing where one closed the list on this very word."""
        field = self._field
        found = self.offer(field.text, field.cursor_place) if field.selection.is_empty else None
        if found is None or self._put_off is None or found.start != self._put_off.start:
            self._put_off = None
            return found
        return None

    def _put(self, offered: Offer, choice: Choice) -> None:
        """Put a choice in place of its word."""
        blank = self._field.text[offered.end : offered.end + 1] == " "
        text = choice.text.rstrip(" ") if blank else choice.text
        self._field.put_in_place(offered.start, offered.end, text)
