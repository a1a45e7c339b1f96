"""The vocabulary of its rows; apart from the rows themselves, so that a plain result will do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from referral.catalog.vocabulary import (
    Barrier,
    Call,
    Need,
    RefusalBasis,
    ServiceType,
    TargetGroup,
    Vocabulary,
)
from referral.storage.mapping.forms import forms_of

if TYPE_CHECKING:
    from referral.storage.rows import (
        BarrierRow,
        CallNeedRow,
        CallRow,
        NeedGroupRow,
        NeedRow,
        NeedServiceTypeRow,
        ServiceTypeGroupRow,
        ServiceTypeRow,
        TargetGroupRow,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRows:
    """The whole vocabulary as rows, every table in the order of its positions."""

    groups: Sequence["TargetGroupRow"]
    types: Sequence["ServiceTypeRow"]
    type_groups: Sequence["ServiceTypeGroupRow"]
    needs: Sequence["NeedRow"]
    need_types: Sequence["NeedServiceTypeRow"]
    need_groups: Sequence["NeedGroupRow"]
    barriers: Sequence["BarrierRow"]
    calls: Sequence["CallRow"]
    call_needs: Sequence["CallNeedRow"]


def vocabulary_from(rows: VocabularyRows) -> Vocabulary:
    """Return the vocabulary of its rows."""
    type_groups = _sets((one.service_type, one.target_group) for one in rows.type_groups)
    typical = _sets((one.need, one.target_group) for one in rows.need_groups if not one.implied)
    implied = _sets((one.need, one.target_group) for one in rows.need_groups if one.implied)
    call_needs = _sets((one.call, one.need) for one in rows.call_needs)
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for link in rows.need_types:
        answers[link.need].append(link.service_type)
    return Vocabulary.of(
        groups=[
            TargetGroup(
                code=one.code,
                name=one.name,
                broader=one.broader,
                min_age=one.min_age,
                max_age=one.max_age,
                seniors=one.seniors,
            )
            for one in rows.groups
        ],
        types=[
            ServiceType(
                code=one.code,
                name=one.name,
                category=one.category,
                forms=forms_of(one.forms),
                free_of_charge=one.free_of_charge,
                typical_groups=frozenset(type_groups[one.code]),
                remote=one.remote,
                repealed=one.repealed,
                portal_id=one.portal_id,
                note=one.note,
            )
            for one in rows.types
        ],
        needs=[
            Need(
                code=one.code,
                area=one.area,
                name=one.name,
                service_types=tuple(answers[one.code]),
                other_help=tuple(one.other_help),
                typical_groups=frozenset(typical[one.code]),
                implied_groups=frozenset(implied[one.code]),
                urgency=one.urgency,
            )
            for one in rows.needs
        ],
        barriers=[
            Barrier(
                code=one.code,
                name=one.name,
                bases=tuple(RefusalBasis(basis) for basis in one.bases),
                residential_only=one.residential_only,
                note=one.note,
            )
            for one in rows.barriers
        ],
        calls=[
            Call(
                number=one.number,
                name=one.name,
                why=one.why,
                needs=frozenset(call_needs[one.position]),
                source=one.source,
            )
            for one in rows.calls
        ],
    )


_K = TypeVar("_K")


def _sets(pairs: Iterable[tuple[_K, str]]) -> defaultdict[_K, set[str]]:
    grouped: defaultdict[_K, set[str]] = defaultdict(set)
    for owner, code in pairs:
        grouped[owner].add(code)
    return grouped
