"""Sorts of offers: those alike in what a rule reads of them get the same answer from that rule.

So a rule is put to one offer of each sort, and whoever is shown beside it shares the answer.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from referral.catalog.model import Service, ServiceAtLocation
from referral.catalog.sexes import sex_told
from referral.catalog.vocabulary import Vocabulary
from referral.matching.circles import ages_of_circle
from referral.matching.reach import forms_of

Numbers = npt.NDArray[np.int64]


class Sorts(NamedTuple):
    """What rules read of offers, as numbers: offers with the same one are alike in that.

    One list for each, in the order of the offers. ``service``: who it is. ``term``: from when and
    until when it is registered. ``ages``: the limits stated and those of its circle. ``sex``: for
    whom it is by its names. ``circle``: its type, its kind and the groups declared. ``rules``: what
    it states about barriers, and where it does what else decides whether a refusal for one is
    lawful. ``forms``: those it may have. ``places``: the free ones that it has told of. ``record``:
    how fresh it is. ``seat``: the municipality and role of its location.
    """

    service: Sequence[int]
    term: Sequence[int]
    ages: Sequence[int]
    sex: Sequence[int]
    circle: Sequence[int]
    rules: Sequence[int]
    forms: Sequence[int]
    places: Sequence[int]
    record: Sequence[int]
    seat: Sequence[int]


def sort(offers: Iterable[ServiceAtLocation], vocabulary: Vocabulary) -> Numbers:
    """Return the numbers of every offer, a row for each, in the order of the fields of Sorts.

    Those of one service differ in their locations alone.
    """
    numbers: dict[tuple[str, Hashable], int] = {}
    known: dict[str, list[int]] = {}

    def number(read: str, what: Hashable) -> int:
        return numbers.setdefault((read, what), len(numbers))

    found = []
    for offer in offers:
        service, location = offer.service, offer.location
        of_service = known.get(service.id)
        if of_service is None:
            told = _read(service, vocabulary)
            of_service = known[service.id] = [
                number(read, what) for read, what in zip(Sorts._fields, told, strict=False)
            ]
        seat = None if location is None else (location.municipality, location.role.value)
        found.append((*of_service, number("seat", seat)))
    return np.array(found, np.int64).reshape(len(found), len(Sorts._fields))


def sorts_in(rows: Numbers, numbers: Numbers) -> Sorts:
    """Return the numbers of the offers in these rows."""
    return Sorts._make(numbers.take(rows, axis=0).T.tolist())


def _read(service: Service, vocabulary: Vocabulary) -> tuple[Hashable, ...]:
    """Return what rules read of a service, in the order of Sorts, its location left out."""
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    stated, told = service.eligibility, service.capacities
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
        told if any(one.available is not None for one in told) else (),
        (service.provenance.as_of, service.provenance.verified_on),
    )
