"""How an offer and the client come together, in a few words and as a picture."""

from referral.catalog.areas import CoverageStatus
from referral.catalog.vocabulary import Form
from referral.matching.ranking import Match
from referral.matching.reach import PlaceKnown, Reach
from referral.web.czech import distance
from referral.web.translation import _

_COMING = {
    CoverageStatus.DECLARED: _("přijede k vám domů"),
    CoverageStatus.PARSED: _("přijede k vám domů (podle poznámky v registru)"),
    CoverageStatus.ASSUMED: _("nejspíš přijede k vám domů, ověřte"),
    CoverageStatus.UNKNOWN: _("jezdí za lidmi domů, zda i sem, zdroj neuvádí"),
}
_COMPETENT = {
    CoverageStatus.UNKNOWN: _("zda je příslušná pro vaši obec, zdroj neuvádí"),
}
_STAYING = {
    PlaceKnown.SECRET: _("adresa je utajená, místo domluvíte po telefonu"),
    PlaceKnown.SEAT_ONLY: _("místo služby neznáme, jen sídlo poskytovatele"),
}


def reach_text(reach: Reach, match: Match) -> str:
    """Say in a few words how an offer and the client come together."""
    if reach.remote:
        return _("pomoc na dálku, na vzdálenosti nezáleží")
    if reach.form is None:
        return _COMPETENT.get(reach.covers, _("příslušná pro vaši obec"))
    if reach.form is Form.FIELD:
        return _COMING[reach.covers]
    stays = reach.form is Form.RESIDENTIAL
    how = _("bydlení ve službě") if stays else _("dochází se do služby")
    if reach.distance_km is not None and not match.offer.service.secret:
        return f"{how}, {distance(reach.distance_km)}"
    return f"{how}; {_STAYING.get(reach.place_known, _('místo zdroj neuvádí'))}"


def reach_icon(reach: Reach) -> str:
    """Name the picture of a way: T, A, P, remote or office."""
    if reach.remote:
        return "remote"
    return reach.form.value if reach.form is not None else "office"
