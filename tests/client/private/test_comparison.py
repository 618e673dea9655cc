"""The code that two people read to each other."""

import re

import pytest

from boardroom_tui.client.private.comparison import comparison_code, short_id
from boardroom_tui.client.private.device import Device

ANA, BEN = Device.new("ana").keys, Device.new("ben").keys


def test_both_sides_see_the_same_six_groups_of_five_digits() -> None:
    code = comparison_code(ANA, BEN)
    assert re.fullmatch(r"\d{5}( \d{5}){5}", code)
    assert comparison_code(BEN, ANA) == code


def test_the_prefix_of_a_user_id_makes_no_difference() -> None:
    prefixed = ANA.model_copy(update={"user_id": "user_ana"})
    assert comparison_code(prefixed, BEN) == comparison_code(ANA, BEN)


@pytest.mark.parametrize("field", ["user_id", "signing_key", "identity_key"])
def test_anothers_keys_or_name_change_the_code(field: str) -> None:
    mallory = Device.new("mallory").keys
    changed = BEN.model_copy(update={field: getattr(mallory, field)})
    assert comparison_code(ANA, changed) != comparison_code(ANA, BEN)


def test_the_code_is_this_one_for_these_keys_wherever_it_is_computed() -> None:
    ana = ANA.model_copy(update={"signing_key": "A" * 43, "identity_key": "B" * 42 + "A"})
    ben = BEN.model_copy(update={"signing_key": "C" * 42 + "A", "identity_key": "D" * 42 + "A"})
    assert comparison_code(ana, ben) == "71435 83298 92462 61480 80900 22473"
    assert short_id(ana) == "b445 b319"


def test_short_ids_tell_devices_apart() -> None:
    assert re.fullmatch(r"[0-9a-f]{4} [0-9a-f]{4}", short_id(ANA))
    assert short_id(ANA) != short_id(BEN)
