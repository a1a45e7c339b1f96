"""What the refusals that a client has met changed in the answer."""

from collections.abc import Iterator, Mapping, Sequence

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.matching.exclusion import ExclusionCode
from referral.matching.ranking import NearMiss, Recommendation
from referral.matching.request import Refusal
from referral.web.czech import listing, number
from referral.web.presenters.labels import REFUSAL_REASONS
from referral.web.translation import _, translated


def refusals_told(recommendation: Recommendation, catalog: Catalog) -> tuple[str, ...]:
    """Say which services the refusals put out or lower, and which of them changed nothing."""
    refusals = recommendation.request.refusals
    if not refusals:
        return ()
    return tuple(_sentences(recommendation, refusals, catalog))


def _sentences(
    recommendation: Recommendation, refusals: Sequence[Refusal], catalog: Catalog
) -> Iterator[str]:
    near = {miss.offer.id: miss for miss in recommendation.not_for_you}
    ranks = {match.offer.id: match.rank for match in recommendation.matches}
    groups: dict[str, list[Refusal]] = {}
    for one in refusals:
        kind = _effect(one, near, ranks, recommendation, catalog)
        groups.setdefault(kind, []).append(one)
    for kind, (single, several) in _EFFECTS.items():
        if kind in groups:
            names = _named(groups[kind], catalog, ranks)
            yield (single if len(names) == 1 else several).format(names=listing(names))


_EFFECTS: Mapping[str, tuple[str, str]] = {
    "out": (
        _("Kvůli odmítnutí je vyřazena služba: {names}."),
        _("Kvůli odmítnutí jsou vyřazeny služby: {names}."),
    ),
    "lower": (
        _("S méně body zůstává v nabídce: {names}. Odmítnutí teď nebrání zeptat se znovu."),
        _("S méně body zůstávají v nabídce: {names}. Odmítnutí teď nebrání zeptat se znovu."),
    ),
    "barred": (
        _("Brání jí něco jiného než odmítnutí: {names}."),
        _("Brání jim něco jiného než odmítnutí: {names}."),
    ),
    "hidden": (
        _("Mezi zobrazenými není: {names}."),
        _("Mezi zobrazenými nejsou: {names}."),
    ),
    "idle": (
        _("Výsledek nezměnilo odmítnutí od: {names}. Tuto potřebu neřeší."),
        _("Výsledek nezměnila odmítnutí od: {names}. Tuto potřebu neřeší."),
    ),
    "strange": (
        _("V katalogu není služba s číslem {names}, její odmítnutí jsme nezapočítali."),
        _("V katalogu nejsou služby s čísly {names}, jejich odmítnutí jsme nezapočítali."),
    ),
}
"""What a refusal did to the answer, said of one service and of several."""


def _effect(
    refusal: Refusal,
    near: Mapping[str, NearMiss],
    ranks: Mapping[str, int],
    recommendation: Recommendation,
    catalog: Catalog,
) -> str:
    service = catalog.services.get(refusal.service_id)
    if service is None:
        return "strange"
    if service.id in ranks:
        return "lower"
    if service.id in near:
        held = any(one.kind is ExclusionCode.REFUSED for one in near[service.id].exclusions)
        return "out" if held else "barred"
    return "hidden" if _answers(service, recommendation, catalog) else "idle"


def _named(refusals: Sequence[Refusal], catalog: Catalog, ranks: dict[str, int]) -> tuple[str, ...]:
    """Name services once each, with the reason they gave and their place in the order."""
    names: dict[str, str] = {}
    for one in refusals:
        if one.service_id not in catalog.services:
            names[one.service_id] = one.service_id
            continue
        told = [_reason(one, catalog)]
        if one.service_id in ranks:
            told.insert(0, _("{rank}. v pořadí").format(rank=number(ranks[one.service_id])))
        names.setdefault(
            one.service_id, f"{catalog.service(one.service_id).name} ({', '.join(told)})"
        )
    return tuple(names.values())


def _reason(refusal: Refusal, catalog: Catalog) -> str:
    if refusal.barrier is not None and refusal.barrier in catalog.vocabulary.barriers:
        return translated(catalog.vocabulary.barriers[refusal.barrier].name)
    return REFUSAL_REASONS[refusal.reason]


def _answers(service: Service, recommendation: Recommendation, catalog: Catalog) -> bool:
    """Tell whether a service answers any of the asked needs."""
    needs = [catalog.vocabulary.need(code) for code in recommendation.request.need_codes]
    return any(need.code in service.needs or service.type in need.service_types for need in needs)
