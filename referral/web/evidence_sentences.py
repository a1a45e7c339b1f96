"""What is known beside the norm, in Czech: counts that may be told, and where the need is large."""

from collections.abc import Iterator, Mapping

from referral.catalog.evidence import FEWEST
from referral.catalog.snapshot import Catalog
from referral.network.disclosure import Kept, Told
from referral.network.evidence import EvidenceKind, EvidenceReport, Layer, crossed
from referral.network.gaps import GapReport
from referral.web.czech import day, points
from referral.web.gaps_sentences import grouped, municipalities, people
from referral.web.translation import _

KINDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.EXCLUSION: _("Index sociálního vyloučení"),
    EvidenceKind.UNMET: _("Nenaplněná hledání"),
    EvidenceKind.REFUSALS: _("Odmítnutí službami"),
}
CLASSES: Mapping[int | None, str] = {
    1: _("menší"),
    2: _("střední"),
    3: _("větší"),
    None: _("neznáme"),
}
"""How large a need is, by its tercile."""
THIN: Mapping[int | None, str] = {
    1: _("hustší"),
    2: _("střední"),
    3: _("tenčí"),
    None: _("neznáme"),
}
"""How thin a network is, by its tercile or its status."""
_KEPT: Mapping[Kept, str] = {
    Kept.FEW: _("méně než {n}").format(n=FEWEST),
    Kept.WITHHELD: _("neuvádí se, prozradilo by malý počet"),
}
NOBODY = _("bez známé překážky")
_MANY = 8


def told_text(told: Told) -> str:
    """Say a count, or why it is not told."""
    return grouped(told.count or 0) if told.kept is None else _KEPT[told.kept]


def layer_name(layer: Layer) -> str:
    """Name a layer with its year or the last day counted."""
    if layer.year is not None:
        return f"{KINDS[layer.kind]} {layer.year}"
    if layer.until is not None:
        return _("{name} do\u00a0{day}").format(name=KINDS[layer.kind], day=day(layer.until))
    return KINDS[layer.kind]


def value_text(layer: Layer, value: float | None) -> str:
    """Say how large the need is: points of the index, or cases for a thousand people."""
    if value is None:
        return CLASSES[None]
    if layer.kind is EvidenceKind.EXCLUSION:
        return _("{n}\u00a0bodů z\u00a030").format(n=points(value))
    return _("{n} na\u00a01\u00a0000 lidí").format(n=points(value))


def unmet_lines(report: EvidenceReport, catalog: Catalog) -> Iterator[str]:
    """Write the unmet searches by ORP and need, then the sums by need."""
    table = report.unmet
    needs = catalog.vocabulary.needs
    if not table.cells:
        return
    whole = "" if table.total is None else _(", celkem: {n}").format(n=told_text(table.total))
    yield f"{layer_name(report.layer(EvidenceKind.UNMET))}{whole}"
    for orp, total in sorted(table.rows.items()):
        yield _("ORP {orp}: {total}").format(orp=orp, total=told_text(total))
        for (of, need), count in table.cells.items():
            if of == orp:
                name = needs[need].name if need in needs else need
                yield f"  {name} ({need}): {told_text(count)}"
    if table.columns:
        yield _("Podle potřeb dohromady:")
        for need, count in sorted(table.columns.items()):
            name = needs[need].name if need in needs else need
            yield f"  {name} ({need}): {told_text(count)}"


def crossed_lines(evidence: EvidenceReport, report: GapReport, catalog: Catalog) -> Iterator[str]:
    """Say for each layer that is there where the need is large and the network thin."""
    there = [layer for layer in evidence.layers if layer.limits is not None]
    if there:
        yield _("Kde je potřeba větší a\u00a0síť tenčí než jinde (třetiny území)")
    for layer in there:
        worst = [one for one in crossed(layer, report) if one.is_worst]
        worst.sort(key=lambda one: (-(one.population or 0), one.municipality))
        names = ", ".join(
            catalog.territory.municipality(one.municipality).name for one in worst[:_MANY]
        )
        more = len(worst) - _MANY
        tail = _(" a\u00a0dalších {n}").format(n=more) if more > 0 else ""
        total = people(sum(one.population or 0 for one in worst))
        where = f": {names}{tail}" if worst else ""
        yield f"  {layer_name(layer)}: {municipalities(len(worst))}, {total}{where}"
