"""Whatever the order in which letters are written, carried and repeated: each is read once."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.letter import Letter, among, open_letter
from boardroom_tui.client.private.unreadable import Unreadable
from boardroom_tui.protocol.messages.private import PrivateMessage
from tests.client.private.correspondents import altered, carried, closed, introduce, restarted

_OVERTAKEN = 4
"""A message arrives at the latest when so many later ones have overtaken it: Olm keeps five
receiving chains."""


@dataclass
class Way:
    """The messages from one device to another."""

    waiting: list[tuple[PrivateMessage, str]] = field(
        default_factory=list[tuple[PrivateMessage, str]]
    )
    overtaken: int = 0

    def next(self, choice: int) -> tuple[PrivateMessage, str]:
        """One of the messages, not always the oldest."""
        place = choice % len(self.waiting) if self.overtaken < _OVERTAKEN else 0
        self.overtaken = 0 if place == 0 else self.overtaken + 1
        return self.waiting.pop(place)


class Correspondence:
    """Devices, what is on its way between them, and what has arrived."""

    def __init__(self, users: list[str]) -> None:
        self.devices = [Device.new(user) for user in users]
        self.ways = {
            (sender, receiver): Way()
            for sender in range(len(users))
            for receiver in range(len(users))
            if sender != receiver
        }
        self.arrived: list[tuple[int, int, PrivateMessage]] = []
        self.written = 0

    def write(self, place: int, _: int) -> None:
        """A letter to all other devices, in sessions that are begun where there are none."""
        sender = self.devices[place]
        others = [receiver for receiver in range(len(self.devices)) if receiver != place]
        for other in others:
            if not sender.has_session(self.devices[other].keys):
                introduce(sender, self.devices[other])
        self.written += 1
        text = f"letter {self.written}"
        members = among(device.keys.user_id for device in self.devices)
        receivers = [self.devices[other].keys for other in others]
        body, envelopes = closed(Letter(members=members, text=text), sender, receivers)
        for other, envelope in zip(others, envelopes, strict=True):
            message = carried(sender.keys, body, envelope)
            self.ways[place, other].waiting.append((message, text))

    def carry(self, place: int, choice: int) -> None:
        """A message that is on its way to a device arrives."""
        ways = [(pair, way) for pair, way in self.ways.items() if pair[1] == place and way.waiting]
        if not ways:
            return
        (sender, receiver), way = ways[choice % len(ways)]
        message, text = way.next(choice)
        for stranger in range(len(self.devices)):
            if stranger != receiver:
                self.refuses(sender, stranger, message)
        opened = open_letter(message, self.devices[receiver], self.devices[sender].keys)
        assert isinstance(opened, Letter)
        assert opened.text == text
        self.arrived.append((sender, receiver, message))

    def repeat(self, _: int, choice: int) -> None:
        """A message that has arrived comes again under another id."""
        if self.arrived:
            sender, receiver, message = self.arrived[choice % len(self.arrived)]
            self.refuses(sender, receiver, altered(message, message_id="private_again"))

    def restart(self, place: int, _: int) -> None:
        """A device is dumped and loaded."""
        self.devices[place] = restarted(self.devices[place])

    def refuses(self, sender: int, receiver: int, message: PrivateMessage) -> None:
        """A device reads nothing in a message, even one that is said to be for it."""
        device = self.devices[receiver]
        readdressed = altered(message, to_device_id=device.keys.device_id)
        opened = open_letter(readdressed, device, self.devices[sender].keys)
        assert isinstance(opened, Unreadable)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "carry", "carry", "repeat", "restart"]),
        st.integers(0, 2),
        st.integers(0, 11),
    ),
    max_size=60,
)


@given(st.sampled_from([["ana", "ben"], ["ana", "user_ben", "ana"]]), _STEPS)
def test_every_letter_is_read_once_by_each_device_it_is_for_and_by_no_other(
    users: list[str], steps: list[tuple[str, int, int]]
) -> None:
    correspondence = Correspondence(users)
    for step, place, choice in steps:
        getattr(correspondence, step)(place % len(users), choice)
    for place in range(len(users)):
        for _ in range(correspondence.written):
            for other in range(len(users)):
                correspondence.carry(place, other)
    assert len(correspondence.arrived) == correspondence.written * (len(users) - 1)
    for number in range(len(correspondence.arrived)):
        correspondence.repeat(0, number)
