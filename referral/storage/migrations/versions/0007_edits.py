"""Log the edits of own values, keep more of them, links for services' staff and opened cards."""

import json
from datetime import datetime, time

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWN_BEFORE = ("coverage", "vacancy", "acceptance", "network", "capacity")
OWN = (*OWN_BEFORE, "contact", "hours", "waiting", "ages", "scope")
ROLES = ("provider", "coordinator", "office")
AUTHORS = ("account", "link", "sheet", "command", "program")
FROM_BEFORE = "Stav, než se opravy začaly zapisovat."


def upgrade() -> None:
    """Make the tables; every own value that is there begins the log of its field."""
    _fields(OWN)
    op.create_table(
        "edits",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _choice("author_kind", AUTHORS, rule="authorkind"),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        _choice("field", OWN, rule="ownfield"),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        _of_service("edits"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_edits")),
    )
    op.create_index(op.f("ix_edits_service_id"), "edits", ["service_id"])
    op.create_table(
        "record_links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        _choice("purpose", ("vacancy", "record"), rule="purpose"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_record_links_lives")),
        _of_service("record_links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_links")),
    )
    op.create_index(op.f("ix_record_links_service_id"), "record_links", ["service_id"])
    op.create_table(
        "proposals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link_id", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        _choice("field", OWN, rule="ownfield"),
        sa.Column("verified_on", sa.Date(), nullable=False),
        _choice("verified_by", ROLES, rule="verifiedby"),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        _choice("decision", ("approved", "rejected"), rule="decision", nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["record_links.id"],
            name=op.f("fk_proposals_link_id_record_links"),
            ondelete="CASCADE",
        ),
        _of_service("proposals"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_link_id"), "proposals", ["link_id"])
    op.create_index(op.f("ix_proposals_service_id"), "proposals", ["service_id"])
    op.create_table(
        "card_openings",
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.CheckConstraint("opened > 0", name=op.f("ck_card_openings_opened")),
        _of_service("card_openings"),
        sa.PrimaryKeyConstraint("service_id", "month", name=op.f("pk_card_openings")),
    )
    _begin_log()


def downgrade() -> None:
    """Drop what the older program cannot read: the log, the links and the new kinds of values."""
    for table in ("card_openings", "proposals", "record_links", "edits"):
        op.drop_table(table)
    new = ", ".join(f"'{word}'" for word in OWN if word not in OWN_BEFORE)
    op.execute(f"DELETE FROM own_values WHERE field IN ({new})")  # noqa: S608 - words of ours
    _fields(OWN_BEFORE)


def _begin_log() -> None:
    values = sa.table(
        "own_values",
        sa.column("service_id"),
        sa.column("field"),
        sa.column("verified_on", sa.Date()),
        sa.column("verified_by"),
        sa.column("value"),
    )
    edits = sa.table(
        "edits",
        *(
            sa.column(name, sa.DateTime() if name == "at" else None)
            for name in (
                "number",
                "at",
                "author_kind",
                "author_id",
                "author_role",
                "approved_by",
                "service_id",
                "field",
                "after",
                "reason",
            )
        ),
    )
    held = sa.select(values).order_by(values.c.service_id, values.c.field)
    rows = [
        {
            "number": number,
            "at": datetime.combine(row.verified_on, time()),
            "author_kind": "program",
            "author_id": "",
            "author_role": "",
            "approved_by": "",
            "service_id": row.service_id,
            "field": row.field,
            "after": json.dumps(
                {
                    "on": row.verified_on.isoformat(),
                    "by": row.verified_by,
                    "value": json.loads(row.value),
                },
                ensure_ascii=False,
            ),
            "reason": FROM_BEFORE,
        }
        for number, row in enumerate(op.get_bind().execute(held).all(), start=1)
    ]
    if rows:
        op.bulk_insert(edits, rows)


def _fields(words: tuple[str, ...]) -> None:
    rule = op.f("ck_own_values_ownfield")
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("own_values") as values:
        values.drop_constraint(rule, type_="check")
        values.create_check_constraint(rule, sa.text(f"field IN ({listed})"))


def _of_service(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["service_id"],
        ["services.id"],
        name=op.f(f"fk_{table}_service_id_services"),
        ondelete="CASCADE",
    )


def _choice(
    name: str, words: tuple[str, ...], *, rule: str, nullable: bool = False
) -> sa.Column[str]:
    """Return a text column that takes only these words."""
    kind = sa.Enum(*words, name=rule, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)
