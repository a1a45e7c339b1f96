"""Keep borders, administrative districts, authorised offices, people over 80 and boroughs.

New columns are added with their rules by plain ALTER TABLE, which both databases know; Alembic's
way in SQLite would copy tables that other tables refer to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORIGINS = ("embedded", "own")
TIERS = ("kraj", "okres", "orp", "pou")
BOUNDED = ("obec", "orp")


def upgrade() -> None:
    """Create the tables of districts and borders; widen those of municipalities and parts."""
    op.create_table(
        "districts",
        _choice("tier", TIERS),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("other_code", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        _choice("origin", ORIGINS),
        sa.PrimaryKeyConstraint("tier", "code", name=op.f("pk_districts")),
    )
    op.create_table(
        "boundaries",
        _choice("around", BOUNDED, rule="bounded"),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("geometry", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        _choice("origin", ORIGINS),
        sa.PrimaryKeyConstraint("around", "code", name=op.f("pk_boundaries")),
    )
    op.execute("ALTER TABLE municipalities ADD COLUMN pou VARCHAR NOT NULL DEFAULT ''")
    op.execute(
        "ALTER TABLE municipalities ADD COLUMN population_80_plus INTEGER"
        " CONSTRAINT ck_municipalities_population_80_plus CHECK (population_80_plus >= 0)"
    )
    op.execute(
        "ALTER TABLE municipality_parts ADD COLUMN kind VARCHAR(24) NOT NULL DEFAULT 'part'"
        " CONSTRAINT ck_municipality_parts_partkind CHECK (kind IN ('part', 'borough'))"
    )


def downgrade() -> None:
    """Drop what was added."""
    op.drop_column("municipality_parts", "kind")
    op.drop_column("municipalities", "population_80_plus")
    op.drop_column("municipalities", "pou")
    op.drop_table("boundaries")
    op.drop_table("districts")


def _choice(name: str, words: tuple[str, ...], *, rule: str | None = None) -> sa.Column[str]:
    """Return a text column that takes only these words; the rule is named as the column."""
    kind = sa.Enum(*words, name=rule or name, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)
