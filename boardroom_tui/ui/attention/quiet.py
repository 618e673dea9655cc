"""The hours in which no bell rings."""

import re
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day to another, over midnight where the second is the earlier one."""

    begin: time
    end: time

    @classmethod
    def read(cls, text: str) -> "QuietHours | None":
        """`22:00-07:00`; None where it is nothing of the kind, or no time lies between."""
        found = _HOURS.fullmatch(text.replace(" ", "").replace("–", "-"))
        if found is None:
            return None
        hour, minute, other_hour, other_minute = map(int, found.groups())
        begin, end = time(hour, minute), time(other_hour, other_minute)
        return None if begin == end else cls(begin, end)

    def covers(self, now: datetime, zone: tzinfo | None) -> bool:
        """Whether it is quiet now; `zone` None is this machine's. The end is outside."""
        clock = now.astimezone(zone).time()
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"
