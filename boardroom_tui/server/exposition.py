"""A server's metrics in the form that Prometheus reads (its text format, 0.0.4)."""

import platform
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.messages.decision import VoteReceived
from boardroom_tui.server.doorstep import Doorstep
from boardroom_tui.server.hub import Hub
from boardroom_tui.server.metrics import Durations, Metrics
from boardroom_tui.server.reception import WHYS
from boardroom_tui.server.rooms import Rooms

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


@dataclass(frozen=True, slots=True)
class Exposition(Collector):
    """Everything of a server that is counted or can be looked at."""

    data: Path
    metrics: Metrics
    rooms: Rooms
    hub: Hub
    doorstep: Doorstep

    def text(self) -> str:
        """All of it, and the process's own: memory, CPU, open files."""
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(self)
        return generate_latest(registry).decode()

    def describe(self) -> Iterator[Metric]:
        """Nothing in advance: what there is does not have to be collected to be registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """What there is now."""
        yield InfoMetricFamily(
            "boardroom_build",
            "Which version runs.",
            {"version": version("boardroom-tui"), "python": platform.python_version()},
        )
        yield from self._meetings()
        yield from self._connections()
        yield from self._messages()
        yield _durations("boardroom_journal_commit", "The journal's commits.", self.metrics.commits)
        yield _count("boardroom_journal_failures", "Failed commits.", self.metrics.failed_commits)
        free = shutil.disk_usage(self.data).free
        yield GaugeMetricFamily(
            "boardroom_data_free_bytes", "Room on the data folder's disk.", free
        )
        yield _durations(
            "boardroom_event_loop_lag", "How late the event loop was.", self.metrics.lag
        )

    def _meetings(self) -> Iterator[Metric]:
        states = [room.state for room in self.rooms]
        meetings = GaugeMetricFamily("boardroom_meetings", "Meetings held here.", labels=["phase"])
        for phase in MeetingPhase:
            number = sum(state.phase is phase for state in states)
            meetings.add_metric([phase.value], number)
        yield meetings
        present = sum(len(state.present) for state in states)
        yield GaugeMetricFamily("boardroom_members_present", "Members present.", present)
        decisions = [one for state in states for one in state.decisions.values()]
        open_now = sum(one.closed is None for one in decisions)
        yield GaugeMetricFamily("boardroom_decisions_open", "Decisions open.", open_now)

    def _connections(self) -> Iterator[Metric]:
        waiting = [peer.connection.waiting for peer in self.hub.peers]
        yield GaugeMetricFamily("boardroom_connections", "Connections.", len(waiting))
        yield GaugeMetricFamily(
            "boardroom_handshakes", "Connections without a token yet.", self.doorstep.waiting
        )
        yield GaugeMetricFamily(
            "boardroom_waiting_bytes", "What clients have not read yet.", sum(waiting)
        )
        yield _count("boardroom_slow_readers_cut", "Clients cut for not reading.", self.metrics.cut)
        yield _counts(
            "boardroom_connections_ended",
            "Connections that ended, by why.",
            "why",
            {why: self.metrics.ended[why] for why in WHYS},
        )
        yield _counts(
            "boardroom_connections_refused",
            "Connections that were not let in, by why.",
            "why",
            {code.name.lower(): number for code, number in self.metrics.turned_away.items()},
        )

    def _messages(self) -> Iterator[Metric]:
        yield _counts(
            "boardroom_messages_received",
            "Messages that were acted on.",
            "type",
            self.metrics.received,
        )
        yield _counts("boardroom_messages_sent", "Messages to clients.", "type", self.metrics.sent)
        yield _counts(
            "boardroom_refusals",
            "Messages that were refused.",
            "code",
            {code.value: self.metrics.refusals[code] for code in ErrorCode},
        )
        kind: str = VoteReceived.model_fields["type"].default
        yield _count(
            "boardroom_votes_acknowledged",
            "Votes whose recording the voter was told.",
            self.metrics.sent[kind],
        )


def _count(name: str, explained: str, number: int) -> Metric:
    return CounterMetricFamily(name, explained, number)


def _counts(name: str, explained: str, label: str, numbers: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, explained, labels=[label])
    for value, number in sorted(numbers.items()):
        family.add_metric([value], number)
    return family


def _durations(name: str, explained: str, durations: Durations) -> Metric:
    family = HistogramMetricFamily(f"{name}_seconds", explained)
    family.add_metric([], durations.at_most, durations.sum)
    return family
