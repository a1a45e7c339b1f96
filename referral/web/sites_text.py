"""Suggested places and scenarios as text for a terminal."""

from textwrap import wrap

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapStatus, RuleSummary
from referral.network.sites import SitesReport
from referral.usecases.compare_scenarios import Comparison, Turn
from referral.web.czech import day
from referral.web.gaps_presenter import norm_card
from referral.web.gaps_sentences import (
    STATUSES,
    grouped,
    municipalities,
    people,
    road_km,
    rule_name,
)
from referral.web.sites_sentences import (
    besides,
    certainty,
    fewer,
    heading,
    left_over,
    result,
    serves,
    units_of,
)
from referral.web.translation import _

_ORDER = (GapStatus.GAP, GapStatus.PARTIAL, GapStatus.UNKNOWN, GapStatus.MET)
_WIDE = 24
_WIDTH = 110
_DEEPEST = 8
"""Spaces; what begins farther to the right is a table."""


def sites_text(report: SitesReport, catalog: Catalog) -> str:
    """Write the suggested places, the present beside what would be, and who stays without."""
    lines = [*heading(report, catalog), "", result(report)]
    if report.before.municipalities[GapStatus.GAP]:
        lines += ["", *_standings(report)]
    for position, site in enumerate(report.sites, start=1):
        units = f" ({units_of(report, site.units)})" if site.units > 1 else ""
        lines += ["", f"{position:>2}. {site.name}{units}: {_gain(site.gain_population)}"]
        lines.append(f"    {_('Poslouží')}: {serves(site.serves)}.")
        lines += [f"    {line}" for line in besides(site, catalog)]
        if site.week_km is not None:
            way = _("Cesta tam a\u00a0zpět: {km}.").format(km=road_km(site.week_km))
            lines.append(f"    {way}")
    lines += ["", *filter(None, (fewer(report),))]
    if report.remaining:
        lines += [_("Kdo zůstane bez služby:"), *(f"  {line}" for line in left_over(report)), ""]
    if report.before.municipalities[GapStatus.GAP]:
        lines.append(certainty(report))
    return "\n".join(map(wrapped, lines))


def wrapped(line: str) -> str:
    """Break a long line as a terminal likes it; a table stays as it is."""
    indent = len(line) - len(line.lstrip())
    if len(line) <= _WIDTH or indent > _DEEPEST:
        return line
    return "\n".join(
        wrap(
            line.strip(), _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
        )
    )


def _gain(persons: int) -> str:
    return f"+{people(persons)}"


def _standings(report: SitesReport) -> list[str]:
    heads = "".join(f"{STATUSES[status]:>{_WIDE}}" for status in _ORDER)
    rows = [f"{'':<10}{heads}"]
    for name, standing in ((_("dnes"), report.before), (_("s návrhem"), report.after)):
        cells = [
            f"{municipalities(standing.municipalities[one])}, {people(standing.people[one])}"
            for one in _ORDER
        ]
        rows.append(f"{name:<10}{''.join(f'{cell:>{_WIDE}}' for cell in cells)}")
    return rows


def comparison_text(comparison: Comparison, catalog: Catalog) -> str:
    """Write a scenario beside the present: sums by rule, then every municipality that changes."""
    norm = norm_card(comparison.norm)
    rules = {rule.code: rule for rule in comparison.norm.rules}
    lines = [
        _("Scénář „{name}“, {area}, vypočteno {day}").format(
            name=comparison.scenario.name, area=comparison.area, day=day(comparison.as_of)
        ),
        f"{_('Norma')}: {norm.name} – {norm.status.upper()}. {norm.status_note}",
        *filter(None, (comparison.scenario.note,)),
    ]
    if not comparison.before:
        lines += ["", _("Norma nemá pravidlo o\u00a0druhu služby, kterého se scénář týká.")]
    for now, then in zip(comparison.before, comparison.after, strict=True):
        rule = rules[now.rule]
        lines += [
            "",
            rule_name(rule, catalog.vocabulary),
            _summed(_("mezera dnes"), now),
            _summed(_("se scénářem"), then),
        ]
        turns = [turn for turn in comparison.turns if turn.rule == now.rule]
        lines += [f"    {_turned(turn, catalog)}" for turn in turns]
        if not turns:
            lines.append("    " + _("V\u00a0žádné obci se stav nezmění."))
    lines += [
        "",
        _("Ostatních pravidel se scénář netýká: {n}.").format(n=len(comparison.untouched)),
    ]
    return "\n".join(lines)


def _summed(name: str, summary: RuleSummary) -> str:
    where = municipalities(summary.gap_municipalities)
    return f"  {name}: {where}, {people(summary.gap_population)}"


def _turned(turn: Turn, catalog: Catalog) -> str:
    place = catalog.territory.municipality(turn.municipality)
    who = _("obyvatel neznáme") if turn.population is None else grouped(turn.population)
    return f"{place.name} ({who}): {STATUSES[turn.before]} → {STATUSES[turn.after]}"
