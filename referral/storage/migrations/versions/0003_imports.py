"""Keep imports with what they changed, fingerprints of rows, and values of our own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIELDS = (
    "registered",
    "ended",
    "renewed",
    "name",
    "provider",
    "kind",
    "type",
    "register_id",
    "forms",
    "target_groups",
    "ages",
    "rules",
    "coverage",
    "capacity",
    "schedule",
    "locations",
    "places",
    "needs",
    "phone",
    "email",
    "web",
    "description",
    "valid_from",
    "valid_to",
)
OWN = ("coverage", "vacancy", "acceptance")
ROLES = ("provider", "coordinator", "office")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "imports",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("in_file", "added", "changed", "unchanged", "ended", "rejected")
        ),
        sa.CheckConstraint(
            "in_file >= 0 AND added >= 0 AND changed >= 0 AND unchanged >= 0 AND ended >= 0"
            " AND rejected >= 0",
            name=op.f("ck_imports_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_imports_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_source_id"), "imports", ["source_id"])
    op.create_table(
        "imported_rows",
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        _of_service("imported_rows"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_imported_rows_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_imported_rows")),
    )
    op.create_index(op.f("ix_imported_rows_source_id"), "imported_rows", ["source_id"])
    op.create_table(
        "changes",
        sa.Column("import_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        _choice("field", FIELDS, rule="changedfield"),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_number"], ["imports.number"], name=op.f("fk_changes_import_number_imports")
        ),
        _of_service("changes"),
        sa.PrimaryKeyConstraint("import_number", "position", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_service_id"), "changes", ["service_id"])
    op.create_index(op.f("ix_changes_on_day"), "changes", ["on_day"])
    op.create_table(
        "own_values",
        sa.Column("service_id", sa.String(), nullable=False),
        _choice("field", OWN, rule="ownfield"),
        sa.Column("verified_on", sa.Date(), nullable=False),
        _choice("verified_by", ROLES, rule="verifiedby"),
        sa.Column("value", sa.String(), nullable=False),
        _of_service("own_values"),
        sa.PrimaryKeyConstraint("service_id", "field", name=op.f("pk_own_values")),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("own_values", "changes", "imported_rows", "imports"):
        op.drop_table(table)


def _of_service(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["service_id"],
        ["services.id"],
        name=op.f(f"fk_{table}_service_id_services"),
        ondelete="CASCADE",
    )


def _choice(name: str, words: tuple[str, ...], *, rule: str) -> sa.Column[str]:
    """Return a text column that takes only these words."""
    kind = sa.Enum(*words, name=rule, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)
