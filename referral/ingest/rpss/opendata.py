"""Read an item of the open data file ``rpss.json``."""

from referral.ingest.row_values import Reading, Record, record_of
from referral.ingest.rpss.record import (
    CapacityEntry,
    FacilityEntry,
    FormEntry,
    GroupEntry,
    Registration,
)

REQUIRED = ("identifikator", "druhSocialniSluzby", "poskytovatel", "zarizeni", "formy")
"""Keys that every item has; an item without one is odd, many of them mean another schema."""

_REGISTER_DIGITS = 7
_ICO_DIGITS = 8
_MOST_PLACES = 100_000_000


def is_odd(item: Record) -> bool:
    """Tell whether an item lacks a key that every item has."""
    return not all(key in item for key in REQUIRED)


def read_item(item: Record, reading: Reading, *, number: str) -> Registration:
    """Return what an item says, without the people in it."""
    provider = record_of(item.get("poskytovatel"))
    name = reading.text(provider, "nazev")
    if not name:
        reading.reject("poskytovatel.nazev", "", "Chybí název poskytovatele; doplňte ho ve zdroji.")
    kind = reading.code(item, "druhSocialniSluzby")
    if not kind:
        reading.reject("druhSocialniSluzby", "", "Chybí druh služby; doplňte ho ve zdroji.")
    return Registration(
        number=number,
        register_id=reading.digits(item, "identifikator", count=_REGISTER_DIGITS),
        type=kind,
        provider=name,
        ico=reading.digits(provider, "ico", count=_ICO_DIGITS),
        starts=reading.day(item, "datumPoskytovaniOd"),
        ends=reading.day(item, "datumPoskytovaniDo"),
        groups=tuple(
            GroupEntry(
                code=reading.code(one, "cilovaSkupina"),
                remark=reading.text(one, "doplnujiciInformace"),
            )
            for one in reading.objects(item, "ciloveSkupiny")
        ),
        ages=_ages(item, reading),
        age_remarks=remarks(item, reading, "doplnujiciInformaceVekoveSkupiny"),
        forms=tuple(_form(one, reading) for one in reading.objects(item, "formy")),
        facilities=tuple(_facility(one, reading) for one in reading.objects(item, "zarizeni")),
        further_regions=_regions(item, reading),
        phones=_contacts(item, reading, "telefony", "telefon"),
        emails=_contacts(item, reading, "emaily", "email"),
        webs=_contacts(item, reading, "weby", "web"),
        provider_municipality=_municipality(record_of(provider.get("adresa")), reading),
    )


def remarks(item: Record, reading: Reading, key: str) -> tuple[str, ...]:
    """Return remarks that stand alone as a text, or one by one in a list of objects."""
    value = item.get(key)
    if isinstance(value, list):
        found = [reading.text(one, "doplnujiciInformace") for one in reading.objects(item, key)]
    else:
        found = [reading.text(item, key)]
    return tuple(text for text in found if text)


def capacity(record: Record, reading: Reading, *, unit: str, remark: str) -> CapacityEntry | None:
    """Return a capacity, None when its number is none that a capacity can have."""
    count = record.get("pocet")
    if isinstance(count, str) and count.strip().isascii() and count.strip().isdigit():
        count = int(count.strip()[:10])
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count < _MOST_PLACES:
        reading.note("kapacity.pocet", count, "Kapacita není počet; zůstává neznámá.")
        return None
    return CapacityEntry(
        count=count, unit=reading.code(record, unit), remark=reading.text(record, remark)
    )


def _form(record: Record, reading: Reading) -> FormEntry:
    # The file and its description name the list differently.
    key = "kapacity" if "kapacity" in record else "kapacita"
    found = [
        capacity(one, reading, unit="typ", remark="popis") for one in reading.objects(record, key)
    ]
    times = record.get("casoveRozsahy")
    if isinstance(times, str):
        hours: tuple[tuple[str, str], ...] = (("", reading.text(record, "casoveRozsahy")),)
    else:
        hours = tuple(
            (reading.code(one, "denVTydnu"), reading.text(one, "interval"))
            for one in reading.objects(record, "casoveRozsahy")
        )
    return FormEntry(
        code=reading.code(record, "forma"),
        round_the_clock=reading.yes(record, "nepretrzitePoskytovani"),
        hours=hours,
        capacities=tuple(one for one in found if one is not None),
    )


def _facility(record: Record, reading: Reading) -> FacilityEntry:
    starts, ends = reading.day(record, "poskytujeOd"), reading.day(record, "poskytujeDo")
    if not reading.public(record, "utajenaAdresa"):
        return FacilityEntry(secret=True, starts=starts, ends=ends)
    address = record_of(record.get("adresa"))
    return FacilityEntry(
        name=reading.text(record, "nazev"),
        starts=starts,
        ends=ends,
        municipality=_municipality(address, reading),
        region=reading.code(address, "kraj") or None,
        coded=bool(reading.number(address, "kodAdresnihoMista")),
    )


def _municipality(address: Record, reading: Reading) -> str | None:
    code = reading.code(address, "obec")
    if code and not (code.isascii() and code.isdigit()):
        reading.note("adresa.obec", code, "Kódu obce nerozumíme; obec zůstává neznámá.")
        return None
    return code or None


def _regions(item: Record, reading: Reading) -> tuple[str, ...]:
    """Return the further kraje, given as codes or as objects that hold one."""
    key = "rozsirenePusobnostiVKraji"
    value = item.get(key)
    if value is None or value == "":
        return ()
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        inner = one.get("kraj", one) if isinstance(one, dict) else one
        code = reading.code({key: inner}, key)
        if code:
            found.append(code)
    return tuple(dict.fromkeys(found))


def _ages(item: Record, reading: Reading) -> tuple[str, ...]:
    """Return the codes of age groups, given as codes or as objects that hold one."""
    value = item.get("vekoveSkupiny")
    if value is not None and not isinstance(value, list):
        reading.note("vekoveSkupiny", value, "Čekali jsme seznam; údaj zůstává neznámý.")
    found: list[str] = []
    for one in value if isinstance(value, list) else ():
        inner = one.get("vekovaSkupina", one) if isinstance(one, dict) else one
        found.append(reading.code({"vekoveSkupiny": inner}, "vekoveSkupiny"))
    return tuple(dict.fromkeys(filter(None, found)))


def _contacts(item: Record, reading: Reading, key: str, inner: str) -> tuple[str, ...]:
    """Return the contacts of the service; the notes beside them name people and are not read."""
    found = [reading.text(one, inner) for one in reading.objects(item, key)]
    return tuple(dict.fromkeys(text for text in found if text))
