"""The fields that people correct: how they are named, asked for, and ordered on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from referral.catalog.model import CapacityUnit, Stance
from referral.catalog.own_fields import OwnField, VerifiedBy
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWords:
    """A field as a page names it: in the address, in a heading, and what is asked."""

    slug: str
    name: str
    hint: str


WORDS: Final[Mapping[OwnField, FieldWords]] = MappingProxyType(
    {
        OwnField.VACANCY: FieldWords(
            slug="volno",
            name=_("Volná místa"),
            hint=_(
                "Kolik lidí může služba přijmout dnes. Nula je také zpráva: služba je plná. "
                "Prázdné číslo znamená, že to nevíme."
            ),
        ),
        OwnField.COVERAGE: FieldWords(
            slug="pusobnost",
            name=_("Kde působí"),
            hint=_(
                "Obce, ve kterých služba opravdu pomáhá. Kde chybí, tam ji lidem nenabídneme; kde "
                "přebývá, tam zbytečně zavolají."
            ),
        ),
        OwnField.ACCEPTANCE: FieldWords(
            slug="koho-prijima",
            name=_("Koho přijímá a koho ne"),
            hint=_(
                "Co služba říká o lidech s určitou překážkou. O čem mlčí, to nechte být: neznámé "
                "nikoho nevyřadí."
            ),
        ),
        OwnField.CONTACT: FieldWords(
            slug="kontakt",
            name=_("Telefon, e-mail a web"),
            hint=_(
                "Spojení na službu, nikdy na jednotlivého člověka. Co necháte prázdné, o tom dál "
                "platí, co říká zdroj."
            ),
        ),
        OwnField.HOURS: FieldWords(
            slug="doba",
            name=_("Provozní doba"),
            hint=_("Například Po–Pá 8:00–16:00. Každá forma služby zvlášť."),
        ),
        OwnField.WAITING: FieldWords(
            slug="cekani",
            name=_("Jak dlouho se čeká"),
            hint=_("Od žádosti do začátku pomoci, jak to dnes bývá. Nula znamená hned."),
        ),
        OwnField.AGES: FieldWords(
            slug="vek",
            name=_("Věk"),
            hint=_(
                "Koho služba přijímá podle věku, oba konce včetně. Mimo hranici ji lidem "
                "nenabídneme."
            ),
        ),
        OwnField.SCOPE: FieldWords(
            slug="co-dela",
            name=_("Co dělá a co nedělá"),
            hint=_(
                "Krátce a pro člověka, který pomoc hledá. Hlavně to, s čím by u služby marně čekal."
            ),
        ),
        OwnField.CAPACITY: FieldWords(
            slug="kapacita",
            name=_("Kapacita"),
            hint=_("Kolik toho služba zvládne nejvýš. Úvazky se píší i desetinně, třeba 2,5."),
        ),
        OwnField.NETWORK: FieldWords(
            slug="sit",
            name=_("Síť služeb"),
            hint=_("Do které sítě kraj nebo obec s rozšířenou působností službu zařadily."),
        ),
    }
)
"""In the order in which a card is corrected: what changes often and decides most comes first."""

BY_SLUG: Final[Mapping[str, OwnField]] = MappingProxyType(
    {words.slug: field for field, words in WORDS.items()}
)

BY_LINK: Final = tuple(field for field in WORDS if field is not OwnField.NETWORK)
"""What the staff of a service are asked; who belongs to a network is not theirs to say."""

STANCES: Final[Mapping[Stance, str]] = MappingProxyType(
    {
        Stance.ACCEPTS: _("přijímá"),
        Stance.CONDITIONS: _("přijímá za podmínky"),
        Stance.EXCLUDES: _("nepřijímá"),
    }
)
ROLES: Final[Mapping[VerifiedBy, str]] = MappingProxyType(
    {
        VerifiedBy.PROVIDER: _("poskytovatel"),
        VerifiedBy.COORDINATOR: _("koordinátor"),
        VerifiedBy.OFFICE: _("úřad"),
    }
)
UNITS: Final[Mapping[CapacityUnit, str]] = MappingProxyType(
    {
        CapacityUnit.CLIENTS: _("klienti"),
        CapacityUnit.BEDS: _("lůžka"),
        CapacityUnit.CONTACTS: _("kontakty (po 10 minutách)"),
        CapacityUnit.INTERVENTIONS: _("intervence (po 30 minutách)"),
        CapacityUnit.CALLS: _("hovory"),
        CapacityUnit.WORKLOADS: _("úvazky"),
    }
)
