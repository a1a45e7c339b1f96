"""Keep capacities that we have verified ourselves."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OWN = ("coverage", "vacancy", "acceptance", "network", "capacity")
OWN_BEFORE = ("coverage", "vacancy", "acceptance", "network")


def upgrade() -> None:
    """Let own values be capacities."""
    _fields(OWN)


def downgrade() -> None:
    """Drop what the older program cannot read."""
    op.execute("DELETE FROM own_values WHERE field = 'capacity'")
    _fields(OWN_BEFORE)


def _fields(words: tuple[str, ...]) -> None:
    rule = op.f("ck_own_values_ownfield")
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("own_values") as values:
        values.drop_constraint(rule, type_="check")
        values.create_check_constraint(rule, sa.text(f"field IN ({listed})"))
