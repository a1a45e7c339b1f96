"""What was filled in, before anybody has judged it, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from referral.catalog.territory import Municipality

YES, NO = "ano", "ne"
"""What a question with three answers is answered with; the third is silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRow:
    """One row about a refusal in a form; ``service`` is a name, an id or both."""

    service: str = ""
    reason: str = ""
    barrier: str = ""
    on: str = ""
    wait: str = ""

    @property
    def filled(self) -> bool:
        """Whether anything stands in the row."""
        return bool(self.service or self.reason or self.barrier or self.on or self.wait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was filled in, as it was filled in; a form is shown again from it.

    ``without`` are barriers that the client surely does not have. ``documents``, ``income``,
    ``insurance``, ``partner`` and ``dog`` are YES, NO or empty. ``refused`` are refusals written as
    the contract does, ``refusals`` those of a form's rows. ``answered`` counts the questions that
    the answers have asked back.
    """

    place: str = ""
    place_code: str = ""
    orp: str = ""
    says: str = ""
    age: str = ""
    care_level: str = ""
    limit: str = ""
    needs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sex: str = ""
    born: str = ""
    mobility: str = ""
    languages: tuple[str, ...] = ()
    documents: str = ""
    income: str = ""
    insurance: str = ""
    partner: str = ""
    children: str = ""
    dog: str = ""
    discharge: str = ""
    eviction: str = ""
    refusals: tuple[RefusalRow, ...] = ()
    answered: str = ""

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the names and values of the form's fields that would post this draft again.

        The person's own words are left out: they stay only where they can be corrected.
        """
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name in {"says", "refusals"} or not value:
                continue
            name = PLURALS.get(one.name, one.name)
            yield from ((name, item) for item in ((value,) if isinstance(value, str) else value))
        if self.place:
            yield "place_asked", self.place


PLURALS = {
    "needs": "need",
    "groups": "group",
    "barriers": "barrier",
    "forms": "form",
    "languages": "language",
}
"""What the contract calls a field that may be given several times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong with one field and how to mend it; ``code`` is for programs."""

    field: str
    message: str
    code: str = "invalid"


class AskError(ValueError):
    """A draft that is not a question yet; ``candidates`` are the places it could mean."""

    def __init__(
        self, errors: Sequence[FieldError], *, candidates: Sequence[Municipality] = ()
    ) -> None:
        """Keep the errors in the order of the form."""
        super().__init__("; ".join(error.field for error in errors))
        self.errors = tuple(errors)
        self.candidates = tuple(candidates)

    @property
    def code(self) -> str:
        """The first error's code."""
        return self.errors[0].code
