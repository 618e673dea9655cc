"""Tokens: what is required of one, and the key that signs them."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.server.keys import private_key
from boardroom_tui.server.tokens import KEY_FILE, Bearer, TokenProblem, Tokens

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def claims(**changed: Any) -> dict[str, Any]:
    """What a good token says, but for what is changed; None leaves it out."""
    seconds = int(NOW.timestamp())
    said: dict[str, Any] = {
        "sub": "user_1",
        "name": "John Doe",
        "role": "participant",
        "iss": "boardroom",
        "aud": "boardroom",
        "iat": seconds,
        "nbf": seconds,
        "exp": seconds + 3600,
        "jti": "abc",
        **changed,
    }
    return {name: value for name, value in said.items() if value is not None}


def verified(data: Path, said: dict[str, Any]) -> Bearer | TokenProblem:
    """What the installation makes of a token that its own key signed."""
    tokens = Tokens.open(data)
    signed = jwt.encode(said, private_key(data / KEY_FILE), algorithm="ES256")
    return tokens.verify(signed, NOW)


def test_an_issued_token_names_its_bearer_until_its_end(tmp_path: Path) -> None:
    tokens = Tokens.open(tmp_path)
    token = tokens.issue("user_1", "John Doe", Role.OBSERVER, HOUR, NOW)
    bearer = tokens.verify(token, NOW)
    assert isinstance(bearer, Bearer)
    assert (bearer.user_id, bearer.name, bearer.role) == ("user_1", "John Doe", Role.OBSERVER)
    assert bearer.expires_at == NOW + HOUR
    expired = tokens.verify(token, NOW + HOUR)
    assert isinstance(expired, TokenProblem)
    assert expired.code is ErrorCode.AUTH_EXPIRED


def test_a_token_may_leave_its_role_to_the_meeting_s_file(tmp_path: Path) -> None:
    bearer = verified(tmp_path, claims(role=None))
    assert isinstance(bearer, Bearer)
    assert bearer.role is None


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_clock_more_than_half_a_minute_ahead_is_too_far(tmp_path: Path, claim: str) -> None:
    problem = verified(tmp_path, claims(**{claim: int(NOW.timestamp()) + 31}))
    assert isinstance(problem, TokenProblem)
    assert problem.code is ErrorCode.AUTH_FAILED


def test_an_issuer_s_clock_may_run_half_a_minute_ahead(tmp_path: Path) -> None:
    seconds = int(NOW.timestamp()) + 30
    assert isinstance(verified(tmp_path, claims(iat=seconds, nbf=seconds)), Bearer)


def test_no_part_of_a_token_is_in_the_problem(tmp_path: Path) -> None:
    token = Tokens.open(tmp_path / "other").issue("user_1", "John", None, HOUR, NOW)
    problem = Tokens.open(tmp_path / "own").verify(token, NOW)
    assert isinstance(problem, TokenProblem)
    assert not any(part in problem.message for part in token.split("."))


def test_a_token_lives_for_twelve_hours_at_most(tmp_path: Path) -> None:
    tokens = Tokens.open(tmp_path)
    for ttl in (timedelta(0), timedelta(hours=12, seconds=1)):
        with pytest.raises(ValueError, match="12 hours"):
            tokens.issue("user_1", "John", None, ttl, NOW)


def test_the_key_is_its_owner_s_alone(tmp_path: Path) -> None:
    Tokens.open(tmp_path / "data")
    key = tmp_path / "data" / KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in key.parent.iterdir()] == [KEY_FILE]


def test_programs_that_make_the_key_at_once_share_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        installations = list(pool.map(Tokens.open, [tmp_path] * 8))
    token = installations[0].issue("user_1", "John", None, HOUR, NOW)
    assert all(isinstance(tokens.verify(token, NOW), Bearer) for tokens in installations)
