"""The portal of "electronic government" in miniature: it shows what statuses arrived for a request (R4.2, R9.2)."""

from __future__ import annotations

from service.sandbox.inbox import NotificationInbox, Received


class PortalInbox(NotificationInbox):
    """The statuses of all requests, as the applicant's "жеке кабинет" would show them."""

    service = "EGOV_PORTAL_REQUEST_STATUS"
    prefix = "portal"

    def statuses(self, case_number: str) -> list[Received]:
        """The statuses of one request, the oldest first."""
        return [each for each in self.received if each.text("externalRequestChainId") == case_number]
