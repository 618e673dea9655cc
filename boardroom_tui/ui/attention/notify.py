"""What people wish of the ways in which the program calls for them: `[notify]` of the settings."""

from collections.abc import Iterable
from typing import Annotated, cast

from pydantic import BeforeValidator, Field, InstanceOf
from pydantic_core import PydanticCustomError

from boardroom_tui.state.concern import Concern
from boardroom_tui.toml_tables import UNFIT, Table, shown, suggestion
from boardroom_tui.ui.attention.quiet import QuietHours

_SWITCH = "true or false"


def _hours(value: object) -> QuietHours:
    hours = QuietHours.read(value) if isinstance(value, str) else value
    if not isinstance(hours, QuietHours):
        raise ValueError
    return hours


def _concerns(value: object) -> frozenset[Concern]:
    if not isinstance(value, list | frozenset):
        raise ValueError
    known = tuple(Concern)
    for one in cast("Iterable[object]", value):
        if one not in known:
            hint = suggestion(str(one), known)
            raise PydanticCustomError(
                UNFIT, "{word} is not known here; {hint}", {"word": shown(one), "hint": hint}
            )
    return frozenset(Concern(one) for one in cast("Iterable[object]", value))


class Notify(Table):
    """Which ways are used, when, and for what."""

    bell: bool = Field(default=True, description=_SWITCH)
    desktop: bool = Field(default=True, description=_SWITCH)
    title: bool = Field(default=True, description=_SWITCH)
    """Whether the terminal's title is the meeting's, with the number of what is unread."""
    quiet: Annotated[InstanceOf[QuietHours], BeforeValidator(_hours)] | None = Field(
        default=None, description='hours like "22:00-07:00"'
    )
    """When there is neither bell nor desktop notification."""
    about: Annotated[InstanceOf[frozenset[Concern]], BeforeValidator(_concerns)] = Field(
        default=frozenset(Concern), description=f"an array of {', '.join(Concern)}"
    )
    """What one wants to be called for; all else is only shown."""
