"""What a device signs is the same bytes for whoever signs and whoever checks."""

from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey
from boardroom_tui.protocol.statements import device_statement, one_time_key_statement

SIGNATURE = "s" * 86


def test_a_device_signs_all_of_its_keys_and_whose_it_is() -> None:
    keys = DeviceKeys(
        user_id="user_1",
        device_id="dev_1",
        identity_key="i" * 43,
        signing_key="e" * 43,
        sealing_key="x" * 43,
        signature=SIGNATURE,
    )
    assert device_statement(keys).decode() == (
        "boardroom device keys 1\n"
        f'{{"deviceId":"dev_1","identityKey":"{"i" * 43}","sealingKey":"{"x" * 43}",'
        f'"signingKey":"{"e" * 43}","userId":"user_1"}}'
    )


def test_a_one_time_key_is_signed_for_one_device_of_one_user() -> None:
    key = OneTimeKey(key_id="AAAA", key="k" * 43, signature=SIGNATURE)
    assert one_time_key_statement("user_1", "dev_1", key).decode() == (
        "boardroom one-time key 1\n"
        f'{{"deviceId":"dev_1","key":"{"k" * 43}","keyId":"AAAA","userId":"user_1"}}'
    )
