"""Why something that happens in a meeting concerns oneself."""

from enum import StrEnum


class Concern(StrEnum):
    """What people want to be called for; the values are the words of the settings."""

    MENTION = "mention"
    """Somebody calls one by name, or answers one's own words."""
    PRIVATE = "private"
    """Somebody wrote in private."""
    VOTE = "vote"
    """A vote that one has a part in opened, closes soon or has its result."""
    REMINDER = "reminder"
    """One's vote is missing."""
    FLOOR = "floor"
    """One is called to speak."""
    PROXY = "proxy"
    """Somebody lets one vote for them, or no longer."""
    MOTION = "motion"
    """Something was done with a motion of one's own."""
    MEETING = "meeting"
    """The meeting begins, pauses, goes on or ends."""
