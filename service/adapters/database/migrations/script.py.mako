"""${message}"""

import sqlalchemy as sa
from alembic import op

from service.adapters.database import types
from service.domain.case import ApplicantKind, CaseState, DeadlineKind
from service.domain.decisions import PermitStatus

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the tables forward."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Bring the tables back."""
    ${downgrades if downgrades else "pass"}
