"""How far apart two colours are, by the formula of WCAG 2: 1 is not at all, 21 black on white."""

from textual.color import Color


def contrast(one: Color, other: Color) -> float:
    """The contrast of a text and its ground, in whichever order."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in colour.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
