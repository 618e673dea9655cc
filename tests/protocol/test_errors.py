"""Error codes, close codes and rate limits are the reference's and the contract's."""

import pytest

from boardroom_tui.protocol.errors import CloseCode, ErrorCode, may_reconnect
from boardroom_tui.protocol.limits import LIMITS, PER_USER, Rate
from tests.spec.reference import table


def test_the_error_codes_are_the_reference_s_with_its_words_and_retryability() -> None:
    ours = [(code.value, code.description, "Yes" if code.retryable else "No") for code in ErrorCode]
    assert ours == [cells for _, cells in table("### Error Codes")]


def test_the_limits_are_the_reference_s() -> None:
    seconds = {"1 minute": 60, "1 second": 1}
    ours = [(rate.lower(), LIMITS[rate].count, LIMITS[rate].seconds) for rate in Rate]
    assert ours == [
        (action.lower(), int(limit), seconds[window])
        for _, (action, limit, window) in table("### Limits")
    ]


def test_joins_chat_and_votes_are_counted_for_the_user_whatever_the_connections() -> None:
    assert {Rate.JOIN, Rate.CHAT, Rate.VOTE} == PER_USER


@pytest.mark.parametrize(
    ("code", "comes_back"),
    [
        (CloseCode.NORMAL, False),
        (CloseCode.GOING_AWAY, True),
        (CloseCode.TOO_BIG, True),
        (CloseCode.RESTARTING, True),
        (CloseCode.TRY_LATER, True),
        (CloseCode.TOKEN_EXPIRED, True),
        (CloseCode.TOO_SLOW, True),
        (CloseCode.UNDECODABLE, False),
        (CloseCode.AUTH_FAILED, False),
        (CloseCode.DISPLACED, False),
        (1006, True),
        (1011, True),
        (4400, True),
        (4499, True),
        (4500, False),
        (4999, False),
    ],
)
def test_a_client_comes_back_after_any_code_but_1000_and_4500_to_4999(
    code: int, comes_back: bool
) -> None:
    assert may_reconnect(code) is comes_back


def test_every_close_code_says_what_happened() -> None:
    assert all(code.meaning for code in CloseCode)
    assert len({code.meaning for code in CloseCode}) == len(CloseCode)
