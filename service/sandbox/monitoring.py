"""The monitoring system of state services in miniature: it keeps one record for each stage (R10.1)."""

from __future__ import annotations

from service.sandbox.inbox import NotificationInbox, Received


class MonitoringInbox(NotificationInbox):
    """The stages of all cases."""

    service = "SERVICE_MONITORING_STAGE"
    prefix = "monitoring"

    def stages(self, case_number: str) -> list[Received]:
        """The stages of one case, the oldest first."""
        return [each for each in self.received if each.text("caseNumber") == case_number]
