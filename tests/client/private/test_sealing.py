"""Texts sealed to a device without a session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.sealing import seal_to
from boardroom_tui.client.private.unreadable import Reason, Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.limits import SEALED_CHARACTERS
from boardroom_tui.protocol.text import clean

PURPOSE = "comment on decision_1"
NOT_SEALED = Unreadable(Reason.NOT_SEALED)
ANA = Device.new("ana")


def sealed(text: str) -> str:
    made = seal_to(ANA.keys, text, PURPOSE)
    assert isinstance(made, str)
    return made


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_sealed_text_is_unsealed_clean(text: str) -> None:
    assert ANA.unseal(sealed(text), PURPOSE) == clean(text)


def test_all_sealed_texts_have_one_length_that_a_message_takes() -> None:
    lengths = {len(sealed(text)) for text in ("", "x", "\U0001f600" * 1_000, "\x80" * 900)}
    assert len(lengths) == 1
    assert lengths.pop() <= SEALED_CHARACTERS


def test_a_text_that_is_too_long_is_a_problem() -> None:
    assert seal_to(ANA.keys, "x" * 1_001, PURPOSE) == Problem(
        "at most 1,000 characters can be sealed: shorten it"
    )


@pytest.mark.parametrize("key", ["A" * 43, "A" * 42 + "B", "A"])
def test_a_key_that_makes_no_secret_is_a_problem(key: str) -> None:
    keys = ANA.keys.model_copy(update={"sealing_key": key})
    assert seal_to(keys, "x", PURPOSE) == Problem(
        f"nothing can be sealed to ana's device {ANA.keys.device_id}"
    )


def test_a_sealed_text_opens_for_its_device_and_its_purpose_alone() -> None:
    text = sealed("no")
    assert ANA.unseal(text, "comment on decision_2") == NOT_SEALED
    assert Device.new("ana").unseal(text, PURPOSE) == NOT_SEALED


def test_no_character_of_a_sealed_text_can_change() -> None:
    text = sealed("no")
    places = (*range(0, len(text), 97), *range(len(text) - 4, len(text)))
    for place in places:
        other = "B" if text[place] == "A" else "A"
        assert ANA.unseal(f"{text[:place]}{other}{text[place + 1 :]}", PURPOSE) == NOT_SEALED
    for cut in ("", text[:1], text[:43], text[:-1]):
        assert ANA.unseal(cut, PURPOSE) == NOT_SEALED


def test_the_device_is_the_same_after_a_restart() -> None:
    text = sealed("no")
    again = Device.load(ANA.dump())
    assert isinstance(again, Device)
    assert again.unseal(text, PURPOSE) == "no"
