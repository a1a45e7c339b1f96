"""Count unmet searches, and keep the Index of social exclusion."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of evidence."""
    op.create_table(
        "unmet_counts",
        sa.Column("orp", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_unmet_counts_counts")),
        sa.PrimaryKeyConstraint("orp", "need", "month", name=op.f("pk_unmet_counts")),
    )
    op.create_table(
        "exclusion_values",
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.CheckConstraint("value >= 0 AND value <= 30", name=op.f("ck_exclusion_values_points")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_exclusion_values_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("municipality", "year", name=op.f("pk_exclusion_values")),
    )
    op.create_index(op.f("ix_exclusion_values_source_id"), "exclusion_values", ["source_id"])


def downgrade() -> None:
    """Drop what the older program cannot read."""
    op.drop_table("exclusion_values")
    op.drop_table("unmet_counts")
