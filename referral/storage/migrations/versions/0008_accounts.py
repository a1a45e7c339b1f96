"""Keep accounts, who is signed in, attempts to sign in and the record of all that."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROLES = ("admin", "editor", "planner", "worker")
EVENTS = (
    "added",
    "signed-in",
    "sign-in-failed",
    "locked-out",
    "signed-out",
    "password-changed",
    "password-reset",
    "roles-changed",
    "deactivated",
    "activated",
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("password_set_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_table(
        "account_roles",
        sa.Column("account_id", sa.String(), nullable=False),
        _choice("role", ROLES, rule="role"),
        _of_account("account_roles"),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_roles")),
    )
    op.create_table(
        "account_sessions",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        _of_account("account_sessions"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_account_sessions")),
    )
    op.create_index(op.f("ix_account_sessions_account_id"), "account_sessions", ["account_id"])
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    for column in ("login", "address"):
        op.create_index(op.f(f"ix_sign_in_failures_{column}"), "sign_in_failures", [column])
    op.create_table(
        "account_events",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _choice("event", EVENTS, rule="accountevent"),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account_events")),
    )
    op.create_index(op.f("ix_account_events_login"), "account_events", ["login"])


def downgrade() -> None:
    """Drop what the older program does not know."""
    for table in (
        "account_events",
        "sign_in_failures",
        "account_sessions",
        "account_roles",
        "accounts",
    ):
        op.drop_table(table)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"],
        ["accounts.id"],
        name=op.f(f"fk_{table}_account_id_accounts"),
        ondelete="CASCADE",
    )


def _choice(name: str, words: tuple[str, ...], *, rule: str) -> sa.Column[str]:
    """Return a text column that takes only these words."""
    kind = sa.Enum(*words, name=rule, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)
