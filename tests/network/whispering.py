"""Two members who also write to each other in private, from a device each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.updates import (
    LetterHeard,
    LetterRefused,
    LetterSent,
    PrivateStands,
    PrivateUpdate,
)
from boardroom_tui.protocol.correspondents import Conversation, Readiness
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.state.model import SpokenLine
from boardroom_tui.state.private import Privacy, heard, sent


@dataclass(eq=False)
class Whispering:
    """One end of their conversation."""

    correspondence: Correspondence
    conversation: Conversation
    is_ready: bool = False
    """Whether the other one's device is known, so that one can be written to."""
    written: dict[str, str] = field(default_factory=dict[str, str])
    """The text by the id under which one's own screen shows it."""
    became: dict[str, list[LetterSent | LetterRefused]] = field(
        default_factory=dict[str, list[LetterSent | LetterRefused]]
    )
    """What was told of each."""
    privacy: Privacy = field(default_factory=Privacy)
    read: list[str] = field(default_factory=list[str])
    """Each message that came, as often as it was told."""

    def whisper(self, text: str) -> None:
        """Write something."""
        local_id = self.correspondence.write(self.conversation, text)
        self.written[local_id] = text

    def take(self, update: PrivateUpdate) -> None:
        """Take in what the correspondence tells."""
        match update:
            case PrivateStands(readiness=readiness, correspondents=others):
                known = all(one in others for one in self.conversation)
                free = known and not any(others[one].obstacle for one in self.conversation)
                self.is_ready = readiness is Readiness.READY and free
            case LetterSent(local_id=local_id, line=line):
                self.became.setdefault(local_id, []).append(update)
                spoken = SpokenLine.of(line)
                self.privacy = sent(self.privacy, self.conversation, local_id, spoken)
            case LetterRefused(local_id=local_id):
                self.became.setdefault(local_id, []).append(update)
            case LetterHeard(line=line):
                self.read.append(line.message_id)
                spoken = SpokenLine.of(line)
                self.privacy = heard(
                    self.privacy, update.conversation, spoken, accepted=True, seen=True
                )
            case _:
                pass

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """Who wrote what, as it stands on the screen."""
        room = self.privacy.rooms.get(self.conversation)
        said = () if room is None else room.lines
        return [(one.user_id, one.message) for one in said if isinstance(one, SpokenLine)]


def differences(one: Whispering, other: Whispering) -> Sequence[str]:
    """What has not become of something written yet, and what the two read otherwise."""
    found = [
        f"{end.conversation}: {text!r} is on its way"
        for end in (one, other)
        for local_id, text in end.written.items()
        if local_id not in end.became
    ]
    if one.lines != other.lines:
        found.append(f"in private:\n  {one.lines}\n  {other.lines}")
    return found


def assert_whispered_once(ends: Sequence[tuple[str, Whispering]]) -> int:
    """What was written is read once and in its order, or was refused; how many were read."""
    for user_id, end in ends:
        assert all(len(told) == 1 for told in end.became.values()), end.became
        assert len(set(end.read)) == len(end.read), f"{user_id} was told something twice"
        sent_texts = [
            text for key, text in end.written.items() if isinstance(end.became[key][0], LetterSent)
        ]
        for _, reader in ends:
            read = [text for who, text in reader.lines if same(Kind.USER, who, user_id)]
            assert read == sent_texts, f"{user_id} wrote {sent_texts}, read is {read}"
    return len(ends[0][1].lines)
