"""The agenda: given whole, or learnt item by item from a server that knows only the reference."""

from dataclasses import replace
from datetime import datetime

from boardroom_tui.protocol.fields import ItemStatus
from boardroom_tui.protocol.messages.meeting import AgendaItem, AgendaUpdate, ItemDetails
from boardroom_tui.state.model import Meeting


def agenda_updated(meeting: Meeting, data: AgendaUpdate.Data, at: datetime | None) -> Meeting:
    """An item changed at this time; at most one is in progress."""
    details = data.item_details
    before = next((item for item in meeting.agenda if item.id == details.id), None)
    changed = _item(before, details, at)
    agenda = tuple(
        changed if item.id == changed.id else _beside(item, changed, at) for item in meeting.agenda
    )
    if before is None:
        agenda = (*(_beside(item, changed, at) for item in meeting.agenda), changed)
    return replace(
        meeting,
        agenda=agenda,
        current_item=data.current_item,
        total_items=data.total_items,
        started_at=meeting.started_at or changed.started_at,
    )


def _item(before: AgendaItem | None, details: ItemDetails, at: datetime | None) -> AgendaItem:
    """The item as it stands now, with what only the whole state tells kept."""
    done = details.status is ItemStatus.COMPLETED
    pending = details.status is ItemStatus.PENDING
    kept_start = None if before is None or pending else before.started_at
    kept_end = before.completed_at if before is not None and done else None
    return AgendaItem(
        id=details.id,
        title=details.title,
        status=details.status,
        started_at=details.started_at or kept_start,
        minutes=None if before is None else before.minutes,
        completed_at=kept_end or (at if done else None),
    )


def _beside(item: AgendaItem, changed: AgendaItem, at: datetime | None) -> AgendaItem:
    """Another item: the one in progress is completed by the next one."""
    if changed.status is not ItemStatus.IN_PROGRESS or item.status is not ItemStatus.IN_PROGRESS:
        return item
    return item.model_copy(update={"status": ItemStatus.COMPLETED, "completed_at": at})
