"""How an ORP stands in an address: by the code of its town, which names of ORPs do not change."""

from referral.catalog.territory import Territory


def orp_key(name: str, territory: Territory) -> str:
    """Return the six-digit code of the town that the ORP is named after.

    Where no such town is loaded, the lowest code among its municipalities stands for it.
    """
    codes = territory.by_orp[name]
    named = (code for code in codes if territory.municipality(code).name == name)
    return next(named, min(codes))


def orp_of(key: str, territory: Territory) -> str | None:
    """Return the name of the ORP with this key, None when there is none."""
    place = territory.municipalities.get(key)
    if place is None or orp_key(place.orp, territory) != key:
        return None
    return place.orp
