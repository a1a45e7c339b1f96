"""Read an item of an excerpt: a hand-made list of services with the portal's codes.

It says nothing of forms, capacities, hours, ages and contacts, and not whether an address is
secret. So the name of a facility is not read at all; the address is that of the provider.
"""

from typing import Final

from referral.geo import GeoError, Point
from referral.ingest.row_values import Reading, Record, record_of
from referral.ingest.rpss.record import GroupEntry, Registration, Town

REQUIRED: Final = ("id", "identifikator", "druhSocialniSluzbyId", "poskytovatel")
"""Keys that every item of an excerpt has."""

SILENT: Final = frozenset(
    {"locations", "places", "contact", "forms", "capacities", "schedules", "ages", "remarks"}
)
"""What an excerpt does not speak of, or of which it tells only a part."""

_REGISTER_DIGITS: Final = 7
_ICO_DIGITS: Final = 8


def is_excerpt(item: Record) -> bool:
    """Tell whether an item comes from an excerpt."""
    return "druhSocialniSluzbyId" in item


def is_odd(item: Record) -> bool:
    """Tell whether an item lacks a key that every item has."""
    return not all(key in item for key in REQUIRED)


def read_item(item: Record, reading: Reading, *, number: str) -> Registration:
    """Return what an item says, without the people in it."""
    provider = record_of(item.get("poskytovatel"))
    name = reading.text(provider, "nazev")
    if not name:
        reading.reject("poskytovatel.nazev", "", "Chybí název poskytovatele; doplňte ho ve zdroji.")
    kind, kind_name = reading.code(item, "druhSocialniSluzbyId"), reading.text(item, "druh")
    if not kind and not kind_name:
        reading.reject("druhSocialniSluzbyId", "", "Chybí druh služby; doplňte ho ve zdroji.")
    return Registration(
        number=number,
        register_id=reading.digits(item, "identifikator", count=_REGISTER_DIGITS),
        type=kind,
        type_name=kind_name,
        provider=name,
        ico=reading.digits(provider, "ico", count=_ICO_DIGITS),
        starts=reading.day(item, "datumPoskytovaniOd"),
        ends=reading.day(item, "datumPoskytovaniDo"),
        groups=tuple(
            GroupEntry(
                code=reading.code(one, "cilovaSkupinaOsobyId"),
                remark=reading.text(one, "doplnujiciInformace"),
            )
            for one in reading.objects(item, "ciloveSkupiny")
        ),
        provider_town=_town(record_of(item.get("adresaKontaktni")), reading),
        addresses_known=False,
    )


def _town(address: Record, reading: Reading) -> Town | None:
    name = reading.text(address, "obec")
    if not name:
        return None
    return Town(name=name, region=reading.text(address, "kraj"), point=_point(address))


def _point(address: Record) -> Point | None:
    lat, lon = address.get("lat"), address.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    try:
        return Point(lat=float(lat), lon=float(lon))
    except (GeoError, OverflowError):
        return None
