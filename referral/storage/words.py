"""Replace the stored vocabulary as a whole."""

from collections.abc import Mapping
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Connection, FromClause, Table, delete, select

from referral.catalog.vocabulary import Term, Vocabulary
from referral.storage.errors import RefusedError
from referral.storage.mapping.words import vocabulary_from, vocabulary_rows
from referral.storage.putting import insert_rows, upsert_rows
from referral.storage.reading import read_vocabulary
from referral.storage.rows import (
    AcceptanceRuleRow,
    BarrierRow,
    CallNeedRow,
    CallRow,
    NeedGroupRow,
    NeedRow,
    NeedServiceTypeRow,
    Row,
    ServiceNeedRow,
    ServiceRow,
    ServiceTargetGroupRow,
    ServiceTypeGroupRow,
    ServiceTypeRow,
    TargetGroupRow,
)

_LINKS: tuple[type[Row], ...] = (
    ServiceTypeGroupRow,
    NeedServiceTypeRow,
    NeedGroupRow,
    CallNeedRow,
    CallRow,
)


class _Words(NamedTuple):
    """A kind of word: its Czech plural, its table, and the column by which services refer to it."""

    plural: str
    table: FromClause
    user: ColumnElement[str]


_TYPES = _Words("druhy služeb", ServiceTypeRow.__table__, ServiceRow.__table__.c.type)
_GROUPS = _Words(
    "cílové skupiny", TargetGroupRow.__table__, ServiceTargetGroupRow.__table__.c.target_group
)
_NEEDS = _Words("potřeby", NeedRow.__table__, ServiceNeedRow.__table__.c.need)
_BARRIERS = _Words("překážky", BarrierRow.__table__, AcceptanceRuleRow.__table__.c.barrier)


def replace_words(connection: Connection, vocabulary: Vocabulary) -> bool:
    """Replace the vocabulary and tell whether it differed from the stored one.

    Raises:
        RefusedError: it leaves out a word that a stored service uses.
    """
    stored = vocabulary_from(read_vocabulary(connection))
    if _in_order(stored) == _in_order(vocabulary):
        return False
    for links in _LINKS:
        connection.execute(delete(links))
    rows = vocabulary_rows(vocabulary)
    for terms in (rows.groups, rows.types, rows.needs, rows.barriers):
        upsert_rows(connection, terms)
    # Words that other words refer to go last.
    _drop(connection, _NEEDS, stored.needs, vocabulary.needs)
    _drop(connection, _BARRIERS, stored.barriers, vocabulary.barriers)
    _drop(connection, _TYPES, stored.types, vocabulary.types)
    _drop(connection, _GROUPS, stored.groups, vocabulary.groups)
    for added in (rows.type_groups, rows.need_types, rows.need_groups, rows.calls, rows.call_needs):
        insert_rows(connection, added)
    return True


def _drop(
    connection: Connection, words: _Words, stored: Mapping[str, Term], wanted: Mapping[str, Term]
) -> None:
    gone = sorted(stored.keys() - wanted.keys())
    used = connection.scalars(select(words.user).where(words.user.in_(gone)).distinct()).all()
    if used:
        codes = ", ".join(sorted(used))
        message = (
            f"Slovník nelze nahradit: vynechává {words.plural}, na které odkazují uložené služby "
            f"({codes}). Nic se nezměnilo."
        )
        raise RefusedError(message)
    table = cast("Table", words.table)
    connection.execute(delete(table).where(table.c.code.in_(gone)))


def _in_order(vocabulary: Vocabulary) -> tuple[tuple[object, ...], ...]:
    """Return the words in their order, which two equal mappings may not share."""
    return (
        tuple(vocabulary.types.values()),
        tuple(vocabulary.groups.values()),
        tuple(vocabulary.needs.values()),
        tuple(vocabulary.barriers.values()),
        vocabulary.calls,
    )
