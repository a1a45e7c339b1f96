"""Create the tables of the catalogue: words, places, sources, providers and services.

A migration never imports the model: what it made must stay what it was. Choices, rules and names
are therefore written out here (tests/integration/test_migrations.py holds them against the rows).
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ORIGINS = ("embedded", "own")
FORMS = ("T", "A", "P")
POINT = "(lat IS NULL) = (lon IS NULL) AND lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180"


def upgrade() -> None:
    """Create all tables."""
    _create(
        "meta",
        _text("key"),
        _text("value"),
        key=["key"],
    )
    _create_words()
    _create_places()
    _create_offers()
    _create_parts_of_offers()
    # Writers lock this row, so that they come one after another.
    op.bulk_insert(
        sa.table("meta", sa.column("key", sa.String), sa.column("value", sa.String)),
        [{"key": "revision", "value": "0"}],
    )


def downgrade() -> None:
    """Drop all tables, those that refer to others first."""
    for table in (
        "service_needs",
        "covered_municipalities",
        "service_areas",
        "acceptance_rules",
        "service_target_groups",
        "service_schedules",
        "service_capacities",
        "locations",
        "services",
        "organizations",
        "sources",
        "municipality_parts",
        "municipalities",
        "call_needs",
        "calls",
        "barriers",
        "need_groups",
        "need_service_types",
        "needs",
        "service_type_groups",
        "service_types",
        "target_groups",
        "meta",
    ):
        op.drop_table(table)


def _create_words() -> None:
    _create(
        "target_groups",
        _text("code"),
        _number("position"),
        _text("name"),
        _text("broader", nullable=True),
        _number("min_age", nullable=True),
        _number("max_age", nullable=True),
        _flag("seniors"),
        _link("target_groups", "broader", "target_groups.code", deferred=True),
        key=["code"],
    )
    _create(
        "service_types",
        _text("code"),
        _number("position"),
        _text("name"),
        _text("category"),
        _text("forms"),
        _flag("free_of_charge"),
        _flag("remote"),
        _text("repealed", nullable=True),
        _number("portal_id", nullable=True),
        _text("note"),
        key=["code"],
    )
    _create(
        "service_type_groups",
        _text("service_type"),
        _text("target_group"),
        _link("service_type_groups", "service_type", "service_types.code", cascade=True),
        _link("service_type_groups", "target_group", "target_groups.code"),
        key=["service_type", "target_group"],
    )
    _create(
        "needs",
        _text("code"),
        _number("position"),
        _text("area"),
        _text("name"),
        _list("other_help"),
        _choice("urgency", ("now", "soon"), nullable=True),
        key=["code"],
    )
    _create(
        "need_service_types",
        _text("need"),
        _number("position"),
        _text("service_type"),
        _link("need_service_types", "need", "needs.code", cascade=True),
        _link("need_service_types", "service_type", "service_types.code"),
        key=["need", "position"],
    )
    _create(
        "need_groups",
        _text("need"),
        _flag("implied"),
        _text("target_group"),
        _link("need_groups", "need", "needs.code", cascade=True),
        _link("need_groups", "target_group", "target_groups.code"),
        key=["need", "implied", "target_group"],
    )
    _create(
        "barriers",
        _text("code"),
        _number("position"),
        _text("name"),
        _list("bases"),
        _flag("residential_only"),
        _text("note"),
        key=["code"],
    )
    _create(
        "calls",
        _number("position"),
        _text("number"),
        _text("name"),
        _text("why"),
        _text("source"),
        key=["position"],
    )
    _create(
        "call_needs",
        _number("call"),
        _text("need"),
        _link("call_needs", "call", "calls.position", cascade=True),
        _link("call_needs", "need", "needs.code"),
        key=["call", "need"],
    )


def _create_places() -> None:
    _create(
        "municipalities",
        _text("code"),
        _text("name"),
        _text("orp"),
        _text("district"),
        _text("region"),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        _number("population", nullable=True),
        _number("population_65_plus", nullable=True),
        _day("population_as_of", nullable=True),
        _text("source"),
        _choice("origin", ORIGINS),
        _rule("municipalities", "point", POINT),
        _rule("municipalities", "population", "population >= 0 AND population_65_plus >= 0"),
        key=["code"],
        indexed=["orp", "district", "region"],
    )
    _create(
        "municipality_parts",
        _text("code"),
        _text("name"),
        _text("municipality_code"),
        _choice("origin", ORIGINS),
        _link("municipality_parts", "municipality_code", "municipalities.code"),
        key=["code"],
        indexed=["municipality_code"],
    )


def _create_offers() -> None:
    _create(
        "sources",
        _text("id"),
        _text("title"),
        _text("publisher"),
        _day("as_of"),
        _text("licence"),
        _text("url", nullable=True),
        _choice("origin", ORIGINS),
        key=["id"],
    )
    _create(
        "organizations",
        _text("id"),
        _text("name"),
        _text("ico", nullable=True),
        key=["id"],
        indexed=["name", "ico"],
    )
    kinds = (
        "registered_social",
        "health",
        "municipal",
        "ngo_followup",
        "community",
        "authority",
    )
    _create(
        "services",
        _text("id"),
        _text("name"),
        _choice("kind", kinds),
        _text("organization_id"),
        _text("source_id"),
        _day("as_of"),
        _day("verified_on", nullable=True),
        _text("type", nullable=True),
        _text("register_id", nullable=True),
        _text("forms", nullable=True),
        _flag("groups_known"),
        _flag("ages_stated"),
        _number("age_min", nullable=True),
        _number("age_max", nullable=True),
        _choice(
            "coverage_status",
            ("declared", "parsed", "assumed", "unknown"),
            rule="coveragestatus",
        ),
        _flag("everywhere"),
        _list("unresolved"),
        _list("places"),
        _text("phone", nullable=True),
        _text("email", nullable=True),
        _text("web", nullable=True),
        _text("description"),
        _day("valid_from", nullable=True),
        _day("valid_to", nullable=True),
        _choice("origin", ORIGINS),
        _rule("services", "forms", "forms IN ('', 'A', 'P', 'T', 'AP', 'AT', 'PT', 'APT')"),
        _rule("services", "ages_stated", "ages_stated OR (age_min IS NULL AND age_max IS NULL)"),
        _rule("services", "ages", "age_min <= age_max"),
        _link("services", "organization_id", "organizations.id"),
        _link("services", "source_id", "sources.id"),
        _link("services", "type", "service_types.code"),
        key=["id"],
        indexed=["organization_id", "source_id", "type", "register_id"],
    )


def _create_parts_of_offers() -> None:
    roles = ("facility", "listed", "provider_seat", "secret")
    _create_part(
        "locations",
        _number("position"),
        _choice("role", roles, rule="addressrole"),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        _text("municipality_code", nullable=True),
        _text("municipality_name"),
        _rule("locations", "point", POINT),
        _rule(
            "locations",
            "secret",
            "role <> 'secret' OR (lat IS NULL AND lon IS NULL"
            " AND municipality_code IS NULL AND municipality_name = '')",
        ),
        indexed=["municipality_code"],
    )
    units = ("klient", "luzka", "kontakt", "interv", "hovor", "uvazek")
    _create_part(
        "service_capacities",
        _number("position"),
        _choice("unit", units, rule="capacityunit"),
        _number("registered"),
        _day("as_of"),
        _choice("form", FORMS, nullable=True),
        _flag("immediate"),
        _number("available", nullable=True),
        _text("doubt"),
        _rule("service_capacities", "numbers", "registered >= 0 AND available >= 0"),
    )
    _create_part(
        "service_schedules",
        _number("position"),
        _choice("form", FORMS),
        _flag("round_the_clock"),
        _text("text"),
    )
    _create_part(
        "service_target_groups",
        _text("target_group"),
        _link("service_target_groups", "target_group", "target_groups.code"),
        key=["target_group"],
        indexed=["target_group"],
    )
    _create_part(
        "acceptance_rules",
        _number("position"),
        _text("barrier"),
        _choice("stance", ("accepts", "excludes")),
        _text("wording"),
        _link("acceptance_rules", "barrier", "barriers.code"),
        indexed=["barrier"],
    )
    kinds = (
        "municipality",
        "municipality_part",
        "catchment",
        "orp",
        "district",
        "region",
        "country",
        "radius",
    )
    _create_part(
        "service_areas",
        _number("position"),
        _choice("kind", kinds, rule="areakind"),
        _text("name"),
        _text("code", nullable=True),
        sa.Column("km", sa.Double(), nullable=True),
        _rule("service_areas", "km", "km >= 0"),
    )
    _create_part(
        "covered_municipalities",
        _flag("certain"),
        _text("municipality_code"),
        key=["certain", "municipality_code"],
        indexed=["municipality_code"],
    )
    _create_part(
        "service_needs",
        _text("need"),
        _link("service_needs", "need", "needs.code"),
        key=["need"],
        indexed=["need"],
    )


def _create_part(
    table: str,
    *items: SchemaItem,
    key: tuple[str, ...] | list[str] = ("position",),
    **options: list[str],
) -> None:
    """Create a table whose rows belong to a service and disappear with it."""
    _create(
        table,
        _text("service_id"),
        *items,
        _link(table, "service_id", "services.id", cascade=True),
        key=["service_id", *key],
        **options,
    )


def _create(
    table: str, *items: SchemaItem, key: list[str], indexed: list[str] | None = None
) -> None:
    op.create_table(table, *items, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")))
    for column in indexed or ():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _list(name: str) -> SchemaItem:
    return sa.Column(name, sa.JSON(), nullable=False)


def _choice(
    name: str, words: tuple[str, ...], *, nullable: bool = False, rule: str | None = None
) -> SchemaItem:
    """Return a text column that takes only these words; the rule is named as the column."""
    kind = sa.Enum(*words, name=rule or name, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)


def _rule(table: str, name: str, rule: str) -> SchemaItem:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _link(
    table: str, column: str, target: str, *, cascade: bool = False, deferred: bool = False
) -> SchemaItem:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=op.f(f"fk_{table}_{column}_{target.partition('.')[0]}"),
        ondelete="CASCADE" if cascade else None,
        deferrable=deferred or None,
        initially="DEFERRED" if deferred else None,
    )
