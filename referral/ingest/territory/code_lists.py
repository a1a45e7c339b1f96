"""The ministry's code lists in their published shape: ``{"polozky": [{"id": "Obec/554499", …}]}``.

The kind of a list is told by the ids of its items, whatever the file is called. Besides those of
the territory there are those that translate the register of services.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from referral.catalog.districts import Tier
from referral.catalog.territory import MunicipalityPart, PartKind
from referral.ingest.code_lists import REGISTER_LISTS
from referral.ingest.territory.cells import CellError, Cells
from referral.ingest.territory.evidence import Evidence
from referral.usecases.found_territory import FoundCode, Given, What

ITEMS: Final = "polozky"
_CODE: Final = re.compile(r"[0-9A-Za-z-]{1,24}", re.ASCII)


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
            cells = _cells(item, kind)
            code = _once(cells.code("kod"), seen)
            key = read(cells, code, _named(cells), evidence)
            seen.add(code)
            rows.took(number, what, key)


def read_register_list(
    kind: str, items: Sequence[object], *, file: str, evidence: Evidence, as_of: date | None
) -> None:
    """Add a list that translates the register of services, of a day when its file names one.

    A row of the register refers to a code by the ``id``; ``kod`` is not read. Of two lists of one
    kind the first holds, where they disagree.
    """
    rows = evidence.rows_of(file, REGISTER_LISTS[kind])
    seen: set[str] = set()
    for number, item in enumerate(items, start=1):
        with rows.row(number):
            cells = _cells(item, kind)
            code = cells.text("id").partition("/")[2]
            if not _CODE.fullmatch(code):
                raise CellError("id", cells.text("id"), f"Čekáme {kind}/kód; opravte id.")
            found = FoundCode(
                code_list=kind, code=_once(code, seen), name=_named(cells), as_of=as_of
            )
            first = evidence.codes.setdefault(found.key, found)
            if first.name != found.name:
                raise CellError(
                    "nazev", found.name, f"Jiný soubor ho nazývá „{first.name}“; platí ten."
                )
            seen.add(code)
            rows.took(number, What.CODE, found.key)


def _cells(item: object, kind: str) -> Cells:
    if not isinstance(item, Mapping):
        raise CellError("", item, "Položka číselníku není záznam; stáhněte soubor znovu.")
    cells = Cells(item)
    if cells.text("id").partition("/")[0] != kind:
        raise CellError("id", item["id"], f"Čekáme položku druhu {kind}.")
    return cells


def _once(code: str, seen: set[str]) -> str:
    if code in seen:
        raise CellError("kod", code, "Kód je v číselníku dvakrát; platí první výskyt.")
    return code


def _named(cells: Cells) -> str:
    names = cells.raw("nazev")
    if isinstance(names, Mapping):
        return Cells(names).name("cs")
    return cells.name("nazev")


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
