"""The gap report ORP by ORP: how many people live in a gap, and how much nobody knows. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport, GapStatus, RuleResult
from referral.web.czech import NBSP, number
from referral.web.gaps_presenter import ALL_RULES, GapsView, PlaceRow
from referral.web.gaps_sentences import grouped, in_municipalities, people
from referral.web.pictures import Picture, about_lines, legend_of
from referral.web.translation import _

_CLASSES: Final = ((0.0, "s0"), (0.1, "s1"), (1 / 3, "s2"), (2 / 3, "s3"), (1.0, "s4"))
_MEANINGS: Final[Mapping[str, str]] = {
    "s0": _("nikdo v\u00a0mezeře"),
    "s1": _("do 10\u00a0% lidí"),
    "s2": _("do třetiny lidí"),
    "s3": _("do dvou třetin lidí"),
    "s4": _("víc než dvě třetiny lidí"),
    "sx": _("převážně neznámo"),
}
_OVERALL: Final[Mapping[str, str]] = {
    "s0": _("žádné pravidlo nemá mezeru"),
    "s1": _("do 10\u00a0% pravidel"),
    "s2": _("do třetiny pravidel"),
    "s3": _("do dvou třetin pravidel"),
    "s4": _("víc než dvě třetiny pravidel"),
    "sx": _("převážně neznámo"),
}
_MOSTLY: Final = 0.5


def orp_picture(report: GapReport, catalog: Catalog, view: GapsView) -> Picture:
    """Return the map and table of ORPs under the rule of a view, or under all rules together.

    Under one rule a share is that of people who live in a gap; under all it is the mean share of
    rules with a gap, weighed by people. Where more than half rests in "unknown", that is shown.
    """
    rule = view.chosen.code
    by_orp: defaultdict[str, list[RuleResult]] = defaultdict(list)
    for one in report.results:
        if rule in {ALL_RULES, one.rule}:
            by_orp[catalog.territory.municipality(one.municipality).orp].append(one)
    rows = tuple(
        sorted(
            (_row(orp, results, overall=not rule) for orp, results in by_orp.items()),
            key=lambda row: (-row.rank, row.code),
        )
    )
    return Picture(
        name=view.chosen.name,
        caption=_("{rule} – {area}, podle ORP").format(rule=view.chosen.name, area=view.area),
        lead=view.chosen.sentence,
        rows=rows,
        legend=legend_of(rows, _MEANINGS if rule else _OVERALL),
        municipalities=report.municipalities,
        about=about_lines(view),
        by_orp=True,
    )


def _row(orp: str, results: Sequence[RuleResult], *, overall: bool) -> PlaceRow:
    places = {one.municipality: one.population or 0 for one in results}
    total = sum(places.values())
    weights = sum(one.population or 0 for one in results)

    def having(status: GapStatus) -> list[RuleResult]:
        return [one for one in results if one.status is status]

    def share(some: Iterable[RuleResult]) -> float:
        return sum(one.population or 0 for one in some) / weights if weights else 0.0

    gap, unknown = share(having(GapStatus.GAP)), share(having(GapStatus.UNKNOWN))
    key = next(name for limit, name in _CLASSES if gap <= limit + 1e-12)
    if unknown > _MOSTLY:
        key = "sx"
    percent = f"{_percent(gap)}{NBSP}%"
    what = _("pravidel má mezeru") if overall else _("lidí v\u00a0mezeře")
    told = [] if overall else [_told(having(GapStatus.GAP))]
    told.append(_("neznámo: {n}\u00a0%").format(n=_percent(unknown)))
    return PlaceRow(
        code=orp,
        name=orp,
        orp=orp,
        population=grouped(total),
        key=key,
        value=f"{percent} {what}",
        uncertain=False,
        detail="; ".join(filter(None, told)),
        people=total,
        rank=round(gap * 100_000),
    )


def _percent(share: float) -> str:
    """Write a share so that little is never told as nothing."""
    percent = 100 * share
    if 0 < percent < 1:
        return _("méně než 1")
    return number(percent)


def _told(gaps: Sequence[RuleResult]) -> str:
    if not gaps:
        return _("mezera tu není")
    return _("{people} {where}").format(
        people=people(sum(one.population or 0 for one in gaps)),
        where=in_municipalities(len(gaps)),
    )


def unknown_share(results: Iterable[RuleResult]) -> float:
    """Return how much of the results rests on what nobody knows, 0 to 1, weighed by people."""
    held, total = 0.0, 0
    for one in results:
        held += one.unknown_share * (one.population or 0)
        total += one.population or 0
    return held / total if total else 0.0


def unknown_sentence(report: GapReport, rule: str) -> str:
    """Say how much of what a page shows rests on unknown data."""
    share = unknown_share(one for one in report.results if rule in {ALL_RULES, one.rule})
    if not share:
        return _("Výsledek nestojí na žádném neznámém údaji.")
    return _(
        "Na údajích, které nikdo neuvádí nebo neověřil, stojí {n}\u00a0% výsledku (váženo "
        "obyvateli)."
    ).format(n=_percent(share))
