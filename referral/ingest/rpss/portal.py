"""Read an item of the portal's search answer; it holds no addresses and no contacts."""

from referral.ingest.row_values import Reading, Record, record_of
from referral.ingest.rpss.opendata import capacity, remarks
from referral.ingest.rpss.record import FacilityEntry, FormEntry, GroupEntry, Registration

REQUIRED = ("id", "identifikator", "druhSocialniSluzbyId", "sluzbyVZarizeni")
"""Keys that every service of an answer has."""

_REGISTER_DIGITS = 7
_ICO_DIGITS = 8


def is_portal(item: Record) -> bool:
    """Tell whether an item comes from the portal's search."""
    return isinstance(item.get("sluzba"), dict)


def is_odd(item: Record) -> bool:
    """Tell whether an item lacks a key that every item has."""
    service = record_of(item.get("sluzba"))
    return not all(key in service for key in REQUIRED)


def read_item(item: Record, reading: Reading, *, number: str) -> Registration:
    """Return what an item says, without the people in it."""
    service, provider = record_of(item.get("sluzba")), record_of(item.get("poskytovatel"))
    name = reading.text(provider, "nazevPoskytovatele")
    if not name:
        reading.reject("nazevPoskytovatele", "", "Chybí název poskytovatele; doplňte ho ve zdroji.")
    kind = reading.code(service, "druhSocialniSluzbyId")
    if not kind:
        reading.reject("druhSocialniSluzbyId", "", "Chybí druh služby; doplňte ho ve zdroji.")
    return Registration(
        number=number,
        register_id=reading.digits(service, "identifikator", count=_REGISTER_DIGITS),
        type=kind,
        provider=name,
        ico=reading.digits(record_of(provider.get("osobaPoskytovatele")), "ico", count=_ICO_DIGITS),
        starts=reading.day(service, "datumPoskytovaniOd"),
        ends=reading.day(service, "datumPoskytovaniDo"),
        groups=tuple(
            GroupEntry(
                code=reading.code(one, "cilovaSkupinaOsobyId"),
                remark=reading.text(one, "doplnujiciInformace"),
            )
            for one in reading.objects(service, "ciloveSkupinySocialniSluzby")
        ),
        ages=tuple(
            reading.code(one, "vekovaSkupinaOsoby")
            for one in reading.objects(service, "vekoveSkupinySocialniSluzby")
        ),
        age_remarks=remarks(service, reading, "doplnujiciInformaceVekoveSkupiny"),
        forms=tuple(_form(one, reading) for one in reading.objects(service, "formySocialniSluzby")),
        facilities=tuple(
            _facility(one, reading) for one in reading.objects(service, "sluzbyVZarizeni")
        ),
        addresses_known=False,
    )


def _form(record: Record, reading: Reading) -> FormEntry:
    found = [
        capacity(one, reading, unit="typKapacityId", remark="popisKapacity")
        for one in reading.objects(record, "kapacitySocialniSluzby")
    ]
    return FormEntry(
        code=reading.code(record, "formaId"),
        round_the_clock=reading.yes(record, "nepretrzitePoskytovani"),
        hours=tuple(
            (reading.code(one, "denVTydnuId"), reading.text(one, "interval"))
            for one in reading.objects(record, "casoveRozsahySocialniSluzby")
        ),
        capacities=tuple(one for one in found if one is not None),
    )


def _facility(record: Record, reading: Reading) -> FacilityEntry:
    starts = reading.day(record, "poskytovaniSluzbyOd")
    ends = reading.day(record, "poskytovaniSluzbyDo")
    if not reading.public(record, "utajenaAdresa"):
        return FacilityEntry(secret=True, starts=starts, ends=ends)
    return FacilityEntry(name=reading.text(record, "nazevZarizeni"), starts=starts, ends=ends)
