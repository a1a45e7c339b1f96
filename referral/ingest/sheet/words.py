"""Czech words that stand in the cells of our own spreadsheet, and the codes they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from referral.catalog.model import CapacityUnit, Kind, Stance
from referral.catalog.own_fields import VerifiedBy
from referral.catalog.vocabulary import Form, RefusalBasis, Term, Vocabulary
from referral.ingest.sheet.layout import Choices
from referral.text import fold

FORMS: Final = {Form.FIELD: "terénní", Form.AMBULATORY: "ambulantní", Form.RESIDENTIAL: "pobytová"}
UNITS: Final = {
    CapacityUnit.BEDS: "lůžko",
    CapacityUnit.CLIENTS: "klient",
    CapacityUnit.CONTACTS: "kontakt",
    CapacityUnit.INTERVENTIONS: "intervence",
    CapacityUnit.CALLS: "hovor",
    CapacityUnit.WORKLOADS: "úvazek",
}
KINDS: Final = {
    Kind.MUNICIPAL: "pomoc obce",
    Kind.NGO_FOLLOWUP: "návazná pomoc neziskové organizace",
    Kind.COMMUNITY: "komunitní a sousedská pomoc",
    Kind.AUTHORITY: "úřad nebo linka pomoci",
    Kind.HEALTH: "zdravotní služba",
}
"""All but the registered services: those come from the register."""

STANCES: Final = {
    Stance.ACCEPTS: "přijímá",
    Stance.CONDITIONS: "za podmínky",
    Stance.EXCLUDES: "nepřijímá",
}
ROLES: Final = {
    VerifiedBy.PROVIDER: "poskytovatel",
    VerifiedBy.COORDINATOR: "koordinátor",
    VerifiedBy.OFFICE: "úřad",
}
YES: Final = {"1": "ano", "0": "ne"}

_ALSO: Final[Mapping[str, str]] = {
    "luzka": "luzka",
    "luzek": "luzka",
    "klienti": "klient",
    "klientu": "klient",
    "osoba": "klient",
    "osoby": "klient",
    "kontakty": "kontakt",
    "intervenci": "interv",
    "hovory": "hovor",
    "uvazky": "uvazek",
    "uvazku": "uvazek",
    "koordinatorka": "coordinator",
    "socialni pracovnik": "office",
    "socialni pracovnice": "office",
    "obec": "office",
    "podminka": "conditions",
    "s podminkou": "conditions",
    "neprijme": "excludes",
    "prijme": "accepts",
    "true": "1",
    "x": "1",
    "a": "1",
    "false": "0",
    "n": "0",
    "teren": "T",
    "ambulance": "A",
    "pobyt": "P",
}
"""Other folded words for the same; each counts only where its code is offered."""


@dataclass(frozen=True, slots=True)
class Words:
    """What each list offers, in its order, and what each folded word means."""

    offered: Mapping[Choices, Mapping[str, str]]
    meaning: Mapping[Choices, Mapping[str, str]]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Self:
        """Arrange the words; needs and barriers are offered as "name (CODE)"."""
        forms = {code.value: label for code, label in FORMS.items()}
        offered: dict[Choices, Mapping[str, str]] = {
            Choices.KINDS: {code.value: label for code, label in KINDS.items()},
            Choices.NEEDS: _terms(vocabulary.needs),
            Choices.FORMS: forms,
            Choices.FORM: forms,
            Choices.UNITS: {code.value: label for code, label in UNITS.items()},
            Choices.BARRIERS: _terms(vocabulary.barriers),
            Choices.STANCES: {code.value: label for code, label in STANCES.items()},
            Choices.BASES: {code.value: code.value for code in RefusalBasis},
            Choices.ROLES: {code.value: label for code, label in ROLES.items()},
            Choices.YES: YES,
        }
        names = {
            Choices.NEEDS: {code: one.name for code, one in vocabulary.needs.items()},
            Choices.BARRIERS: {code: one.name for code, one in vocabulary.barriers.items()},
        }
        meaning = {}
        for choices, words in offered.items():
            known = {word: code for word, code in _ALSO.items() if code in words}
            known |= {fold(name): code for code, name in names.get(choices, {}).items()}
            known |= {fold(code): code for code in words}
            known |= {fold(label): code for code, label in words.items()}
            meaning[choices] = known
        return cls(offered, meaning)

    def code(self, choices: Choices, text: str) -> str | None:
        """Return what a word means, None when it is not among those offered."""
        known = self.meaning[choices]
        found = known.get(fold(text))
        if found is None and " " in text:
            # "PEC-HYG – osobní hygiena": the code in front of a name in other words.
            found = known.get(fold(text.split(maxsplit=1)[0]))
            found = found if choices in {Choices.NEEDS, Choices.BARRIERS} else None
        return found

    def label(self, choices: Choices, code: str) -> str:
        """Return the word for a code; one that is not offered stands for itself."""
        return self.offered[choices].get(code, code)


def _terms(terms: Mapping[str, Term]) -> dict[str, str]:
    known = sorted(terms.values(), key=lambda one: fold(one.name))
    return {one.code: f"{one.name} ({one.code})" for one in known}
