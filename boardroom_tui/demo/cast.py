"""The demo's people: how fast they write, how they vote when nobody told them, what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from boardroom_tui.protocol.fields import Role


@dataclass(frozen=True, slots=True)
class Player:
    """A simulated member's habits."""

    key: str
    """The user's id without `user_`, and how the script calls them."""
    letters_per_second: float
    leaning: int
    """How readily they approve a motion that the script does not know, in percent."""
    answers: tuple[str, ...]
    """What they say when they are asked something, in turn."""

    @property
    def user_id(self) -> str:
        """As the meeting's file has it."""
        return f"user_{self.key}"


CHAIR = "robin"
SECRETARY = "ines"
LATE = "lars"

SEATS: Mapping[Role, str] = {
    Role.FACILITATOR: CHAIR,
    Role.PARTICIPANT: "sam",
    Role.OBSERVER: "dana",
}
"""Whose place a person takes."""

PLAYERS: tuple[Player, ...] = (
    Player(
        "ines",
        26,
        70,
        (
            "I have it in the minutes.",
            "I'll look it up and put it under the minutes.",
            "Noted.",
        ),
    ),
    Player("robin", 24, 60, ("Let me think about that.", "Good point.")),
    Player(
        "walter",
        20,
        55,
        (
            "The figure is on page 2, and it is a cautious one.",
            "I would have to look that up. You will have it tomorrow.",
            "We can pay for it. The question is whether we want to.",
        ),
    ),
    Player(
        "odette",
        16,
        75,
        (
            "We had that in 2019 too. It went well, in the end.",
            "Ask me after the meeting, it is a long story.",
            "I think so, yes.",
        ),
    ),
    Player(
        "margaret",
        22,
        20,
        (
            "I have said what I think, and it is in the minutes.",
            "Who pays for that?",
            "I am not convinced yet.",
        ),
    ),
    Player("kofi", 34, 80, ("yes!! 👍", "fine by me", "can we do it this week?")),
    Player(
        "priya",
        28,
        60,
        (
            "I have the drawings here. I can show you afterwards.",
            "Two weeks, if nobody changes their mind.",
            "Yes.",
        ),
    ),
    Player("tomasz", 30, 65, ("I can do that.", "Saturday.", "Not before the frost is over.")),
    Player(
        "hana",
        22,
        45,
        (
            "That depends on how you read section 12.",
            "I would not put it in writing yet.",
            "Legally, yes.",
        ),
    ),
    Player(
        "amal",
        32,
        50,
        (
            "the tenants ask me that every week",
            "i'd have to ask around on my floor",
            "ok for me",
        ),
    ),
    Player("sam", 26, 55, ("I'm new here, I'd rather listen for now.", "Sounds sensible.")),
    Player("lars", 27, 60, ("I was about to ask the same.", "Remind me, which page?", "Fine.")),
    Player("dana", 24, 0, ("I only observe, but the books are in order.",)),
)

BY_KEY: Mapping[str, Player] = {player.key: player for player in PLAYERS}
