"""Generate a register of providers of health services in any of its layouts, always the same.

Everything in it is invented. The professional representatives and the seats of providers bear words
from ``NEVER_READ``, so that a test can look for them where they must not be.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

NEVER_READ = ("Vymyslislava", "Nevěřímská", "Utajená")
"""Words that stand in every generated row, in columns that must never be read."""

CURRENT = (
    "ZZ_ID", "ZZ_misto_poskytovani_ID", "ZZ_kod", "ZZ_nazev", "ZZ_druh_kod", "ZZ_druh_nazev",
    "ZZ_druh_nazev_sekundarni", "ZZ_obor_pece", "ZZ_forma_pece", "ZZ_druh_pece", "ZZ_rozsah_pece",
    "ZZ_GPS", "ZZ_RUIAN_kod", "ZZ_kraj_kod", "ZZ_kraj_nazev", "ZZ_okres_kod", "ZZ_okres_nazev",
    "ZZ_obec", "ZZ_PSC", "ZZ_ulice", "ZZ_cislo_domovni_orientacni", "poskytovatel_ICO",
    "poskytovatel_nazev", "poskytovatel_druh", "poskytovatel_telefon", "poskytovatel_email",
    "poskytovatel_web", "poskytovatel_pravni_forma_nazev", "poskytovatel_sidlo_ulice",
    "poskytovatel_odborny_zastupce", *(f"dalsi_{number}" for number in range(19)),
)  # fmt: skip
"""49 columns; those beyond the known ones have invented names."""

EXPORT = (
    "MistoPoskytovaniId", "ZdravotnickeZarizeniId", "PCZ", "PCDP", "NazevCely",
    "ZdravotnickeZarizeniKod", "DruhZarizeniKod", "DruhZarizeni", "DruhZarizeniSekundarni", "Obec",
    "Psc", "Ulice", "CisloDomovniOrientacni", "Kraj", "KrajKod", "Okres", "OkresKod",
    "SpravniObvod", "ORP", "ORPKod", "PoskytovatelTelefon", "PoskytovatelEmail", "PoskytovatelWeb",
    "PoskytovatelNazev", "Ico", "TypOsoby", "UliceSidlo", "OborPece", "FormaPece", "DruhPece",
    "OdbornyZastupce", "GPS", "LastModified",
)  # fmt: skip

OLD = (
    "MistoPoskytovaniId", "ZdravotnickeZarizeniId", "Kod", "NazevZarizeni", "DruhZarizeni", "Obec",
    "Psc", "Ulice", "CisloDomovniOrientacni", "Kraj", "KrajCode", "Okres", "OkresCode",
    "SpravniObvod", "PoskytovatelTelefon", "PoskytovatelFax", "PoskytovatelEmail",
    "PoskytovatelWeb", "Ico", "TypOsoby", "PravniFormaKod", "KrajCodeSidlo", "OkresCodeSidlo",
    "ObecSidlo", "PscSidlo", "UliceSidlo", "CisloDomovniOrientacniSidlo", "OborPece", "FormaPece",
    "DruhPece", "OdbornyZastupce", "Lat", "Lng",
)  # fmt: skip

AMBULATORY, BEDS = "ambulantní péče", "lůžková péče"
AT_HOME = "zdrav. péče poskytovaná ve vlastním soc. prostředí pacienta - domácí péče"
TOWNS = (
    ("Cheb", "Cheb", 50.0796, 12.3739),
    ("Karlovy Vary", "Karlovy Vary", 50.2319, 12.8719),
    ("Aš", "Cheb", 50.2240, 12.1950),
    ("Most", "Most", 50.5030, 13.6362),
    ("Chomutov", "Chomutov", 50.4605, 13.4177),
    ("Žatec", "Louny", 50.3272, 13.5458),
)
"""Name, district and about the middle of a town."""

KINDS = (
    ("Domácí zdravotní péče", "Všeobecná sestra", f"{AT_HOME} - ošetřovatelská", 2),
    ("Léčebna pro dlouhodobě nemocné (LDN)", "geriatrie", BEDS, 1),
    ("Hospic", "paliativní medicína", BEDS, 1),
    ("Samostatná ordinace lékaře specialisty", "psychiatrie", AMBULATORY, 3),
    ("Samostatná ordinace lékaře specialisty", "návykové nemoci, psychiatrie", AMBULATORY, 1),
    ("Samostatné zařízení psychologa", "Klinický psycholog", AMBULATORY, 3),
    ("Samostatná ordinace lékaře specialisty", "oftalmologie", AMBULATORY, 18),
    ("Samost. ordinace všeob. prakt. lékaře", "všeobecné praktické lékařství", AMBULATORY, 11),
    ("Samostatná ordinace PL - stomatologa", "zubní lékařství", AMBULATORY, 14),
    ("Lékárna", "farmaceut", "", 7),
)
"""Kind, specialties, forms, and how often: roughly as in the published register."""

Cells = Mapping[str, str]


def place(number: int, *, sort: int | None = None, seed: int = 0, **other: str) -> dict[str, str]:
    """Return one place of care under our own names of columns; ``sort`` is one of ``KINDS``."""
    chance = Random(seed * 1_000_003 + number)  # noqa: S311 - invented data, not a secret
    drawn = chance.choices(KINDS, weights=[one[3] for one in KINDS])[0]
    name, specialties, forms, _ = drawn if sort is None else KINDS[sort]
    town, district, lat, lon = chance.choice(TOWNS)
    lat, lon = lat + chance.uniform(-0.01, 0.01), lon + chance.uniform(-0.01, 0.01)
    return {
        "place": str(200_000 + number),
        "facility": str(100_000 + number),
        "name": f"Zkušební pracoviště {number}",
        "kind": name,
        "second_kind": "",
        "specialties": specialties,
        "forms": forms,
        "care": "",
        "municipality": town,
        "district": district,
        "lat": f"{lat:.6f}",
        "lon": f"{lon:.6f}",
        "provider": f"Zkušební zdraví {number // 2}, s. r. o.",
        "ico": f"{1_000_000 + number // 2:08}",
        "phone": f"+420 {600_000_000 + number}",
        "email": f"misto{number}@example.cz",
        "web": f"www.misto{number}.example.cz",
        "modified": "2026-08-31",
        "person": f"MUDr. {NEVER_READ[0]} {NEVER_READ[1]}",
        "seat": f"{NEVER_READ[2]} {number}",
    } | other


def places(count: int, **more) -> Iterator[dict[str, str]]:
    """Yield so many places of all kinds."""
    return (place(number, **more) for number in range(1, count + 1))


def homes(count: int, **more) -> list[dict[str, str]]:
    """Return so many places that give nursing at home."""
    return [place(number, sort=0, **more) for number in range(1, count + 1)]


_COLUMNS: Mapping[tuple[str, ...], Mapping[str, str]] = {
    CURRENT: {
        "place": "ZZ_misto_poskytovani_ID", "facility": "ZZ_ID", "name": "ZZ_nazev",
        "kind": "ZZ_druh_nazev", "second_kind": "ZZ_druh_nazev_sekundarni",
        "specialties": "ZZ_obor_pece", "forms": "ZZ_forma_pece", "care": "ZZ_druh_pece",
        "municipality": "ZZ_obec", "district": "ZZ_okres_nazev", "provider": "poskytovatel_nazev",
        "ico": "poskytovatel_ICO", "phone": "poskytovatel_telefon", "email": "poskytovatel_email",
        "web": "poskytovatel_web", "person": "poskytovatel_odborny_zastupce",
        "seat": "poskytovatel_sidlo_ulice", "point": "ZZ_GPS",
    },
    EXPORT: {
        "place": "MistoPoskytovaniId", "facility": "ZdravotnickeZarizeniId", "name": "NazevCely",
        "kind": "DruhZarizeni", "second_kind": "DruhZarizeniSekundarni", "specialties": "OborPece",
        "forms": "FormaPece", "care": "DruhPece", "municipality": "Obec", "district": "Okres",
        "provider": "PoskytovatelNazev", "ico": "Ico", "phone": "PoskytovatelTelefon",
        "email": "PoskytovatelEmail", "web": "PoskytovatelWeb", "person": "OdbornyZastupce",
        "seat": "UliceSidlo", "point": "GPS", "modified": "LastModified",
    },
    OLD: {
        "place": "MistoPoskytovaniId", "facility": "ZdravotnickeZarizeniId",
        "name": "NazevZarizeni", "kind": "DruhZarizeni", "specialties": "OborPece",
        "forms": "FormaPece", "care": "DruhPece", "municipality": "Obec", "district": "Okres",
        "ico": "Ico", "phone": "PoskytovatelTelefon", "email": "PoskytovatelEmail",
        "web": "PoskytovatelWeb", "person": "OdbornyZastupce", "seat": "UliceSidlo", "lat": "Lat",
        "lon": "Lng",
    },
}  # fmt: skip


def written(one: Cells, layout: tuple[str, ...] = CURRENT) -> list[str]:
    """Return the cells of a place as a layout writes them, the point with its axes swapped."""
    points = {
        CURRENT: f"POINT({one['lat']} {one['lon']})" if one["lat"] else "",
        EXPORT: f"{one['lat']} {one['lon']}".strip(),
    }
    told = {"point": points.get(layout, ""), **one}
    cells = {column: told.get(ours, "") for ours, column in _COLUMNS[layout].items()}
    return [cells.get(column, "") for column in layout]


def write_nrpzs(
    path: Path, some: Iterable[Cells], layout: tuple[str, ...] = CURRENT, encoding: str = ""
) -> Path:
    """Write places as the file of a layout, one at a time, in its own encoding and dialect."""
    own = encoding or ("cp1250" if layout is EXPORT else "utf-8")
    with path.open("w", encoding=own, newline="") as file:
        writer = csv.writer(file, delimiter=";" if layout is EXPORT else ",")
        writer.writerow(layout)
        writer.writerows(written(one, layout) for one in some)
    return path
