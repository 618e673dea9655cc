"""A device: what it signs, its sessions, and what it keeps."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import ValidationError

from boardroom_tui.client.private.device import (
    Device,
    _Kept,  # pyright: ignore[reportPrivateUsage]
)
from boardroom_tui.client.private.genuine import is_genuine, is_genuine_key
from boardroom_tui.client.private.unreadable import Reason, Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.unpadded import decoded, encoded
from tests.client.private.correspondents import each_replaced, introduce, restarted
from tests.client.private.forged_olm import Forger

NO_SESSION = Unreadable(Reason.NO_SESSION)
_SIGNED = ("user_id", "device_id", "identity_key", "signing_key", "sealing_key", "signature")


@pytest.fixture
def ana() -> Device:
    return Device.new("ana")


@pytest.fixture
def ben() -> Device:
    return Device.new("user_ben")


def sent(sender: Device, receiver: Device, plaintext: bytes) -> tuple[int, str]:
    encrypted = sender.encrypt(receiver.keys, plaintext)
    assert not isinstance(encrypted, Problem)
    return encrypted


def read(receiver: Device, sender: Device, message: tuple[int, str]) -> bytes | Unreadable:
    return receiver.decrypt(sender.keys, *message)


def test_two_devices_of_one_user_differ_in_id_and_keys() -> None:
    one, other = Device.new("ana").keys, Device.new("ana").keys
    assert all(
        getattr(one, field) != getattr(other, field) for field in _SIGNED if field != "user_id"
    )


@pytest.mark.parametrize("field", _SIGNED)
def test_no_character_of_a_devices_signed_keys_can_change(ana: Device, field: str) -> None:
    assert is_genuine(ana.keys)
    for changed in each_replaced(getattr(ana.keys, field)):
        assert not is_genuine(ana.keys.model_copy(update={field: changed}))


@pytest.mark.parametrize("field", ["key_id", "key", "signature"])
def test_no_character_of_a_one_time_key_can_change(ana: Device, field: str) -> None:
    (key,) = ana.new_one_time_keys(1)
    assert is_genuine_key(ana.keys, key)
    for changed in each_replaced(getattr(key, field)):
        assert not is_genuine_key(ana.keys, key.model_copy(update={field: changed}))


def test_a_signature_of_another_devices_is_not_genuine(ana: Device, ben: Device) -> None:
    (key,) = ben.new_one_time_keys(1)
    assert not is_genuine_key(ana.keys, key)
    assert not is_genuine(ana.keys.model_copy(update={"signature": ben.keys.signature}))


def test_one_time_keys_are_handed_out_once_each(ana: Device) -> None:
    keys = (*ana.new_one_time_keys(3), *ana.new_one_time_keys(2), ana.new_fallback_key())
    assert len({key.key for key in keys}) == 6


def test_what_is_encrypted_in_a_begun_session_is_read_and_answered(
    ana: Device, ben: Device
) -> None:
    introduce(ana, ben)
    assert ana.has_session(ben.keys)
    assert not ben.has_session(ana.keys)
    first = sent(ana, ben, b"hello")
    assert first[0] == 0
    assert read(ben, ana, first) == b"hello"
    answer = sent(ben, ana, b"good day")
    assert answer[0] == 1
    assert read(ana, ben, answer) == b"good day"


def test_a_key_that_the_device_did_not_sign_begins_no_session(ana: Device, ben: Device) -> None:
    (key,) = Device.new("mallory").new_one_time_keys(1)
    assert ana.begin(ben.keys, key) == Problem(
        f"the server gave a key for user_ben's device {ben.keys.device_id} that it did not sign"
    )
    assert not ana.has_session(ben.keys)


def test_without_a_session_nothing_is_encrypted(ana: Device, ben: Device) -> None:
    assert ana.encrypt(ben.keys, b"hello") == Problem(
        f"there is no session with user_ben's device {ben.keys.device_id}"
    )


def test_first_messages_that_cross_are_both_read_and_answered(ana: Device, ben: Device) -> None:
    introduce(ana, ben)
    introduce(ben, ana)
    hers, his = sent(ana, ben, b"ana's"), sent(ben, ana, b"ben's")
    assert read(ana, ben, his) == b"ben's"
    assert read(ben, ana, hers) == b"ana's"
    for number in range(3):
        assert read(ben, ana, sent(ana, ben, b"from ana %d" % number)) == b"from ana %d" % number
        assert read(ana, ben, sent(ben, ana, b"from ben %d" % number)) == b"from ben %d" % number


def test_a_message_under_anothers_keys_is_unreadable_and_still_readable_under_its_own(
    ana: Device, ben: Device
) -> None:
    introduce(ana, ben)
    message = sent(ana, ben, b"hello")
    mallory = Device.new("mallory")
    assert read(ben, mallory, message) == NO_SESSION
    assert read(ben, ana, message) == b"hello"


@pytest.mark.parametrize("later", [False, True])
def test_no_character_of_a_message_can_change_what_it_says(
    ana: Device, ben: Device, later: bool
) -> None:
    """Olm's encoding can be written otherwise in places, and then says the same."""
    introduce(ana, ben)
    if later:
        read(ben, ana, sent(ana, ben, b"first"))
        read(ana, ben, sent(ben, ana, b"second"))
    kind, ciphertext = sent(ana, ben, b"hello")
    for changed in each_replaced(ciphertext):
        opened = restarted(ben).decrypt(ana.keys, kind, changed)
        assert isinstance(opened, Unreadable) or opened == b"hello"
        assert restarted(ben).decrypt(ana.keys, 1 - kind, changed) == NO_SESSION
    assert ben.decrypt(ana.keys, kind, ciphertext) == b"hello"


@pytest.mark.parametrize("ciphertext", ["", "A", "AAAA", "Aw", "Aw" * 500, "é", "A\n", "AA=="])
def test_what_is_no_olm_message_is_unreadable(ana: Device, ben: Device, ciphertext: str) -> None:
    for kind in (0, 1, 2):
        assert ben.decrypt(ana.keys, kind, ciphertext) == NO_SESSION


def test_what_is_on_its_way_in_an_older_session_is_read_beside_a_new_one(
    ana: Device, ben: Device
) -> None:
    introduce(ana, ben)
    read(ben, ana, sent(ana, ben, b"hello"))
    on_its_way = sent(ben, ana, b"not too late")
    introduce(ana, ben)
    assert read(ana, ben, on_its_way) == b"not too late"


def test_a_session_begun_anew_is_written_in_at_once(ana: Device, ben: Device) -> None:
    introduce(ana, ben)
    read(ben, ana, sent(ana, ben, b"hello"))
    read(ana, ben, sent(ben, ana, b"good day"))
    introduce(ana, ben)
    kind, _ = renewal = sent(ana, ben, b"again")
    assert kind == 0
    assert read(ben, ana, renewal) == b"again"


def test_the_session_in_which_the_other_side_was_last_heard_is_written_in(
    ana: Device, ben: Device
) -> None:
    introduce(ana, ben)
    read(ben, ana, sent(ana, ben, b"hello"))
    answer = sent(ben, ana, b"in the older one")
    introduce(ana, ben)
    assert sent(ana, ben, b"in the newer one")[0] == 0
    assert read(ana, ben, answer) == b"in the older one"
    kind, _ = message = sent(ana, ben, b"in the older one too")
    assert kind == 1
    assert read(ben, ana, message) == b"in the older one too"


def test_five_sessions_with_a_device_are_kept(ana: Device, ben: Device) -> None:
    messages: list[tuple[int, str]] = []
    for number in range(7):
        introduce(ana, ben)
        assert read(ben, ana, sent(ana, ben, b"first")) == b"first"
        messages.append(sent(ana, ben, b"in session %d" % number))
    assert [read(restarted(ben), ana, message) for message in messages] == [
        NO_SESSION,
        NO_SESSION,
        *(b"in session %d" % number for number in range(2, 7)),
    ]


def test_a_first_message_to_a_fallback_key_is_read_once_even_when_its_session_has_ended(
    ana: Device, ben: Device
) -> None:
    assert ana.begin(ben.keys, ben.new_fallback_key()) is None
    message = sent(ana, ben, b"hello")
    assert read(ben, ana, message) == b"hello"
    for _ in range(5):
        introduce(ana, ben)
        read(ben, ana, sent(ana, ben, b"another"))
    assert read(ben, ana, message) == NO_SESSION
    assert read(restarted(ben), ana, message) == NO_SESSION


def test_the_fallback_key_before_the_last_still_works(ana: Device, ben: Device) -> None:
    older = ben.new_fallback_key()
    ben.new_fallback_key()
    assert ana.begin(ben.keys, older) is None
    assert read(ben, ana, sent(ana, ben, b"hello")) == b"hello"


def test_a_restarted_device_is_the_same(ana: Device, ben: Device) -> None:
    introduce(ana, ben)
    ana, ben = restarted(ana), restarted(ben)
    assert read(ben, ana, sent(ana, ben, b"hello")) == b"hello"
    assert restarted(ben).keys == ben.keys
    assert restarted(ben).has_session(ana.keys)


def test_a_devices_dump_that_was_cut_is_a_problem(ana: Device, ben: Device) -> None:
    introduce(ana, ben)
    dumped = ana.dump()
    for length in range(0, len(dumped), 7):
        assert Device.load(dumped[:length]) == Problem(
            "what is kept of this device's keys is damaged"
        )


def test_a_devices_secrets_are_in_no_repr(ana: Device, ben: Device) -> None:
    introduce(ana, ben)
    kept = _Kept.model_validate_json(ana.dump())
    secrets = (kept.account, kept.sealing_key, *kept.sessions[0].opened)
    assert not any(secret in f"{ana!r} {kept!r}" for secret in secrets)
    with pytest.raises(ValidationError) as caught:
        _Kept.model_validate_json(ana.dump().replace(b"userId", b"nobody"))
    assert kept.sealing_key not in str(caught.value)


def test_a_peer_whose_keys_make_no_secret_is_a_problem(ana: Device) -> None:
    mallory = Device.new("mallory")
    (key,) = mallory.new_one_time_keys(1)
    zero = mallory.keys.model_copy(update={"identity_key": "A" * 43})
    assert ana.begin(zero, key) == Problem(
        f"no session can be begun with mallory's device {mallory.keys.device_id}"
    )


def test_other_keys_under_a_devices_id_have_no_part_in_its_sessions(
    ana: Device, ben: Device
) -> None:
    introduce(ana, ben)
    other = Device.new("user_ben").keys
    changed = DeviceKeys.model_validate({**other.model_dump(), "deviceId": ben.keys.device_id})
    assert not ana.has_session(changed)


def forged_session(forger: Forger, keys: DeviceKeys, ben: Device, ratchet_key: bytes) -> None:
    """Have Ben's device take up a session in which the other side chose this ratchet key."""
    (once,) = ben.new_one_time_keys(1)
    identity_key, one_time_key = decoded(ben.keys.identity_key), decoded(once.key)
    assert identity_key is not None
    assert one_time_key is not None
    message = forger.first_message(identity_key, one_time_key, ratchet_key, b"hello")
    assert ben.decrypt(keys, 0, encoded(message)) == b"hello"


def test_a_ratchet_key_that_makes_no_secret_ends_its_session_and_no_other(ben: Device) -> None:
    forger = Forger(X25519PrivateKey.generate())
    mallory = Device.new("mallory").keys.model_copy(
        update={"identity_key": encoded(forger.identity.public_key().public_bytes_raw())}
    )
    forged_session(forger, mallory, ben, bytes(32))
    assert ben.encrypt(mallory, b"answer") == Problem(
        f"there is no session with mallory's device {mallory.device_id}"
    )
    assert not ben.has_session(mallory)
    honest = X25519PrivateKey.generate().public_key().public_bytes_raw()
    forged_session(forger, mallory, ben, honest)
    forged_session(forger, mallory, ben, bytes(32))
    assert not isinstance(ben.encrypt(mallory, b"answer"), Problem)
    assert ben.has_session(mallory)
