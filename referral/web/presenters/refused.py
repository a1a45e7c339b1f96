"""What the refusals that a client has met changed in the answer."""

from collections.abc import Iterator, Sequence

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.matching.exclusions import ExclusionCode
from referral.matching.ranking import Recommendation
from referral.matching.request import Refusal
from referral.web.czech import listing, number
from referral.web.presenters.labels import REFUSAL_REASONS
from referral.web.translation import _


def refusals_told(recommendation: Recommendation, catalog: Catalog) -> tuple[str, ...]:
    """Say which services the refusals put out or lower, and which of them changed nothing."""
    refusals = recommendation.request.refusals
    if not refusals:
        return ()
    return tuple(_sentences(recommendation, refusals, catalog))


def _sentences(
    recommendation: Recommendation, refusals: Sequence[Refusal], catalog: Catalog
) -> Iterator[str]:
    out = {
        miss.offer.id
        for miss in recommendation.not_for_you
        if any(one.kind is ExclusionCode.REFUSED for one in miss.exclusions)
    }
    ranks = {match.offer.id: match.rank for match in recommendation.matches}
    known = [one for one in refusals if one.service_id in catalog.services]
    gone = _named([one for one in known if one.service_id in out], catalog, {})
    lower = _named([one for one in known if one.service_id in ranks], catalog, ranks)
    rest = [one for one in known if one.service_id not in out and one.service_id not in ranks]
    hidden = [one for one in rest if _answers(catalog.service(one.service_id), recommendation)]
    if gone:
        yield _("Kvůli odmítnutí {verb}: {names}.").format(
            verb=_("je vyřazena služba") if len(gone) == 1 else _("jsou vyřazeny služby"),
            names=listing(gone),
        )
    if lower:
        yield _("Níž {verb}: {names}. Odmítnutí teď nebrání zeptat se znovu.").format(
            verb=_("je kvůli odmítnutí služba") if len(lower) == 1 else _("jsou kvůli odmítnutí"),
            names=listing(lower),
        )
    if hidden:
        yield _("Mezi zobrazenými není: {names}.").format(
            names=listing(_named(hidden, catalog, {}))
        )
    if idle := _named([one for one in rest if one not in hidden], catalog, {}):
        yield _("Výsledek nezměnilo odmítnutí od: {names}. Tuto potřebu neřeší.").format(
            names=listing(idle)
        )
    if strange := [one.service_id for one in refusals if one.service_id not in catalog.services]:
        yield _("V katalogu není služba s číslem {ids}, její odmítnutí jsme nezapočítali.").format(
            ids=listing(tuple(dict.fromkeys(strange)))
        )


def _named(refusals: Sequence[Refusal], catalog: Catalog, ranks: dict[str, int]) -> tuple[str, ...]:
    """Name services once each, with the reason they gave and their place in the order."""
    names: dict[str, str] = {}
    for one in refusals:
        told = [_reason(one, catalog)]
        if one.service_id in ranks:
            told.insert(0, _("{rank}. v pořadí").format(rank=number(ranks[one.service_id])))
        names.setdefault(
            one.service_id, f"{catalog.service(one.service_id).name} ({', '.join(told)})"
        )
    return tuple(names.values())


def _reason(refusal: Refusal, catalog: Catalog) -> str:
    if refusal.barrier is not None and refusal.barrier in catalog.vocabulary.barriers:
        return catalog.vocabulary.barriers[refusal.barrier].name
    return REFUSAL_REASONS[refusal.reason]


def _answers(service: Service, recommendation: Recommendation) -> bool:
    """Tell whether a service is in the run for this question at all."""
    return any(service.id == one.offer.id for one in recommendation.not_for_you) or (
        recommendation.counts.found + recommendation.counts.excluded
        > len(recommendation.matches) + len(recommendation.not_for_you)
    )
