"""Tokens: who somebody is, signed with the key of this installation (ES256)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import Field, ValidationError

from boardroom_tui.private_files import make_private_folder
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Identifier, Model, Role, Title
from boardroom_tui.server.keys import private_key

ALGORITHM = "ES256"
ISSUER = "boardroom"
AUDIENCE = "boardroom"
LEEWAY = timedelta(seconds=30)
"""How far the clock that issued a token may run ahead of ours; its end is its end."""
LONGEST_LIFE = timedelta(hours=12)
KEY_FILE = "token-key.pem"

_Time = Annotated[int, Field(ge=0, lt=253_402_300_800)]
"""Seconds since 1970, up to the end of the year 9999, which is the last one that Python knows."""


class _Claims(Model):
    """What every token says; a token that leaves one of these out is refused."""

    sub: Identifier
    name: Title
    role: Annotated[Role | None, Field(strict=False)] = None
    iss: Literal["boardroom"]
    aud: Literal["boardroom"]
    iat: _Time
    nbf: _Time
    exp: _Time
    jti: Identifier


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token names; without a role, the meeting's file rules."""

    user_id: str
    name: str
    role: Role | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenProblem:
    """Why a token is refused; no part of the token is in it."""

    code: Literal[ErrorCode.AUTH_FAILED, ErrorCode.AUTH_EXPIRED]
    message: str


class Tokens:
    """Issues and verifies the tokens of one installation."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self._public_key = key.public_key()

    @classmethod
    def open(cls, data: Path) -> "Tokens":
        """The installation's tokens; its key is made on first use. Raises OSError, ValueError."""
        make_private_folder(data)
        return cls(private_key(data / KEY_FILE))

    def issue(
        self, user_id: str, name: str, role: Role | None, ttl: timedelta, now: datetime
    ) -> str:
        """A token that lives for `ttl`, 12 hours at most."""
        if not timedelta(0) < ttl <= LONGEST_LIFE:
            raise ValueError("a token lives for more than 0 and at most 12 hours")
        issued = int(now.timestamp())
        claims: dict[str, Any] = {
            "sub": user_id,
            "name": name,
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": issued,
            "nbf": issued,
            "exp": issued + int(ttl.total_seconds()),
            "jti": secrets.token_hex(16),
        }
        if role is not None:
            claims["role"] = str(role)
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def verify(
        self, token: str, now: datetime, reached: datetime | None = None
    ) -> Bearer | TokenProblem:
        """Whom the token names, or why it is refused.

        `reached` is the time that it has been here: what was issued before a clock was set back
        is good still.
        """
        claims = self._claims(token)
        if isinstance(claims, TokenProblem):
            return claims
        issued, begins, ends = (_time(value) for value in (claims.iat, claims.nbf, claims.exp))
        if ends <= now:
            return TokenProblem(ErrorCode.AUTH_EXPIRED, "The token has expired.")
        if max(issued, begins) > (now if reached is None else max(now, reached)) + LEEWAY:
            return _failed("The token is not valid yet.")
        if ends - issued > LONGEST_LIFE:
            return _failed("The token lives for more than 12 hours.")
        return Bearer(claims.sub, claims.name, claims.role, ends)

    def _claims(self, token: str) -> _Claims | TokenProblem:
        try:
            # Times are compared in verify(), which is told the time; the model requires the rest.
            claims: Mapping[str, Any] = jwt.decode(
                token,
                self._public_key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
            return _Claims.model_validate(claims)
        except ValidationError as error:
            claim = error.errors(include_url=False, include_input=False)[0]["loc"][0]
            return _failed(f"The token's claim {claim} is missing or wrong.")
        except (jwt.InvalidTokenError, ValueError):
            return _failed("This server did not issue the token: ask for a new invitation.")


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _failed(message: str) -> TokenProblem:
    return TokenProblem(ErrorCode.AUTH_FAILED, message)
