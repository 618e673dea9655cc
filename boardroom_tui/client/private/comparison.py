"""What two people read to each other to know that nobody sits between their devices."""

import hashlib
from functools import lru_cache

from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.device import DeviceKeys

_DIGITS = 30
_GROUP = 5
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}
"""scrypt's parameters: 32 MiB and a tenth to a quarter of a second for each code."""


def comparison_code(one: DeviceKeys, other: DeviceKeys) -> str:
    """Six groups of five digits, the same whichever of the two devices comes first.

    The first time it computes for up to a quarter of a second, so call it in a thread.

    A server in the middle shows each side keys of its own, and needs two pairs of devices that
    give the same code. Of 10^30 codes it finds such a collision after about 10^15 guesses (the
    birthday bound, for it may choose keys on both sides). A plain hash would make that a few
    days' work; here each guess costs one scrypt, so it is millions of years for a processor.
    """
    return _code(*sorted((_identity(one), _identity(other))))


def short_id(keys: DeviceKeys) -> str:
    """Two groups of four hexadecimal digits, to tell devices apart; it proves nothing."""
    digest = hashlib.sha256(_identity(keys).encode()).hexdigest()
    return f"{digest[:4]} {digest[4:8]}"


@lru_cache(maxsize=256)
def _code(first: str, second: str) -> str:
    secret = f"{first}\n{second}".encode()
    digest = hashlib.scrypt(secret, salt=b"boardroom comparison code 1", dklen=32, **_COST)
    digits = f"{int.from_bytes(digest) % 10**_DIGITS:0{_DIGITS}}"
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def _identity(keys: DeviceKeys) -> str:
    """Whose device it is and its keys; the signing key vouches for the sealing key."""
    return f"{bare(Kind.USER, keys.user_id)} {keys.signing_key} {keys.identity_key}"
