"""Life situations as pages: what kind of help there is for each, before any place is known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Need, ServiceType, Urgency, Vocabulary
from referral.matching.advice import Advice
from referral.web.czech import capitalised
from referral.web.presenters.home import AREAS
from referral.web.presenters.labels import need_label, type_label
from referral.web.presenters.steps import UrgentCall, urgent_call
from referral.web.printed.law import Law
from referral.web.translation import _, translated


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationLink:
    """One life situation in the list; ``slug`` is its place in the address."""

    slug: str
    name: str
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationGroup:
    """The situations of one area of life."""

    title: str
    situations: tuple[SituationLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfHelp:
    """One type of service that answers; ``does`` is what the Act has it do, ``free`` by the Act.

    ``count`` is how many of the catalogue are of this type.
    """

    code: str
    name: str
    does: tuple[str, ...]
    does_source: str
    free: bool
    repealed: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """One life situation."""

    code: str
    name: str
    area: str
    calls: tuple[UrgentCall, ...]
    soon: bool
    kinds: tuple[KindOfHelp, ...]
    beside: tuple[str, ...]
    ready: tuple[str, ...]


def situation_groups(vocabulary: Vocabulary) -> tuple[SituationGroup, ...]:
    """Return all situations by areas, in the order in which people look for help."""
    areas: dict[str, list[SituationLink]] = {}
    for need in vocabulary.needs.values():
        areas.setdefault(need.area, []).append(
            SituationLink(
                slug=slug_of(need), name=need_label(need), urgent=need.urgency is Urgency.NOW
            )
        )
    known = [area for area in AREAS if area in areas]
    rest = sorted(set(areas) - set(known))
    return tuple(
        SituationGroup(title=capitalised(translated(area)), situations=tuple(areas[area]))
        for area in (*known, *rest)
    )


def slug_of(need: Need) -> str:
    """Return what names a need in an address."""
    return need.code.lower()


def situation_view(need: Need, catalog: Catalog, *, advice: Advice, law: Law) -> SituationView:
    """Tell one situation."""
    vocabulary = catalog.vocabulary
    counts = Counter(one.type for one in catalog.services.values())
    kinds = [vocabulary.service_type(code) for code in need.service_types]
    return SituationView(
        code=need.code,
        name=need_label(need),
        area=capitalised(translated(need.area)),
        calls=tuple(urgent_call(call) for call in vocabulary.calls if need.code in call.needs),
        soon=need.urgency is Urgency.SOON,
        kinds=tuple(_kind(one, counts, law) for one in kinds),
        beside=tuple(capitalised(one) for one in need.other_help),
        ready=_ready(kinds, advice),
    )


def _kind(kind: ServiceType, counts: Mapping[str | None, int], law: Law) -> KindOfHelp:
    known = law.types.get(kind.code)
    by_act = known is not None and known.paragraph
    return KindOfHelp(
        code=kind.code,
        name=type_label(kind),
        does=known.activities if known is not None else (),
        does_source=law.about.source if by_act else _("obvyklá praxe služeb tohoto druhu"),
        free=kind.free_of_charge,
        repealed=kind.repealed or "",
        count=counts[kind.code],
    )


def _ready(kinds: list[ServiceType], advice: Advice) -> tuple[str, ...]:
    """Return what several of these types usually ask for, whatever the form."""
    codes = {one.code for one in kinds}
    return tuple(
        capitalised(one.what)
        for one in advice.preparations
        if one.types & codes and one.paid is None
    )
