"""Tables of RÚIAN and of the statistical office: municipalities, offices above them, and codes."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NamedTuple

from referral.catalog.districts import Tier
from referral.ingest.territory.cells import CellError, Cells
from referral.ingest.territory.evidence import Evidence, plain_name
from referral.ingest.territory.tables import Table
from referral.usecases.found_territory import Given, What

_DIGITS_OF_MUNICIPALITY: Final = 6


class _Kind(NamedTuple):
    """A kind of table: its name, the columns that tell it, and the reader of a row."""

    name: str
    columns: frozenset[str]
    read: Callable[[Cells, Evidence, date], tuple[What, str] | None]


def register_kind(header: Iterable[str]) -> str:
    """Return the name of the kind of table with these columns, empty when it is none of these."""
    columns = frozenset(header)
    return next((kind.name for kind in _KINDS if kind.columns <= columns), "")


def read_register(kind: str, table: Table, *, file: str, evidence: Evidence, today: date) -> None:
    """Add a table of one kind to the evidence."""
    read = next(one for one in _KINDS if one.name == kind).read
    rows = evidence.rows_of(file, kind)
    seen: set[str] = set()
    for number, values in table.rows():
        with rows.row(number):
            if values is None:
                raise CellError("", "", "Řádek má jiný počet buněk než záhlaví; opravte jej.")
            cells = Cells(values)
            subject = read(cells, evidence, today)
            if subject is None:
                rows.ended += 1
                continue
            if subject[0] is What.MUNICIPALITY and subject[1] in seen:
                raise CellError("kod", subject[1], "Obec je v souboru dvakrát; platí první řádek.")
            seen.add(subject[1])
            rows.took(number, *subject)


def _read_ruian(cells: Cells, evidence: Evidence, today: date) -> tuple[What, str] | None:
    """Read a row of UI_OBEC.csv; a municipality that is no more is not taken over."""
    code, name = cells.municipality("kod"), cells.name("nazev")
    pou, district = cells.code("pou_kod"), cells.code("okres_kod")
    since, until = cells.day("plati_od"), cells.day("plati_do")
    if until is not None and until <= today:
        evidence.ended.add(code)
        return None
    if code in evidence.municipalities and Given.RUIAN in evidence.municipalities[code].given:
        return What.MUNICIPALITY, code
    facts = evidence.facts(code, Given.RUIAN)
    facts.names[Given.RUIAN] = name
    facts.districts[Given.RUIAN] = district
    facts.pou = pou
    evidence.listed.add(code)
    if since is not None and since <= today:
        evidence.days.append(since)
    return What.MUNICIPALITY, code


def _read_pou(cells: Cells, evidence: Evidence, _: date) -> tuple[What, str]:
    """Read a row of a list of authorised offices and the ORP each belongs to."""
    return What.DISTRICT, evidence.district(
        Tier.POU, cells.code("kod"), name=cells.name("nazev"), parent=cells.code("orp_kod")
    )


def _read_orp(cells: Cells, evidence: Evidence, _: date) -> tuple[What, str]:
    """Read a row of the list of ORPs with their region and district."""
    code, name = cells.code("kód"), cells.name("název orp")
    region = cells.code("kód kraje (vúsc)")
    district = cells.optional_code("kód okresu")
    evidence.district(Tier.REGION, region, name=cells.name("název kraje (vúsc)"))
    if district:
        evidence.district(
            Tier.DISTRICT, district, name=cells.optional("název okresu"), parent=region
        )
    return What.DISTRICT, evidence.district(Tier.ORP, code, name=name, parent=district)


def _read_orp_codes(cells: Cells, evidence: Evidence, _: date) -> tuple[What, str]:
    """Read a row of a bridge between the two codes of an ORP."""
    code, other = cells.code("orp_kod_ruian"), cells.code("orp_kod_csu")
    name = cells.name("orp")
    region = cells.optional_code("kraj_kod_ruian")
    if region:
        evidence.district(
            Tier.REGION,
            region,
            name=cells.optional("kraj"),
            other_code=cells.optional("kraj_kod_nuts3"),
        )
    evidence.cisorp[other] = plain_name(Tier.ORP, name)
    return What.DISTRICT, evidence.district(
        Tier.ORP,
        code,
        name=name,
        other_code=other,
        parent=cells.optional_code("okres_kod_ruian"),
    )


def _read_link(cells: Cells, evidence: Evidence, _: date) -> tuple[What, str]:
    """Read a row of the statistical office's links: region and ORP, or ORP and municipality."""
    sides = [
        (cells.text(f"chodnota{side}"), cells.name(f"text{side}"), f"chodnota{side}")
        for side in (1, 2)
    ]
    for (code, name, column), (orp, orp_name, _column) in (sides, sides[::-1]):
        if len(code) == _DIGITS_OF_MUNICIPALITY and code.isdigit():
            facts = evidence.facts(cells.municipality(column), Given.LINKS)
            facts.names[Given.LINKS] = name
            facts.orps[Given.LINKS] = plain_name(Tier.ORP, orp_name)
            evidence.cisorp[orp] = plain_name(Tier.ORP, orp_name)
            return What.MUNICIPALITY, code
    (nuts, region, _first), (orp, orp_name, column) = sides
    cells.code(column)
    orp_name = plain_name(Tier.ORP, orp_name)
    evidence.cisorp[orp] = orp_name
    for (tier, code), district in evidence.districts.items():
        if tier is Tier.REGION and region in district.names:
            evidence.district(tier, code, other_code=nuts)
    key = _orp_named(orp_name, evidence)
    if key is None:
        raise CellError(
            column, orp, f"Kód RÚIAN ORP {orp_name} neznáme; přidejte seznam ORP s kódy RÚIAN."
        )
    evidence.district(Tier.ORP, key, other_code=orp)
    return What.DISTRICT, f"{Tier.ORP}/{key}"


def _orp_named(name: str, evidence: Evidence) -> str | None:
    return next(
        (
            code
            for (tier, code), facts in evidence.districts.items()
            if tier is Tier.ORP and name in facts.names
        ),
        None,
    )


_KINDS: Final[tuple[_Kind, ...]] = (
    _Kind(
        "RÚIAN, obce",
        frozenset({"kod", "nazev", "pou_kod", "okres_kod"}),
        _read_ruian,
    ),
    _Kind("RÚIAN, pověřené úřady", frozenset({"kod", "nazev", "orp_kod"}), _read_pou),
    _Kind(
        "seznam ORP",
        frozenset({"kód", "název orp", "kód kraje (vúsc)", "název kraje (vúsc)"}),
        _read_orp,
    ),
    _Kind(
        "kódy ORP",
        frozenset({"orp_kod_csu", "orp", "orp_kod_ruian"}),
        _read_orp_codes,
    ),
    _Kind(
        "vazba číselníků ČSÚ",
        frozenset({"chodnota1", "text1", "chodnota2", "text2"}),
        _read_link,
    ),
)


LINKS: Final = _KINDS[-1].name
"""The kind of table that refers to districts by name, so it is read when they are known."""
