"""What the form about new places asks: read from an address, with a sentence for each mistake.

Nothing in it is about a client: an area, a rule, how many places of which kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from werkzeug.datastructures import MultiDict

from referral.catalog.places import PlaceIndex
from referral.network.capacity_plan import CapacityWish
from referral.network.means import Means, Sourced, Workforce
from referral.network.sites import Wish
from referral.web.czech import NBSP, number
from referral.web.finding import AmbiguousPlaceError, UnknownPlaceError, the_place
from referral.web.gaps_asking import WantedError
from referral.web.translation import _

SECONDS: Final = 8.0
"""The longest exact search that a page waits for."""
MOST: Final = 30
"""The most places that a page suggests; more of them are for the command line."""
MOST_UNITS: Final = 500
"""The most units of capacity that a page deals out."""
_LONGEST: Final = 80

MEANS: Final[Mapping[str, Means]] = {
    "misto": Means.SITE,
    "pracovnik": Means.WORKER,
    "dny": Means.DAYS,
}
"""How an address calls the means."""

WAYS: Final[Mapping[str, str]] = {"": _("přesný (výchozí)"), "rychle": _("rychlý, hned")}

CAPACITY: Final = "kapacita"
"""How an address asks for capacity added to services, which is no new place."""

MEANS_LABELS: Final[Mapping[str, str]] = {
    "": _("podle pravidla (výchozí)"),
    "misto": _("nové místo služby (ambulantní nebo pobytové)"),
    "pracovnik": _("terénní pracovník"),
    "dny": _("poradenské dny jednou týdně"),
    CAPACITY: _("přidaná kapacita (jen u pravidel, která ji měří)"),
}

# What the sentences of the engine call by the options of the command line.
_IN_WORDS: Final = (
    (
        "--by site, worker nebo days",
        _("způsob „nové místo služby“, „terénní pracovník“ nebo „poradenské dny“"),
    ),
    ("--by worker", _("způsob „terénní pracovník“")),
    ("--by site", _("způsob „nové místo služby“")),
    ("--by days", _("způsob „poradenské dny“")),
    ("--by capacity", _("způsob „přidaná kapacita“")),
    ("volbou způsob", _("způsobem")),
    ("--radius a\u00a0--whole-orp", _("„kam pracovník dojede“ a\u00a0„celé ORP“")),
    ("--radius a --whole-orp", _("„kam pracovník dojede“ a „celé ORP“")),
    ("--radius", _("„kam pracovník dojede“")),
    ("--whole-orp", _("„celé ORP“")),
    ("--least-people", _("„nejmenší obec“")),
    ("--base", _("„odkud se vyjíždí“")),
    ("--week-km", _("„kilometrů týdně“")),
    ("--unlimited", _("„bez meze“")),
    ("--capacity", _("„pro kolik obyvatel stačí“")),
    ("referral scenario", _("stránka „Co kdyby“")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesDraft:
    """What was filled in, as texts; ``rule`` empty means that nothing has been asked yet."""

    rule: str = ""
    count: str = "1"
    means: str = ""
    capacity: str = ""
    unlimited: str = ""
    road_km: str = ""
    whole_orp: str = ""
    base: str = ""
    week_km: str = ""
    least_people: str = ""
    beyond: str = ""
    way: str = ""
    most: str = ""
    new: str = ""

    def pairs(self) -> dict[str, str]:
        """Return what is filled in as an address carries it."""
        told = {_NAMES[one.name]: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in told.items() if value}


_NAMES: Final[Mapping[str, str]] = {
    "rule": "pravidlo",
    "count": "pocet",
    "means": "cim",
    "capacity": "kapacita",
    "unlimited": "bezmeze",
    "road_km": "dosah",
    "whole_orp": "orp",
    "base": "zaklad",
    "week_km": "tydne",
    "least_people": "nejmene",
    "beyond": "mimo",
    "way": "vypocet",
    "most": "jedne",
    "new": "nove",
}


def read_sites_draft(args: MultiDict[str, str]) -> SitesDraft:
    """Read the form from the arguments of an address."""
    told = {own: args.get(name, "").strip()[:_LONGEST] for own, name in _NAMES.items()}
    return SitesDraft(**{**told, "count": told["count"] or "1"})


def wish_of(draft: SitesDraft, *, places: PlaceIndex) -> Wish:
    """Return what is asked for.

    Raises:
        WantedError: a field is no number, out of its range, no known word or no known place.
    """
    if draft.means not in MEANS_LABELS:
        raise WantedError(_("Takový způsob neznáme; vyberte ho ze seznamu."), field="cim")
    if draft.way not in WAYS:
        raise WantedError(_("Výpočet může být přesný, nebo rychlý."), field="vypocet")
    return Wish(
        rule=draft.rule,
        count=int(_number(draft.count, "pocet", least=1, most=MOST, whole=True) or 1),
        means=MEANS.get(draft.means),
        capacity=_number(draft.capacity, "kapacita", least=1, most=1_000_000),
        unlimited=bool(draft.unlimited),
        road_km=_number(draft.road_km, "dosah", least=0, most=500),
        whole_orp=bool(draft.whole_orp),
        base=_base(draft.base, places),
        week_km=_number(draft.week_km, "tydne", least=0, most=5_000),
        beyond=bool(draft.beyond),
        least_people=int(
            _number(draft.least_people, "nejmene", least=0, most=2e6, whole=True) or 0
        ),
        exact=draft.way != "rychle",
        seconds=SECONDS,
    )


def capacity_wish_of(draft: SitesDraft) -> CapacityWish:
    """Return where capacity is to be added; the number of places is that of units.

    Raises:
        WantedError: a field is no number or out of its range.
    """
    most = _number(draft.most, "jedne", least=1, most=MOST, whole=True)
    return CapacityWish(
        rule=draft.rule,
        units=int(_number(draft.count, "pocet", least=1, most=MOST_UNITS, whole=True) or 1),
        new=bool(draft.new),
        most=None if most is None else int(most),
        least_people=int(
            _number(draft.least_people, "nejmene", least=0, most=2e6, whole=True) or 0
        ),
        exact=draft.way != "rychle",
        seconds=SECONDS,
    )


def _number(
    text: str, field: str, *, least: float, most: float, whole: bool = False
) -> float | None:
    if not text:
        return None
    try:
        value = float(
            text.replace(NBSP, "").replace("\u202f", "").replace(" ", "").replace(",", ".")
        )
    except ValueError:
        value = float("nan")
    if not least <= value <= most or (whole and value != int(value)):
        kind = _("celé číslo") if whole else _("číslo")
        message = _("„{text}“ tu nejde použít: napište {kind} od {least} do {most}.")
        raise WantedError(
            message.format(text=text, kind=kind, least=number(least), most=number(most)),
            field=field,
        )
    return value


def _base(text: str, places: PlaceIndex) -> str | None:
    if not text:
        return None
    try:
        return the_place(text, places).code
    except AmbiguousPlaceError as error:
        which = ", ".join(f"{one.name} (ORP {one.orp})" for one in error.candidates)
        message = _("Takových obcí je víc; napište i\u00a0ORP, tedy jedno z: {which}.")
        raise WantedError(message.format(which=which), field="zaklad") from error
    except UnknownPlaceError as error:
        raise WantedError(_base_sentence(error), field="zaklad") from error


def _base_sentence(error: UnknownPlaceError) -> str:
    near = ", ".join(one.name for one in error.nearest[:3])
    told = _("Obec, odkud se má vyjíždět, mezi načtenými není.")
    return told if not near else told + _(" Nemysleli jste: {names}?").format(names=near)


def in_words_of_the_form(message: str) -> str:
    """Say a sentence of the engine with the names of the form instead of options of a command."""
    for option, words in _IN_WORDS:
        message = message.replace(option, words)
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "?")) else ".")


def hints_of(workforce: Workforce) -> dict[str, str]:
    """Say under each field what holds when it stays empty, with the source of every number."""
    people = _told(workforce.people_per_worker, _("obyvatel"))
    return {
        "cim": _(
            "Bez volby rozhodne pravidlo: smí-li mít druh služby místo, hledá se místo, jinak "
            "terénní pracovník."
        ),
        "kapacita": _("Prázdné: pracovník {told} Místo je bez meze.").format(told=people),
        "dosah": _("Prázdné: {told} Dosah místa určuje pravidlo.").format(
            told=_told(workforce.worker_km, _("km"))
        ),
        "zaklad": _("Prázdné: největší sídlo ORP v\u00a0území."),
        "tydne": _("Prázdné: {told}").format(told=_told(workforce.week_km, _("km"))),
        "nejmene": _("Prázdné: v\u00a0kterékoli obci."),
        "jedne": _("Prázdné: bez meze. Jen u\u00a0přidané kapacity."),
        "vypocet": _(
            "Přesný výpočet dokáže, že lepší výběr není. Smí trvat nejvýš {n} s; když to nestačí, "
            "stránka řekne, o\u00a0kolik lidí by lepší výběr nejvýš mohl být lepší."
        ).format(n=number(SECONDS)),
    }


def _told(one: Sourced, unit: str) -> str:
    return _("{n} {unit}. {why} (Zdroj: {source}.)").format(
        n=number(one.value), unit=unit, why=one.why, source=one.source
    )
