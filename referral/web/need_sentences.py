"""Need beside the gap in words: what is measured, how large is large, what stays unsaid."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from referral.catalog.snapshot import Catalog
from referral.network.evidence import EvidenceKind, Layer
from referral.network.gaps import GapStatus
from referral.network.norms import Rule
from referral.web.czech import NBSP, day, number
from referral.web.gaps_presenter import PlaceRow
from referral.web.gaps_sentences import STATUSES, grouped, in_municipalities, people
from referral.web.translation import _


class NeedKind(StrEnum):
    """By what the need is measured, as an address calls it."""

    PEOPLE = "obyvatele"
    SENIORS = "65"
    OLDEST = "80"
    EXCLUSION = "vylouceni"
    UNMET = "nenalezeno"
    REFUSALS = "odmitnuti"


NEED_LABELS: Final[Mapping[NeedKind, str]] = {
    NeedKind.PEOPLE: _("počet obyvatel"),
    NeedKind.SENIORS: _("počet obyvatel od 65 let"),
    NeedKind.OLDEST: _("počet obyvatel od 80 let"),
    NeedKind.EXCLUSION: _("Index sociálního vyloučení"),
    NeedKind.UNMET: _("hledání, která nikoho nenašla (na 1\u00a0000 obyvatel ORP)"),
    NeedKind.REFUSALS: _("odmítnutí službami (na 1\u00a0000 obyvatel ORP)"),
}
EVIDENCE: Final[Mapping[NeedKind, EvidenceKind]] = {
    NeedKind.EXCLUSION: EvidenceKind.EXCLUSION,
    NeedKind.UNMET: EvidenceKind.UNMET,
    NeedKind.REFUSALS: EvidenceKind.REFUSALS,
}
_UNITS: Final[Mapping[NeedKind, str]] = {
    NeedKind.EXCLUSION: _("b."),
    NeedKind.UNMET: _("na 1\u00a0000"),
    NeedKind.REFUSALS: _("na 1\u00a0000"),
}
NEEDS = (_("malá potřeba"), _("střední potřeba"), _("velká potřeba"))
GAPS = (_("málo mezer"), _("středně mezer"), _("hodně mezer"))
STATUS_OF = (GapStatus.MET, GapStatus.PARTIAL, GapStatus.GAP)
UNKNOWN_KEY: Final = "bxx"
WORST_KEY: Final = "b22"
Limits: TypeAlias = "tuple[float, float] | None"


def need_text(need: float | None, kind: NeedKind) -> str:
    """Say how large the need of a place is."""
    if need is None:
        return _("potřeba: neznámo nebo málo případů")
    if kind in EVIDENCE:
        return _("potřeba: {n} {unit}").format(n=number(need, places=1), unit=_UNITS[kind])
    return people(round(need))


def need_words(limits: Limits, kind: NeedKind) -> tuple[str, ...]:
    """Name the three columns of the square with their limits."""
    if limits is None:
        return NEEDS
    places = 1 if kind in EVIDENCE else 0
    low, high = (
        number(one, places=places) if kind in EVIDENCE else grouped(round(one)) for one in limits
    )
    unit = f"{NBSP}{_UNITS[kind]}" if kind in EVIDENCE else ""
    return (
        _("malá (do {n}{unit})").format(n=low, unit=unit),
        _("střední (do {n}{unit})").format(n=high, unit=unit),
        _("velká (nad {n}{unit})").format(n=high, unit=unit),
    )


def gap_words(limits: Limits, rule: Rule | None, *, by_orp: bool) -> tuple[str, ...]:
    """Name the three rows of the square, the least gap first."""
    if rule is not None and not by_orp:
        return tuple(STATUSES[one] for one in STATUS_OF)
    if limits is None:
        return GAPS
    low, high = (f"{number(100 * one)}{NBSP}%" if by_orp else grouped(round(one)) for one in limits)
    return (
        _("málo mezer (do {n})").format(n=low),
        _("středně (do {n})").format(n=high),
        _("hodně mezer (nad {n})").format(n=high),
    )


def lead(rows: Sequence[PlaceRow], *, by_orp: bool) -> tuple[str, tuple[str, ...]]:
    """Say where a large need meets a large gap, and name the most populous of those places."""
    worst = sorted((row for row in rows if row.key == WORST_KEY), key=lambda row: -row.people)
    if not worst:
        return _("Nikde se nesešla velká potřeba s\u00a0velkou mezerou."), ()
    total = people(sum(max(row.people, 0) for row in worst))
    names = tuple(f"{row.name} ({row.population})" for row in worst[:10])
    if by_orp:
        return (
            _(
                "Velká potřeba a\u00a0hodně mezer se sešly v\u00a0{n}\u00a0ORP, žije tam {people}."
            ).format(n=len(worst), people=total),
            names,
        )
    return (
        _("Velká potřeba a\u00a0mezera se sešly {where}, žije tam {people}.").format(
            where=in_municipalities(len(worst)), people=total
        ),
        names,
    )


def empty(kind: NeedKind) -> str:
    """Say why there is nothing to show."""
    if kind is NeedKind.EXCLUSION:
        return _("Index sociálního vyloučení není nahraný, mapa proto nemá co ukázat.")
    if kind in EVIDENCE:
        return _(
            "Takových případů je zatím méně než pět v\u00a0každém ORP; menší počty neukazujeme, "
            "aby nikoho neprozradily."
        )
    return _("Zdroj počty lidí tohoto věku pro toto území neuvádí.")


def notes(
    layer: Layer,
    kind: NeedKind,
    rule: Rule | None,
    *,
    by_orp: bool,
) -> tuple[str, ...]:
    """Say how the classes are to be read."""
    told = [
        _(
            "Třídy potřeby jsou třetiny: v\u00a0každé je přibližně stejně {what}. Je to srovnání "
            "uvnitř vybraného území, ne norma."
        ).format(what=_("ORP") if by_orp else _("obcí"))
    ]
    if rule is None:
        told.append(_("Stejně tak se třídí počet pravidel s\u00a0mezerou."))
    elif by_orp:
        told.append(
            _("ORP má málo mezer, je-li v\u00a0mezeře do 10\u00a0% lidí, a\u00a0hodně nad třetinu.")
        )
    if kind is NeedKind.EXCLUSION and layer.year is not None:
        told.append(_("Index je za rok {year}, 0 až 30 bodů.").format(year=layer.year))
    if kind in {NeedKind.UNMET, NeedKind.REFUSALS}:
        told.append(
            _(
                "Počty jsou za celé ORP a\u00a0na 1\u00a0000 obyvatel; méně než pět případů se "
                "neukazuje. Kolik lidí pomoc nehledalo vůbec, z\u00a0nich poznat nelze."
            )
        )
        if layer.until is not None:
            told.append(_("Započteno do {day}.").format(day=day(layer.until)))
    if kind in {NeedKind.PEOPLE, NeedKind.SENIORS, NeedKind.OLDEST}:
        told.append(
            _("Počet lidí není počet těch, kdo pomoc potřebují; ukazuje, koho by se mohla týkat.")
        )
    return tuple(told)


def evidence_source(layer: Layer, kind: NeedKind, catalog: Catalog) -> tuple[str, ...]:
    """Name where the numbers of evidence come from."""
    if kind is NeedKind.EXCLUSION and layer.source in catalog.sources:
        source = catalog.sources[layer.source or ""]
        return (f"{source.title} – {source.publisher}, stav k\u00a0{day(source.as_of)}",)
    if kind in EVIDENCE and kind is not NeedKind.EXCLUSION:
        return (_("vlastní počty této instalace"),)
    return ()
