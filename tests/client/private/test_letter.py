"""Letters: closed for some devices, opened by them and by nobody else."""

import secrets
from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.letter import Letter, among, close, open_letter, written
from boardroom_tui.client.private.unreadable import Reason, Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.limits import (
    CHAT_CHARACTERS,
    DEVICES_PER_MESSAGE,
    FRAME_BYTES,
    IDENTIFIER_CHARACTERS,
    MESSAGE_ID_CHARACTERS,
)
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.messages.private import Envelope, PrivateSend
from boardroom_tui.protocol.statements import device_statement
from boardroom_tui.protocol.unpadded import encoded
from tests.client.private.correspondents import (
    MEETING,
    altered,
    carried,
    closed,
    each_replaced,
    introduce,
    letter_among,
    posted,
    restarted,
)

ALTERED = Unreadable(Reason.ALTERED)
WRONG_DEVICE = Unreadable(Reason.WRONG_DEVICE)


@dataclass(frozen=True)
class Pair:
    """Two devices, the first of which can write to the second."""

    ana: Device
    ben: Device


@pytest.fixture
def pair() -> Pair:
    pair = Pair(Device.new("ana"), Device.new("user_ben"))
    introduce(pair.ana, pair.ben)
    return pair


def test_a_letter_is_read_as_it_was_written(pair: Pair) -> None:
    letter = Letter(members=("ana", "ben", "eva"), text="One\nTwo", reply_to="private_7")
    assert open_letter(posted(letter, pair.ana, pair.ben), pair.ben, pair.ana.keys) == letter


def test_a_renewal_may_say_nothing(pair: Pair) -> None:
    letter = Letter(members=("ana", "ben"), renewal=True)
    assert open_letter(posted(letter, pair.ana, pair.ben), pair.ben, pair.ana.keys) == letter


@pytest.mark.parametrize(
    "fields",
    [
        {"members": ("ana", "ben")},
        {"members": (), "text": "x"},
        {"members": ("ana", "ben"), "text": "\ufe0f"},
        {"members": ("ana", "ben"), "text": "\u3164\n"},
        {"members": ("ana", "ben"), "text": "\ufb2c" * CHAT_CHARACTERS},
        {"members": ("ben", "ana"), "text": "x"},
        {"members": ("ana", "ana"), "text": "x"},
        {"members": ("ana", "user_ben"), "text": "x"},
        {"members": tuple(sorted(f"m{number}" for number in range(51))), "text": "x"},
        {"members": ("ana", "ben"), "text": " \n"},
        {"members": ("ana", "ben"), "text": "x" * (CHAT_CHARACTERS + 1)},
        {"members": ("ana", "b en"), "text": "x"},
    ],
)
def test_what_is_no_letter_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Letter.model_validate(fields)


@pytest.mark.parametrize("text", ["\ufe0f", "\u3164", "\ufb2c" * CHAT_CHARACTERS])
def test_a_text_of_which_too_little_or_too_much_is_left_is_no_letter(pair: Pair, text: str) -> None:
    letter = Letter.model_construct(members=("ana", "ben"), text=text)
    message = posted(letter, pair.ana, pair.ben)
    assert open_letter(message, pair.ben, pair.ana.keys) == Unreadable(Reason.MALFORMED)
    assert written(("ana", "ben"), text, None) == Problem(
        "not sent: write 1 to 4,000 characters that can be seen"
    )


def test_a_conversation_of_too_many_is_a_problem() -> None:
    many = tuple(f"m{number}" for number in range(51))
    assert written(many, "x", None) == Problem(
        "not sent: a private conversation has at most 50 members"
    )


def test_what_is_no_letter_is_in_no_error() -> None:
    with pytest.raises(ValidationError) as caught:
        Letter(members=("ana", "ben"), text="a secret" * CHAT_CHARACTERS)
    assert "a secret" not in str(caught.value)


def test_the_members_of_a_conversation_have_one_form() -> None:
    assert among(["user_eva", "ana", "ben", "user_ana"]) == ("ana", "ben", "eva")


def test_a_letters_text_is_in_no_repr() -> None:
    assert "secret" not in repr(Letter(members=("ana", "ben"), text="secret"))


def test_a_letters_text_comes_out_clean(pair: Pair) -> None:
    text = "a\x1b[2J\u202eb\n"
    sent = Letter.model_construct(members=("ana", "ben"), text=text)
    letter = open_letter(posted(sent, pair.ana, pair.ben), pair.ben, pair.ana.keys)
    assert letter == written(("ana", "ben"), text, None)
    assert isinstance(letter, Letter)
    assert letter.text == "a[2Jb\n"


def test_letters_of_about_the_same_length_look_alike(pair: Pair) -> None:
    lengths = {
        len(posted(letter_among(pair.ana, pair.ben, text=text), pair.ana, pair.ben).data.body)
        for text in ("No", "Yes, of course", "x" * 300)
    }
    assert len(lengths) == 1


def test_a_letter_to_a_device_without_a_session_is_a_problem(pair: Pair) -> None:
    assert close(letter_among(pair.ana, pair.ben), pair.ben, [pair.ana.keys], MEETING) == Problem(
        f"there is no session with ana's device {pair.ana.keys.device_id}"
    )


def test_a_letter_goes_to_no_device_of_a_stranger(pair: Pair) -> None:
    eva = Device.new("eva")
    introduce(pair.ana, eva)
    with pytest.raises(ValueError, match="members of its conversation only"):
        close(letter_among(pair.ana, pair.ben), pair.ana, [pair.ben.keys, eva.keys], MEETING)


def test_each_device_opens_its_own_envelope_and_no_other(pair: Pair) -> None:
    eva = Device.new("eva")
    introduce(pair.ana, eva)
    letter = letter_among(pair.ana, pair.ben, eva)
    body, (for_ben, for_eva) = closed(letter, pair.ana, [pair.ben.keys, eva.keys])
    readdressed = for_ben.model_copy(update={"device_id": eva.keys.device_id})
    stolen = carried(pair.ana.keys, body, readdressed)
    assert isinstance(open_letter(stolen, eva, pair.ana.keys), Unreadable)
    assert open_letter(carried(pair.ana.keys, body, for_eva), eva, pair.ana.keys) == letter
    assert open_letter(carried(pair.ana.keys, body, for_ben), pair.ben, pair.ana.keys) == letter


def test_no_character_of_a_body_can_change(pair: Pair) -> None:
    message = posted(letter_among(pair.ana, pair.ben), pair.ana, pair.ben)
    for body in each_replaced(message.data.body):
        opened = open_letter(altered(message, body=body), restarted(pair.ben), pair.ana.keys)
        assert opened == ALTERED


def test_no_character_of_an_envelope_can_change_what_is_read(pair: Pair) -> None:
    """Olm's encoding can be written otherwise in places, and then says the same."""
    letter = letter_among(pair.ana, pair.ben)
    message = posted(letter, pair.ana, pair.ben)
    for key in each_replaced(message.data.key):
        opened = open_letter(altered(message, key=key), restarted(pair.ben), pair.ana.keys)
        assert isinstance(opened, Unreadable) or opened == letter


def test_a_letter_cannot_be_carried_into_another_meeting(pair: Pair) -> None:
    message = posted(letter_among(pair.ana, pair.ben), pair.ana, pair.ben)
    assert open_letter(altered(message, meeting_id="other"), pair.ben, pair.ana.keys) == ALTERED


@pytest.mark.parametrize("field", ["user_id", "device_id", "to_device_id"])
def test_a_message_that_names_another_device_costs_the_letter_nothing(
    pair: Pair, field: str
) -> None:
    message = posted(letter_among(pair.ana, pair.ben), pair.ana, pair.ben)
    assert open_letter(altered(message, **{field: "x"}), pair.ben, pair.ana.keys) == WRONG_DEVICE
    assert isinstance(open_letter(message, pair.ben, pair.ana.keys), Letter)


def test_a_letter_replayed_under_a_new_message_id_is_unreadable(pair: Pair) -> None:
    message = posted(letter_among(pair.ana, pair.ben), pair.ana, pair.ben)
    assert isinstance(open_letter(message, pair.ben, pair.ana.keys), Letter)
    again = altered(message, message_id="private_new")
    assert open_letter(again, pair.ben, pair.ana.keys) == Unreadable(Reason.NO_SESSION)


def claiming_to_be(victim: DeviceKeys, thief: Device) -> DeviceKeys:
    """The thief's keys, signed by the thief, with another's identity key among them."""
    claimed = thief.keys.model_copy(update={"identity_key": victim.identity_key})
    signature = thief._account.sign(device_statement(claimed))  # pyright: ignore[reportPrivateUsage]
    return claimed.model_copy(update={"signature": signature.to_base64()})


def test_nobody_passes_anothers_letter_off_as_his_own(pair: Pair) -> None:
    thief = claiming_to_be(pair.ana.keys, Device.new("mallory"))
    message = posted(letter_among(pair.ana, pair.ben), pair.ana, pair.ben)
    stolen = altered(message, user_id="mallory", device_id=thief.device_id)
    assert open_letter(stolen, pair.ben, thief) == ALTERED


def test_a_letter_to_one_device_is_not_taken_for_one_to_another(pair: Pair) -> None:
    """Mallory lists Ben's identity key as his own, so that Ana's letter to him opens at Ben's."""
    mallory = Device.new("mallory")
    (key,) = pair.ben.new_one_time_keys(1)
    claimed = claiming_to_be(pair.ben.keys, mallory)
    resigned = mallory._sign(key.key_id, key.key)  # pyright: ignore[reportPrivateUsage]
    assert pair.ana.begin(claimed, resigned) is None
    letter = Letter(members=("ana", "ben", "mallory"), text="Mallory, not you")
    body, (envelope,) = closed(letter, pair.ana, [claimed])
    redirected = envelope.model_copy(update={"device_id": pair.ben.keys.device_id})
    message = carried(pair.ana.keys, body, redirected)
    assert open_letter(message, pair.ben, pair.ana.keys) == ALTERED


def test_a_letter_among_others_is_from_a_stranger(pair: Pair) -> None:
    eva = Device.new("eva")
    introduce(eva, pair.ben)
    message = posted(Letter(members=("ana", "ben"), text="x"), eva, pair.ben)
    assert open_letter(message, pair.ben, eva.keys) == Unreadable(Reason.STRANGER)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff", b'{"members":["ben","ana"],"text":"x"}', b'{"members":["ana"'],
)
def test_what_its_sender_wrote_wrong_is_no_letter(
    pair: Pair, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = letter_among(pair.ana, pair.ben)

    def written_wrong(_: Letter) -> str:
        return content.decode("latin-1")

    monkeypatch.setattr(Letter, "model_dump_json", written_wrong)
    message = posted(letter, pair.ana, pair.ben)
    monkeypatch.undo()
    assert open_letter(message, pair.ben, pair.ana.keys) == Unreadable(Reason.MALFORMED)


@pytest.mark.parametrize("plaintext", [b"", b"{}", b"\xff", b'{"key":1}'])
def test_an_envelope_that_holds_no_key_is_no_letter(pair: Pair, plaintext: bytes) -> None:
    encrypted = pair.ana.encrypt(pair.ben.keys, plaintext)
    assert not isinstance(encrypted, Problem)
    kind, key = encrypted
    envelope = Envelope(user_id="ben", device_id=pair.ben.keys.device_id, kind=kind, key=key)
    message = carried(pair.ana.keys, encoded(secrets.token_bytes(64)), envelope)
    assert open_letter(message, pair.ben, pair.ana.keys) == Unreadable(Reason.MALFORMED)


def test_each_body_has_a_key_of_its_own(pair: Pair) -> None:
    letter = letter_among(pair.ana, pair.ben)
    bodies = {posted(letter, pair.ana, pair.ben).data.body for _ in range(3)}
    assert len(bodies) == 3


def long_named(user: str, number: int) -> Device:
    """A device with the longest identifiers there can be."""
    device = Device.new(user.ljust(IDENTIFIER_CHARACTERS, "x"))
    device.keys = device.keys.model_copy(
        update={"device_id": f"device_{number}".ljust(IDENTIFIER_CHARACTERS, "x")}
    )
    return device


def test_the_longest_letter_to_the_most_devices_fits_a_frame() -> None:
    names = [f"member_{number:02}".ljust(IDENTIFIER_CHARACTERS, "x") for number in range(50)]
    sender = long_named(names[0], 0)
    receivers = [long_named(names[number % 50], number) for number in range(DEVICES_PER_MESSAGE)]
    for receiver in receivers:
        introduce(sender, receiver)
    letter = Letter(
        members=among(names),
        text="\U0001f600" * CHAT_CHARACTERS,
        reply_to="r" * IDENTIFIER_CHARACTERS,
    )
    body, envelopes = closed(letter, sender, [receiver.keys for receiver in receivers])
    message = PrivateSend(
        id="m" * MESSAGE_ID_CHARACTERS,
        data=PrivateSend.Data(
            meeting_id="m" * IDENTIFIER_CHARACTERS,
            device_id=sender.keys.device_id,
            body=body,
            envelopes=envelopes,
        ),
    )
    assert len(encode(message).encode()) <= FRAME_BYTES


def test_a_letter_that_no_message_takes_is_a_problem(pair: Pair) -> None:
    """Each of these characters takes six in JSON."""
    names = [f"member_{number:02}".ljust(IDENTIFIER_CHARACTERS, "x") for number in range(48)]
    members = among(("ana", "ben", *names))
    letter = Letter.model_construct(members=members, text="x" + "\x01" * 3_999)
    assert close(letter, pair.ana, [pair.ben.keys], MEETING) == Problem(
        "this is too long to be sent: shorten it"
    )
