"""Keep conditions and grounds of acceptance, networks, code lists, decisions and outcomes.

Two tables get another rule, for which SQLite copies them: nothing refers to either, and each copied
row is held against what it refers to.
"""

import json

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STANCES = ("accepts", "conditions", "excludes")
STANCES_BEFORE = ("accepts", "excludes")
OWN = ("coverage", "vacancy", "acceptance", "network")
OWN_BEFORE = ("coverage", "vacancy", "acceptance")
BASES = (
    "okruh osob",
    "§ 91/3 b",
    "§ 91/3 c",
    "§ 91/3 d",
    "oprávněná osoba § 4",
    "vybavení",
    "mimo zákon",
    "neznámo",
)
ROLES = ("provider", "coordinator", "office")
VERDICTS = ("same", "different")


def upgrade() -> None:
    """Widen acceptance rules and own values; create the tables."""
    with op.batch_alter_table("acceptance_rules") as rules:
        rules.add_column(sa.Column("basis", sa.String(24), nullable=True))
        rules.add_column(sa.Column("source", sa.String(), nullable=False, server_default=""))
        rules.add_column(sa.Column("verified_on", sa.Date(), nullable=True))
        _rule(rules, "acceptance_rules", "stance", "stance", STANCES, replaces=True)
        _rule(rules, "acceptance_rules", "refusalbasis", "basis", BASES)
    with op.batch_alter_table("own_values") as values:
        _rule(values, "own_values", "ownfield", "field", OWN, replaces=True)
    op.create_table(
        "code_list_entries",
        sa.Column("code_list", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code_list", "code", name=op.f("pk_code_list_entries")),
    )
    op.create_table(
        "merge_decisions",
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        _choice("verdict", VERDICTS, rule="mergeverdict"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        _choice("decided_by", ROLES, rule="verifiedby"),
        sa.CheckConstraint("kept <> other", name=op.f("ck_merge_decisions_two")),
        _of_service("merge_decisions", "kept"),
        _of_service("merge_decisions", "other"),
        sa.PrimaryKeyConstraint("kept", "other", name=op.f("pk_merge_decisions")),
    )
    op.create_index(op.f("ix_merge_decisions_other"), "merge_decisions", ["other"])
    op.create_table(
        "outcome_counts",
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("barrier", sa.String(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.CheckConstraint("accepted >= 0 AND refused >= 0", name=op.f("ck_outcome_counts_counts")),
        _of_service("outcome_counts", "service_id"),
        sa.PrimaryKeyConstraint("service_id", "barrier", name=op.f("pk_outcome_counts")),
    )


def downgrade() -> None:
    """Drop what the older program cannot read: a condition is neither acceptance nor a ban."""
    for table in ("outcome_counts", "merge_decisions", "code_list_entries"):
        op.drop_table(table)
    op.execute("DELETE FROM own_values WHERE field = 'network'")
    _shorten_own_rules()
    with op.batch_alter_table("own_values") as values:
        _rule(values, "own_values", "ownfield", "field", OWN_BEFORE, replaces=True)
    op.execute("DELETE FROM acceptance_rules WHERE stance = 'conditions'")
    with op.batch_alter_table("acceptance_rules") as rules:
        rules.drop_constraint(op.f("ck_acceptance_rules_refusalbasis"), type_="check")
        _rule(rules, "acceptance_rules", "stance", "stance", STANCES_BEFORE, replaces=True)
        for name in ("verified_on", "source", "basis"):
            rules.drop_column(name)


def _shorten_own_rules() -> None:
    """Leave of each own rule its barrier, stance and wording."""
    values = sa.table("own_values", *(sa.column(one) for one in ("service_id", "field", "value")))
    connection = op.get_bind()
    own = sa.select(values.c.service_id, values.c.value).where(values.c.field == "acceptance")
    for service, document in connection.execute(own).all():
        here = (values.c.service_id == service, values.c.field == "acceptance")
        rules = [rule[:3] for rule in json.loads(document) if rule[1] in STANCES_BEFORE]
        if rules:
            shortened = json.dumps(rules, ensure_ascii=False)
            connection.execute(sa.update(values).where(*here).values(value=shortened))
        else:
            connection.execute(sa.delete(values).where(*here))


def _rule(
    batch: BatchOperations,
    table: str,
    name: str,
    column: str,
    words: tuple[str, ...],
    *,
    replaces: bool = False,
) -> None:
    """Let a column take only these words."""
    rule = op.f(f"ck_{table}_{name}")
    if replaces:
        batch.drop_constraint(rule, type_="check")
    listed = ", ".join(f"'{word}'" for word in words)
    batch.create_check_constraint(rule, sa.text(f"{column} IN ({listed})"))


def _of_service(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        ["services.id"],
        name=op.f(f"fk_{table}_{column}_services"),
        ondelete="CASCADE",
    )


def _choice(name: str, words: tuple[str, ...], *, rule: str) -> sa.Column[str]:
    """Return a text column that takes only these words."""
    kind = sa.Enum(*words, name=rule, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)
