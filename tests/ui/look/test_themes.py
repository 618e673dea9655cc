"""The themes: enough of them, and in each everything can be read."""

import pytest
from textual.color import Color
from textual.theme import Theme

from boardroom_tui.ui.look.theme_names import DESCRIPTIONS, ThemeName
from boardroom_tui.ui.look.themes import CONTRAST, OTHER, THEMES
from boardroom_tui.ui.widgets.name_colour import colour_of
from tests.ui.look.contrast import contrast

LEAST, LEAST_HIGH = 4.5, 7.0
TEXTS = ("foreground", "dim", "primary", "secondary", "accent", "success", "warning", "error")
GROUNDS = ("background", "surface", "panel", "bar", "block-cursor-background")


def colours(theme: Theme) -> dict[str, str]:
    return theme.to_color_system().generate() | theme.variables


def unreadable(theme: Theme, pairs: list[tuple[str, str]]) -> list[str]:
    """The pairs of text and ground with too little contrast."""
    least = LEAST_HIGH if theme is CONTRAST else LEAST
    found: list[str] = []
    for text, ground in pairs:
        below = Color.parse(ground)
        measured = contrast(below + Color.parse(text), below)
        if measured < least:
            found.append(f"{text} on {ground}: {measured:.1f}")
    return found


def test_there_are_dark_themes_and_light_ones_and_one_of_high_contrast() -> None:
    assert [theme.name for theme in THEMES] == list(ThemeName) == list(DESCRIPTIONS)
    assert sum(theme.dark for theme in THEMES if theme is not CONTRAST) >= 2
    assert sum(not theme.dark for theme in THEMES) >= 2


def test_a_switch_leads_from_each_theme_to_one_of_the_other_kind() -> None:
    dark = {theme.name: theme.dark for theme in THEMES}
    for before, after in OTHER.items():
        assert dark[before] is not dark[after]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    known = colours(theme)
    pairs = [(known[text], known[ground]) for text in TEXTS for ground in GROUNDS]
    pairs.append((known["block-cursor-foreground"], known["block-cursor-background"]))
    assert unreadable(theme, pairs) == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_name_can_be_read_where_names_stand(theme: Theme) -> None:
    known = colours(theme)
    names = {colour_of(f"user_{number}", theme.dark) for number in range(200)}
    grounds = [known[one] for one in ("background", "surface", "block-cursor-background")]
    assert unreadable(theme, [(name, ground) for name in names for ground in grounds]) == []


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("boardroom-night", ThemeName.NIGHT),
        (" Mist ", ThemeName.MIST),
        ("contrast", ThemeName.CONTRAST),
        ("solarised", None),
    ],
)
def test_a_theme_is_named_in_full_or_short(name: str, theme: ThemeName | None) -> None:
    assert ThemeName.named(name) is theme
