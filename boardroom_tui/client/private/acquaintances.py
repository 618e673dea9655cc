"""Devices made known: one's own published, others' looked up, Olm sessions with them begun."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from boardroom_tui.client.link import Link, LinkEndedError, RequestRefusedError
from boardroom_tui.client.private.comparison import comparison_code, short_id
from boardroom_tui.client.private.desk import Desk
from boardroom_tui.client.private.known_devices import fingerprint
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.correspondents import Correspondent, DeviceView
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.limits import USERS_PER_QUERY
from boardroom_tui.protocol.messages.device import (
    DeviceClaim,
    DeviceClaimed,
    DeviceKeys,
    DeviceList,
    DevicePublish,
    DevicePublished,
    DeviceQuery,
    DeviceReference,
    DeviceRemove,
)

ONE_TIME_KEYS = 50
"""So many are on the server at the most; what vodozemac's account keeps."""
TOP_UP_BELOW = 25


class Acquaintances:
    """This device among all others of a meeting's members."""

    def __init__(self, link: Link, desk: Desk, meeting_id: str) -> None:
        self._link = link
        self._desk = desk
        self._meeting_id = meeting_id
        self._codes: dict[str, str] = {}
        """The codes that were computed, by the other device's signing key: each costs a while."""

    async def publish(self) -> Problem | None:
        """Make this device known, with keys enough for others to begin sessions with it."""
        published = await self._publish(0)
        if isinstance(published, Problem):
            return published
        if published.data.one_time_keys_left >= TOP_UP_BELOW:
            return None
        more = await self._publish(ONE_TIME_KEYS - published.data.one_time_keys_left)
        return more if isinstance(more, Problem) else None

    async def look_up(
        self, user_ids: Iterable[str], meeting_id: str | None = None
    ) -> Problem | None:
        """Ask the server for their devices, and take down what has changed.

        They are members of this meeting, unless another is given.
        """
        known = self._desk.known
        wanted = iter(dict.fromkeys(filter(None, user_ids)))
        while portion := tuple(islice(wanted, USERS_PER_QUERY)):
            data = DeviceQuery.Data(meeting_id=meeting_id or self._meeting_id, user_ids=portion)
            answer = await self._ask(DeviceQuery(data=data))
            if isinstance(answer, Problem):
                return answer
            if isinstance(answer, DeviceList):
                self._take_down(portion, answer.data.devices)
        return None if self._desk.known == known else await self._desk.save()

    def _take_down(self, user_ids: Iterable[str], devices: Sequence[DeviceKeys]) -> None:
        """What these users have now is what the server lists of them, and nothing else."""
        for user_id in user_ids:
            own = [device for device in devices if same(Kind.USER, device.user_id, user_id)]
            self._desk.known = self._desk.known.listed(user_id, own)

    async def begin_sessions(self, devices: Sequence[DeviceKeys]) -> Problem | None:
        """See that there is a session with each of these devices."""
        strangers = [one for one in devices if not self._desk.device.has_session(one)]
        return await self.begin_new_sessions(strangers) if strangers else None

    async def begin_new_sessions(self, devices: Sequence[DeviceKeys]) -> Problem | None:
        """Begin a session with each of these devices, and write in it from now on."""
        wanted = tuple(
            DeviceReference(user_id=one.user_id, device_id=one.device_id) for one in devices
        )
        data = DeviceClaim.Data(meeting_id=self._meeting_id, devices=wanted)
        answer = await self._ask(DeviceClaim(data=data))
        if isinstance(answer, Problem):
            return answer
        keys = answer.data.keys if isinstance(answer, DeviceClaimed) else ()
        given = {(bare(Kind.USER, one.user_id), one.device_id): one.one_time_key for one in keys}
        for device in devices:
            key = given.get((bare(Kind.USER, device.user_id), device.device_id))
            if key is None:
                return Problem(f"a device of {device.user_id} has no key left; try again later")
            problem = self._desk.device.begin(device, key)
            if problem is not None:
                return problem
        return None

    async def remove(self, device_id: str) -> Problem | None:
        """Let the server forget a device of one's own."""
        answer = await self._ask(DeviceRemove(data=DeviceRemove.Data(device_id=device_id)))
        return answer if isinstance(answer, Problem) else None

    async def work_out_codes(self, user_id: str) -> None:
        """Have the codes ready that are compared with this user."""
        own, known = self._desk.device.keys, self._desk.known
        for device in (*known.receivers(user_id), *known.waiting(user_id)):
            if device != own and device.signing_key not in self._codes:
                self._codes[device.signing_key] = await asyncio.to_thread(
                    comparison_code, own, device
                )

    def correspondents(self, user_ids: Iterable[str]) -> Mapping[str, Correspondent]:
        """How it stands with each of these, by bare user id."""
        return {bare(Kind.USER, one): self._correspondent(bare(Kind.USER, one)) for one in user_ids}

    def _correspondent(self, user_id: str) -> Correspondent:
        known, own = self._desk.known, self._desk.device.keys
        accepted = [(device, True) for device in known.receivers(user_id)]
        waiting = [(device, False) for device in known.waiting(user_id)]
        views = tuple(
            DeviceView(
                device_id=device.device_id,
                fingerprint=fingerprint(device),
                short_id=short_id(device),
                code=self._codes.get(device.signing_key, ""),
                accepted=is_accepted,
                compared=known.is_compared(user_id, device.device_id),
                own=device == own,
            )
            for device, is_accepted in (*accepted, *waiting)
        )
        return Correspondent(user_id, views, known.obstacle(user_id))

    async def _publish(self, count: int) -> DevicePublished | Problem:
        device = self._desk.device
        keys = device.new_one_time_keys(count) if count else ()
        fallback = device.new_fallback_key() if count else None
        # On disk first: a key that somebody uses must not be lost with a crash.
        problem = await self._desk.save()
        if problem is not None:
            return problem
        data = DevicePublish.Data(device=device.keys, one_time_keys=keys, fallback_key=fallback)
        answer = await self._ask(DevicePublish(data=data))
        if isinstance(answer, DevicePublished | Problem):
            return answer
        return Problem("the server gave another answer than was asked for")

    async def _ask(self, request: ClientMessage) -> ServerMessage | Problem:
        try:
            return await self._link.send_and_wait(request)
        except RequestRefusedError as error:
            return Problem(error.refused.data.message)
        except LinkEndedError as error:
            return Problem(str(error))
        except TimeoutError:
            return Problem("the server did not answer in time")
