"""The ministry's code lists in their published shape: ``{"polozky": [{"id": "Obec/554499", …}]}``.

The kind of a list is told by the ids of its items, whatever the file is called.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from referral.catalog.districts import Tier
from referral.catalog.territory import MunicipalityPart, PartKind
from referral.ingest.territory.cells import CellError, Cells
from referral.ingest.territory.evidence import Evidence
from referral.usecases.found_territory import Given, What

ITEMS: Final = "polozky"


def kind_of(items: Sequence[object]) -> str:
    """Return the kind of the items, such as "Obec"; empty when the first of them has no id."""
    for item in items:
        if isinstance(item, Mapping) and isinstance(item.get("id"), str):
            return str(item["id"]).partition("/")[0]
    return ""


def knows(kind: str) -> bool:
    """Tell whether lists of this kind are about the territory."""
    return kind in _READERS


def read_code_list(kind: str, items: Sequence[object], *, file: str, evidence: Evidence) -> None:
    """Add a list of one kind to the evidence; items are counted from 1."""
    name, what, read = _READERS[kind]
    rows = evidence.rows_of(file, name)
    seen: set[str] = set()
    for number, item in enumerate(items, start=1):
        with rows.row(number):
            if not isinstance(item, Mapping):
                raise CellError("", item, "Položka číselníku není záznam; stáhněte soubor znovu.")
            cells = Cells(item)
            if cells.text("id").partition("/")[0] != kind:
                raise CellError("id", item["id"], f"Čekáme položku druhu {kind}.")
            code = cells.code("kod")
            if code in seen:
                raise CellError("kod", code, "Kód je v číselníku dvakrát; platí první výskyt.")
            key = read(cells, code, _named(item), evidence)
            seen.add(code)
            rows.took(number, what, key)


def _named(item: Mapping[str, object]) -> str:
    names = item.get("nazev")
    if isinstance(names, Mapping):
        return Cells(names).name("cs")
    return Cells(item).name("nazev")


def _read_region(cells: Cells, code: str, name: str, evidence: Evidence) -> str:
    return evidence.district(Tier.REGION, code, name=name, other_code=cells.optional("kodNuts3"))


def _read_district(cells: Cells, code: str, name: str, evidence: Evidence) -> str:
    return evidence.district(
        Tier.DISTRICT,
        code,
        name=name,
        other_code=cells.optional("kodLau"),
        parent=cells.optional_code("kraj"),
    )


def _read_municipality(cells: Cells, code: str, name: str, evidence: Evidence) -> str:
    code, district = cells.municipality("kod"), cells.code("okres")
    facts = evidence.facts(code, Given.MPSV)
    facts.names[Given.MPSV] = name
    facts.districts[Given.MPSV] = district
    evidence.listed.add(code)
    return code


def _read_part(cells: Cells, code: str, name: str, evidence: Evidence) -> str:
    return _part(cells, code, name, evidence, PartKind.PART)


def _read_borough(cells: Cells, code: str, name: str, evidence: Evidence) -> str:
    return _part(cells, code, name, evidence, PartKind.BOROUGH)


def _part(cells: Cells, code: str, name: str, evidence: Evidence, kind: PartKind) -> str:
    part = MunicipalityPart(
        code=code, name=name, municipality=cells.municipality("obec"), kind=kind
    )
    if evidence.parts.setdefault(code, part).kind is not kind:
        raise CellError("kod", code, "Týž kód má část obce i městský obvod; platí první.")
    return code


_Reader = Callable[[Cells, str, str, Evidence], str]
_READERS: Final[Mapping[str, tuple[str, What, _Reader]]] = {
    "Kraj": ("číselník krajů", What.DISTRICT, _read_region),
    "Okres": ("číselník okresů", What.DISTRICT, _read_district),
    "Obec": ("číselník obcí", What.MUNICIPALITY, _read_municipality),
    "CastObce": ("číselník částí obcí", What.PART, _read_part),
    "MestskyObvodMestskaCast": ("číselník městských obvodů", What.PART, _read_borough),
}
