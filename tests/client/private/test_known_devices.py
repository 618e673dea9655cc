"""Which devices were seen before, and what keeps one from writing to somebody."""

import pytest

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.genuine import is_genuine
from boardroom_tui.client.private.known_devices import KnownDevices, Obstacle, fingerprint
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.statements import device_statement


def a_device(user_id: str = "ana", device_id: str | None = None) -> DeviceKeys:
    """A genuine device, under a chosen id if need be."""
    device = Device.new(user_id)
    if device_id is None:
        return device.keys
    renamed = device.keys.model_copy(update={"device_id": device_id})
    signature = device._account.sign(device_statement(renamed)).to_base64()  # pyright: ignore[reportPrivateUsage]
    return renamed.model_copy(update={"signature": signature})


LAPTOP, PHONE = a_device(), a_device()
CHANGED = a_device(device_id=LAPTOP.device_id)
SEEN = KnownDevices().listed("ana", [LAPTOP])


def looked_at(known: KnownDevices, user_id: str = "ana") -> KnownDevices:
    """Somebody has looked at all that waits."""
    return known.accepted(user_id, [fingerprint(keys) for keys in known.waiting(user_id)])


def test_nothing_is_written_to_a_user_without_a_device() -> None:
    known = KnownDevices().listed("ana", [])
    assert known.obstacle("ana") == Obstacle.NO_DEVICE
    assert KnownDevices().obstacle("ana") == Obstacle.UNKNOWN
    assert known.receivers("ana") == ()


def test_the_first_devices_of_a_user_are_accepted_also_after_an_empty_list() -> None:
    known = KnownDevices().listed("ana", []).listed("ana", [LAPTOP, PHONE])
    assert known.receivers("ana") == (LAPTOP, PHONE)
    assert known.obstacle("ana") is None
    assert known.waiting("ana") == ()


def test_a_new_device_waits_until_the_user_has_looked() -> None:
    known = SEEN.listed("ana", [LAPTOP, PHONE])
    assert known.obstacle("ana") == Obstacle.NEW_DEVICE
    assert known.waiting("ana") == (PHONE,)
    assert known.receivers("ana") == (LAPTOP,)
    assert known.find("ana", PHONE.device_id) == PHONE
    looked = looked_at(known)
    assert looked.obstacle("ana") is None
    assert looked.receivers("ana") == (LAPTOP, PHONE)


def test_other_keys_under_a_known_id_wait_and_then_replace_it() -> None:
    known = SEEN.compared("ana", LAPTOP.device_id).listed("ana", [CHANGED, PHONE])
    assert is_genuine(CHANGED)
    assert known.obstacle("ana") == Obstacle.CHANGED_DEVICE
    assert known.receivers("ana") == ()
    assert not known.is_compared("ana", LAPTOP.device_id)
    looked = looked_at(known)
    assert looked.receivers("ana") == (CHANGED, PHONE)
    assert not looked.is_compared("ana", CHANGED.device_id)
    assert looked.listed("ana", [LAPTOP]).obstacle("ana") == Obstacle.CHANGED_DEVICE


def test_a_device_whose_old_keys_come_back_before_anybody_looked_is_what_it_was() -> None:
    known = SEEN.compared("ana", LAPTOP.device_id)
    assert known.listed("ana", [CHANGED]).listed("ana", [LAPTOP]) == known


def test_other_keys_that_took_the_id_of_one_that_was_shown_still_wait() -> None:
    shown = SEEN.listed("ana", [LAPTOP, PHONE])
    exchanged = a_device(device_id=PHONE.device_id)
    looked = shown.listed("ana", [LAPTOP, exchanged]).accepted("ana", [fingerprint(PHONE)])
    assert looked.waiting("ana") == (exchanged,)
    assert looked.receivers("ana") == (LAPTOP,)


def test_of_two_that_wait_only_the_one_that_was_shown_is_accepted() -> None:
    other = a_device()
    known = SEEN.listed("ana", [LAPTOP, PHONE, other]).accepted("ana", [fingerprint(PHONE)])
    assert known.receivers("ana") == (LAPTOP, PHONE)
    assert known.waiting("ana") == (other,)


def test_a_device_that_was_gone_has_to_be_looked_at_when_it_comes_back() -> None:
    both = looked_at(SEEN.listed("ana", [LAPTOP, PHONE])).compared("ana", LAPTOP.device_id)
    gone = both.listed("ana", [PHONE])
    assert gone.receivers("ana") == (PHONE,)
    assert gone.find("ana", LAPTOP.device_id) == LAPTOP
    back = gone.listed("ana", [LAPTOP, PHONE])
    assert back.obstacle("ana") == Obstacle.NEW_DEVICE
    assert back.receivers("ana") == (PHONE,)
    assert looked_at(back).receivers("ana") == (LAPTOP, PHONE)
    assert not looked_at(back).is_compared("ana", LAPTOP.device_id)
    assert gone.listed("ana", [CHANGED, PHONE]).obstacle("ana") == Obstacle.CHANGED_DEVICE


def test_a_user_all_of_whose_devices_were_exchanged_is_not_seen_for_the_first_time_again() -> None:
    known = SEEN.listed("ana", [PHONE])
    assert known.obstacle("ana") == Obstacle.NEW_DEVICE
    assert known.listed("ana", [LAPTOP]).obstacle("ana") == Obstacle.NEW_DEVICE


def test_an_empty_list_takes_nobodys_trust_away() -> None:
    known = SEEN.compared("ana", LAPTOP.device_id)
    assert known.listed("ana", []).listed("ana", [LAPTOP]) == known


def test_a_user_all_of_whose_devices_are_gone_is_not_seen_for_the_first_time_again() -> None:
    known = SEEN.listed("ana", [])
    assert known.obstacle("ana") == Obstacle.NO_DEVICE
    assert known.listed("ana", [PHONE]).obstacle("ana") == Obstacle.NEW_DEVICE


def test_forged_devices_and_anothers_are_left_out() -> None:
    forged = PHONE.model_copy(update={"sealing_key": LAPTOP.sealing_key})
    known = KnownDevices().listed("ana", [forged, a_device("ben"), LAPTOP])
    assert known.receivers("ana") == (LAPTOP,)
    assert known.obstacle("ana") is None


def test_of_two_devices_under_one_id_the_first_counts() -> None:
    assert KnownDevices().listed("ana", [LAPTOP, CHANGED]).receivers("ana") == (LAPTOP,)


def test_a_user_is_the_same_with_and_without_prefix() -> None:
    mine = a_device("user_ana")
    known = looked_at(SEEN.listed("user_ana", [LAPTOP, mine]))
    assert known.receivers("user_ana") == known.receivers("ana") == (LAPTOP, mine)


def test_users_have_nothing_to_do_with_each_other() -> None:
    ben = a_device("ben")
    known = SEEN.listed("ben", [ben]).listed("ana", [LAPTOP, PHONE])
    assert known.obstacle("ben") is None
    assert known.receivers("ben") == (ben,)
    assert known.find("ben", LAPTOP.device_id) is None


@pytest.mark.parametrize("device_id", [PHONE.device_id, "device_unknown"], ids=["new", "unknown"])
def test_only_an_accepted_device_counts_as_compared(device_id: str) -> None:
    known = SEEN.listed("ana", [LAPTOP, PHONE])
    assert not looked_at(known.compared("ana", device_id)).is_compared("ana", device_id)
    compared = looked_at(known.compared("ana", LAPTOP.device_id))
    assert compared.is_compared("ana", LAPTOP.device_id)


def test_what_is_known_comes_back_from_json() -> None:
    known = SEEN.listed("ana", [LAPTOP, PHONE]).compared("ana", LAPTOP.device_id)
    assert KnownDevices.model_validate_json(known.model_dump_json()) == known


def test_an_id_that_is_nothing_but_a_prefix_is_no_exception() -> None:
    known = KnownDevices().listed("user_", [a_device("user_")])
    assert known.obstacle("user_") is None
