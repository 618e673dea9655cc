"""Who is at the other end of a connection, as its token says (CONTRACT.md, Who is speaking)."""

from dataclasses import dataclass
from datetime import datetime

from boardroom_tui.protocol.authorisation import PERMISSIONS
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.fields import Role


@dataclass(frozen=True, slots=True)
class Identity:
    """A token's bearer; `expires_at` is the token's end, aware."""

    user_id: str
    name: str
    role: Role
    expires_at: datetime

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """What the token's role lets its bearer do."""
        return PERMISSIONS[self.role]
