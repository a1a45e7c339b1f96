"""Tables as Czech Excel opens them by a double click: semicolons, decimal commas, marked UTF-8.

Lines that say what the table is, by which norm and from when, stand in a column of their own at the
end of every row, so that sorting or filtering never parts a number from its source.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport
from referral.web.czech import plain
from referral.web.gaps_sentences import STATUSES, finding, rule_name
from referral.web.pictures import Picture
from referral.web.translation import _

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def gaps_csv(report: GapReport, catalog: Catalog) -> bytes:
    """Return every municipality under every rule: a row for each result, in the report's order."""
    rules = {rule.code: rule for rule in report.norm.rules}
    about = f"{report.norm.name} ({report.norm.status.value}), {report.as_of.isoformat()}"
    heads = (
        _("Kód obce"),
        _("Obec"),
        _("ORP"),
        _("Okres"),
        _("Kraj"),
        _("Obyvatel"),
        _("Pravidlo"),
        _("Služba"),
        _("Stav"),
        _("Nejisté"),
        _("Hodnota"),
        _("Mez"),
        _("Jednotka"),
        _("Nejbližší km po silnici"),
        _("Podíl neznámého"),
        _("Z čeho to plyne"),
        _("Norma a den výpočtu"),
    )

    def rows() -> Iterable[Sequence[object]]:
        for one in report.results:
            place = catalog.territory.municipality(one.municipality)
            rule = rules[one.rule]
            yield (
                place.code,
                place.name,
                place.orp,
                place.district,
                place.region,
                one.population,
                rule.code,
                rule_name(rule, catalog.vocabulary),
                STATUSES[one.status],
                _("ano") if one.uncertain else _("ne"),
                one.value,
                one.threshold,
                rule.unit,
                one.nearest_km,
                round(one.unknown_share, 3),
                finding(one, rule),
                about,
            )

    return table_csv(heads, rows())


def picture_csv(picture: Picture) -> bytes:
    """Return the table under a map, row by row as on the page."""
    about = plain(" ".join(picture.about))
    heads = (
        _("Kód obce nebo ORP"),
        _("Název"),
        _("ORP"),
        _("Obyvatel"),
        _("Co mapa ukazuje"),
        _("Z čeho to plyne"),
        _("Podle čeho a odkud"),
    )
    rows = (
        (
            row.code,
            row.name,
            row.orp,
            row.people if row.people >= 0 else None,
            row.value,
            row.detail,
            about,
        )
        for row in picture.rows
    )
    return table_csv(heads, rows)


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table; a text that a spreadsheet would take for a formula gets an apostrophe."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")
    text = plain(str(value)).replace("\u202f", " ")
    return f"'{text}" if text.startswith(_FORMULA) else text
