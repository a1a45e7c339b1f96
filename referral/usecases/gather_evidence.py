"""Answer: what is known beside the norm of where the need is large."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from referral.catalog.evidence import EvidenceStore
from referral.catalog.experience import OutcomeStore
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.network.evidence import (
    EvidenceKind,
    EvidenceReport,
    counts_layer,
    exclusion_layer,
    tell_outcomes,
    unmet_table,
)


def gather_evidence(
    municipalities: Sequence[str],
    *,
    area: str,
    catalog: Catalog,
    evidence: EvidenceStore,
    outcomes: OutcomeStore,
    today: date,
    year: int | None = None,
) -> EvidenceReport:
    """Return the layers of need over the municipalities (codes) of an area, and the counts.

    Counts are those of whole ORP, even where the area holds a part of one; ``year`` chooses the
    year of the index, None the latest.

    Raises:
        UnknownCodeError: a municipality is not loaded.
        StorageError: the database does not answer.
    """
    territory = catalog.territory
    places = [territory.municipality(code) for code in municipalities]
    orps = {place.orp for place in places}
    people: Counter[str] = Counter()
    for place in territory.municipalities.values():
        people[place.orp] += place.population or 0
    unmet = unmet_table(
        evidence.unmet_counts(),
        regions={place.orp: place.region for place in territory.municipalities.values()},
        orps=orps,
        region=_region_of(municipalities, territory),
        before=today,
    )
    refused, answered = tell_outcomes(outcomes.outcome_counts(), catalog)
    month_began = today.replace(day=1)
    return EvidenceReport(
        area=area,
        as_of=today,
        layers=(
            exclusion_layer(evidence.exclusion_values(), places=places, year=year),
            counts_layer(
                EvidenceKind.UNMET,
                unmet.rows,
                places=places,
                people=people,
                until=month_began - timedelta(days=1),
            ),
            counts_layer(
                EvidenceKind.REFUSALS,
                {orp: told for orp, told in refused.items() if orp in orps},
                places=places,
                people=people,
                until=today,
            ),
        ),
        unmet=unmet,
        outcomes=answered,
    )


def _region_of(municipalities: Sequence[str], territory: Territory) -> str | None:
    """Return the kraj that the municipalities are, "" for everything loaded, None for neither."""
    chosen = set(municipalities)
    if chosen == set(territory.municipalities):
        return ""
    return next((name for name, codes in territory.by_region.items() if chosen == set(codes)), None)
