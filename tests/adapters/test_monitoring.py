"""The monitoring system gets exactly one record for each stage change (R10.1, R10.2)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.adapters.monitoring import MonitoringChannel
from service.adapters.shep_transport import ShepTransport
from service.domain.channels import MAIL, MONITORING, NotDelivered, Trouble
from service.sandbox.http import Reply
from service.sandbox.monitoring import MonitoringInbox
from service.sandbox.shep import ShepSandbox
from tests.adapters.gateway import message, settings

REGISTERED = {
    "case_number": "P-2026-000123",
    "stage": "registered",
    "at": "2026-04-20T09:00:00+05:00",
    "service": "permit",
    "edition": "130/НҚ",
    "due": "2026-04-27",
    "overdue": False,
    "working_days_left": 5,
}


@pytest.fixture
def inbox() -> MonitoringInbox:
    return MonitoringInbox()


@pytest.fixture
def gateway(inbox: MonitoringInbox) -> Iterator[ShepSandbox]:
    with ShepSandbox({inbox.service: inbox}) as gateway:
        yield gateway


@pytest.fixture
def monitoring(gateway: ShepSandbox) -> MonitoringChannel:
    return MonitoringChannel(ShepTransport(settings(gateway.url)))


@pytest.mark.law("R10.1")
def test_a_stage_arrives_with_everything_that_belongs_to_it(
    monitoring: MonitoringChannel, inbox: MonitoringInbox
) -> None:
    assert monitoring.send(message(MONITORING, REGISTERED))["accepted_as"] == "monitoring-000001"
    (stage,) = inbox.stages("P-2026-000123")
    assert (stage.text("stage"), stage.text("stageDate")) == ("registered", "2026-04-20T09:00:00+05:00")
    assert (stage.text("service"), stage.text("edition")) == ("permit", "130/НҚ")
    assert (stage.text("due"), stage.text("overdue"), stage.text("working_days_left")) == ("2026-04-27", "false", "5")


@pytest.mark.law("R10.1")
def test_every_stage_change_has_exactly_one_record_however_often_it_is_sent(
    monitoring: MonitoringChannel, inbox: MonitoringInbox
) -> None:
    changes = [message(MONITORING, {**REGISTERED, "stage": f"s{n}"}, f"m-{n}") for n in range(4)]
    with ThreadPoolExecutor(8) as senders:
        receipts = list(senders.map(monitoring.send, changes * 5))
    assert sorted(stage.text("stage") for stage in inbox.received) == ["s0", "s1", "s2", "s3"]
    assert len({receipt["accepted_as"] for receipt in receipts}) == 4
    assert inbox.repeats == 16


@pytest.mark.law("R10.2")
@pytest.mark.parametrize("weather", ["down", "garbage", "fault"])
def test_a_stage_not_accepted_is_retried_until_it_is(
    gateway: ShepSandbox, monitoring: MonitoringChannel, inbox: MonitoringInbox, weather: str
) -> None:
    gateway.weather = weather
    with pytest.raises(NotDelivered) as refused:
        monitoring.send(message(MONITORING, REGISTERED))
    assert refused.value.temporary
    gateway.weather = "fine"
    monitoring.send(message(MONITORING, REGISTERED))
    assert len(inbox.received) == 1


class LosesTheFirstReceipt(ShepSandbox):
    """Takes the first message, and its line breaks before the receipt is written."""

    lost = 0

    def reply(self, path: str, body: bytes) -> Reply | None:
        written = super().reply(path, body)
        self.lost += 1
        return None if self.lost == 1 else written


@pytest.mark.law("R10.1", "R10.2")
def test_a_record_accepted_whose_receipt_was_lost_is_not_doubled(inbox: MonitoringInbox) -> None:
    with LosesTheFirstReceipt({inbox.service: inbox}) as gateway:
        monitoring = MonitoringChannel(ShepTransport(settings(gateway.url)))
        with pytest.raises(NotDelivered) as refused:
            monitoring.send(message(MONITORING, REGISTERED))
        assert refused.value.temporary
        assert monitoring.send(message(MONITORING, REGISTERED))["accepted_as"] == "monitoring-000001"
    assert len(inbox.received) == 1
    assert inbox.repeats == 1


@pytest.mark.law("R10.1")
@pytest.mark.parametrize(
    "change", [{"stage": ""}, {"service": None}, {"at": "soon"}, {"extra": ["a", "list"]}], ids=str
)
def test_a_stage_that_can_never_be_sent_is_not_tried_again(
    monitoring: MonitoringChannel, inbox: MonitoringInbox, change: dict[str, Any]
) -> None:
    with pytest.raises(NotDelivered) as refused:
        monitoring.send(message(MONITORING, {**REGISTERED, **change}))
    assert not refused.value.temporary
    assert inbox.received == []


@pytest.mark.law("R10.1")
def test_a_message_of_another_channel_is_not_taken(monitoring: MonitoringChannel) -> None:
    with pytest.raises(NotDelivered) as refused:
        monitoring.send(message(MAIL, REGISTERED))
    assert refused.value.reason == Trouble.UNKNOWN_CHANNEL
