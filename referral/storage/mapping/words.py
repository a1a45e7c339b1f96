"""The vocabulary as rows, and back."""

from referral.catalog.vocabulary import Vocabulary
from referral.storage.mapping.forms import letters_of
from referral.storage.mapping.vocabulary import VocabularyRows, vocabulary_from
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

__all__ = ["VocabularyRows", "vocabulary_from", "vocabulary_rows"]


def vocabulary_rows(vocabulary: Vocabulary) -> VocabularyRows:
    """Return the rows of a vocabulary."""
    types, needs = vocabulary.types.values(), vocabulary.needs.values()
    return VocabularyRows(
        groups=[
            TargetGroupRow(
                code=one.code,
                position=position,
                name=one.name,
                broader=one.broader,
                min_age=one.min_age,
                max_age=one.max_age,
                seniors=one.seniors,
            )
            for position, one in enumerate(vocabulary.groups.values())
        ],
        types=[
            ServiceTypeRow(
                code=one.code,
                position=position,
                name=one.name,
                category=one.category,
                forms=letters_of(one.forms),
                free_of_charge=one.free_of_charge,
                remote=one.remote,
                repealed=one.repealed,
                portal_id=one.portal_id,
                note=one.note,
            )
            for position, one in enumerate(types)
        ],
        type_groups=[
            ServiceTypeGroupRow(service_type=one.code, target_group=code)
            for one in types
            for code in sorted(one.typical_groups)
        ],
        needs=[
            NeedRow(
                code=one.code,
                position=position,
                area=one.area,
                name=one.name,
                other_help=list(one.other_help),
                urgency=one.urgency,
            )
            for position, one in enumerate(needs)
        ],
        need_types=[
            NeedServiceTypeRow(need=one.code, position=position, service_type=code)
            for one in needs
            for position, code in enumerate(one.service_types)
        ],
        need_groups=[
            NeedGroupRow(need=one.code, implied=implied, target_group=code)
            for one in needs
            for implied, codes in ((False, one.typical_groups), (True, one.implied_groups))
            for code in sorted(codes)
        ],
        barriers=[
            BarrierRow(
                code=one.code,
                position=position,
                name=one.name,
                bases=[basis.value for basis in one.bases],
                residential_only=one.residential_only,
                note=one.note,
            )
            for position, one in enumerate(vocabulary.barriers.values())
        ],
        calls=[
            CallRow(
                position=position,
                number=one.number,
                name=one.name,
                why=one.why,
                source=one.source,
            )
            for position, one in enumerate(vocabulary.calls)
        ],
        call_needs=[
            CallNeedRow(call=position, need=code)
            for position, one in enumerate(vocabulary.calls)
            for code in sorted(one.needs)
        ],
    )
