"""Sorts of offers: those alike in what a rule reads of them get the same answer from that rule.

So a rule is put to one offer of each sort, and whoever is shown beside it shares the answer.
"""

from collections.abc import Hashable, Iterable
from enum import IntEnum

from referral.catalog.model import Service, ServiceAtLocation
from referral.catalog.sexes import sex_told
from referral.catalog.vocabulary import Vocabulary
from referral.matching.circles import ages_of_circle
from referral.matching.reach import forms_of


class Reads(IntEnum):
    """What of an offer a rule looks at; the position of its number in a sort.

    SERVICE: who it is. TERM: from when and until when it is registered. AGES: the limits stated and
    those of its circle. SEX: for whom it is by its names. CIRCLE: its type, its kind and the groups
    declared. RULES: what it states about barriers, and where it does what else decides whether a
    refusal for one is lawful. FORMS: those it may have. PLACES: the
    free ones that it has told of. RECORD: how fresh it is. SEAT: municipality and role of its
    location.
    """

    SERVICE = 0
    TERM = 1
    AGES = 2
    SEX = 3
    CIRCLE = 4
    RULES = 5
    FORMS = 6
    PLACES = 7
    RECORD = 8
    SEAT = 9


Sort = tuple[int, ...]
"""For every member of Reads a number; offers with the same one are alike in that."""


def sorts_of(offers: Iterable[ServiceAtLocation], vocabulary: Vocabulary) -> tuple[Sort, ...]:
    """Return the sort of every offer; those of one service differ in their locations alone."""
    numbers: dict[tuple[Reads, Hashable], int] = {}
    known: dict[str, list[int]] = {}

    def number(reads: Reads, what: Hashable) -> int:
        return numbers.setdefault((reads, what), len(numbers))

    found = []
    for offer in offers:
        service, location = offer.service, offer.location
        of_service = known.get(service.id)
        if of_service is None:
            told = _read(service, vocabulary)
            of_service = known[service.id] = [
                number(reads, what) for reads, what in zip(Reads, told, strict=False)
            ]
        seat = None if location is None else (location.municipality, location.role.value)
        found.append((*of_service, number(Reads.SEAT, seat)))
    return tuple(found)


def _read(service: Service, vocabulary: Vocabulary) -> tuple[Hashable, ...]:
    """Return what rules read of a service, in the order of Reads."""
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    stated = service.eligibility
    circle = (service.type, service.kind.value, stated.target_groups)
    forms, _ = forms_of(service, kind)
    return (
        service.id,
        (service.valid_from, service.valid_to),
        (stated.ages, ages_of_circle(stated.target_groups, vocabulary)),
        sex_told(service.name, service.places),
        circle,
        (circle, stated.rules, forms) if stated.rules else None,
        forms,
        service.capacities if any(one.available is not None for one in service.capacities) else (),
        (service.provenance.as_of, service.provenance.verified_on),
    )
