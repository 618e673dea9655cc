"""Somebody's devices: each can be chosen, and the dialog stays to show what came of a decision."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from boardroom_tui.client.private.updates import PrivateStands
from boardroom_tui.protocol.correspondents import (
    Correspondent,
    DeviceView,
    Obstacle,
    Readiness,
)
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.screens.devices_dialog import DevicesDialog
from tests.ui.private_scenes import CODE, device, stands
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import ScriptedLink
from tests.ui.test_app import toasts


def has(user: str, *devices: DeviceView, obstacle: Obstacle | None = None) -> PrivateStands:
    """All is well, and this user has these devices."""
    told = stands()
    known = {**told.correspondents, user: Correspondent(user, devices, obstacle)}
    return replace(told, correspondents=known)


async def looking_at(
    app: BoardroomApp, link: ScriptedLink, pilot: Pilot[str | None], told: PrivateStands, whom: str
) -> None:
    """The dialog about somebody, where private messages stand like this."""
    link.tell(told)
    await until(pilot, lambda: bool(app.conversations.privacy.correspondents))
    app.clear_notifications()
    await pilot.press(*f"/devices {whom}", "enter")
    await until(pilot, lambda: isinstance(app.screen, DevicesDialog))
    await pilot.pause()


async def test_the_code_of_the_device_that_is_chosen_is_marked() -> None:
    told = has("3", device("3"), device("3", 2))
    async with at_the_meeting() as (app, link, pilot):
        await looking_at(app, link, pilot, told, "priya")
        assert "▸ Device a1b2 c3d4" in screen_text(app)
        assert "a1b2 c3d4 matches · c" in screen_text(app)
        await pilot.press("down")
        await until(pilot, lambda: "a2b2 c3d4 matches · c" in screen_text(app))
        assert "▸ Device a2b2 c3d4" in screen_text(app)
        await pilot.press("c")
        await until(pilot, lambda: ("compared", "3 device_3_2") in link.done)


async def test_what_came_of_a_decision_is_shown_and_the_next_key_is_no_command() -> None:
    new = device("3", 2, accepted=False)
    told = has("3", device("3"), new, obstacle=Obstacle.NEW_DEVICE)
    async with at_the_meeting() as (app, link, pilot):
        await looking_at(app, link, pilot, told, "priya")
        assert "▸ Device a2b2 c3d4" in screen_text(app)
        await pilot.press("a")
        await until(pilot, lambda: link.done[-1][0] == "accept")
        assert "! not accepted yet" in screen_text(app)
        link.tell(has("3", device("3"), replace(new, accepted=True)))
        await until(pilot, lambda: "! not accepted yet" not in screen_text(app))
        assert "▸ Device a2b2 c3d4  ● accepted" in screen_text(app)
        await pilot.press("c")
        await until(pilot, lambda: ("compared", "3 device_3_2") in link.done)
        assert isinstance(app.screen, DevicesDialog)
        assert toasts(app) == []


async def test_of_one_s_own_devices_one_is_told_to_remove_and_not_to_ask() -> None:
    new = replace(device("1", 2, accepted=False), own=False)
    told = has("1", device("1"), new, obstacle=Obstacle.NEW_DEVICE)
    async with at_the_meeting() as (app, link, pilot):
        await looking_at(app, link, pilot, told, "")
        shown = screen_text(app)
        assert "A device of yours is new. If it is not yours, remove it." in shown
        assert "Ask them" not in shown
        await pilot.press("r")
        await until(pilot, lambda: ("remove", "device_1_2") in link.done)


async def test_what_can_be_decided_is_in_sight_on_a_small_screen() -> None:
    other = replace(device("1", 2), own=False, code=CODE)
    async with at_the_meeting(size=(60, 20)) as (app, link, pilot):
        await looking_at(app, link, pilot, has("1", device("1"), other), "")
        assert "a2b2 c3d4 matches · c" in screen_text(app)
        assert "Remove · r" in screen_text(app)


async def test_of_somebody_without_a_device_no_code_is_asked_for() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await looking_at(app, link, pilot, stands(user_3=Obstacle.NO_DEVICE), "priya")
        assert "There is no device yet" in screen_text(app)
        assert "Read the code" not in screen_text(app)


@pytest.mark.parametrize("readiness", [Readiness.LOCKED, Readiness.UNPROTECTED])
async def test_while_the_keys_are_locked_away_it_says_what_opens_them(
    readiness: Readiness,
) -> None:
    async with at_the_meeting() as (app, link, pilot):
        await looking_at(app, link, pilot, stands(readiness), "priya")
        assert "/unlock opens your keys; then devices are shown." in screen_text(app)
        assert "Read the code" not in screen_text(app)


async def test_in_a_room_whoever_was_not_compared_is_looked_at() -> None:
    told = has("2", replace(device("2"), compared=True))
    async with at_the_meeting() as (app, link, pilot):
        link.tell(told)
        await until(pilot, lambda: bool(app.conversations.privacy.correspondents))
        await pilot.press(*"/private daniel, priya", "enter")
        await until(pilot, lambda: app.conversations.current == ("1", "2", "3"))
        await pilot.press(*"/devices", "enter")
        await until(pilot, lambda: link.done[-1] == ("look at", "3"))
