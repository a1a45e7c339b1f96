"""What a service, a place or a capacity is marked with, in our words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from referral.catalog.model import AddressRole
from referral.ingest.hsds.record import TermEntry
from referral.ingest.hsds.taxonomies import Taxonomy
from referral.ingest.hsds.words import Meaning, Words


@dataclass(slots=True, kw_only=True)
class Marks:
    """What the terms of one thing mean here; ``unknown`` are those that mean nothing."""

    known: dict[Meaning, TermEntry] = field(default_factory=dict)
    unknown: list[TermEntry] = field(default_factory=list)

    def codes(self, taxonomy: Taxonomy) -> list[str]:
        """Return our codes of a taxonomy, in the order of the terms."""
        return [one.code for one in self.known if one.taxonomy is taxonomy and one.code]

    def terms(self, taxonomy: Taxonomy) -> list[tuple[str, TermEntry]]:
        """Return our codes of a taxonomy with the terms that they were found in."""
        return [(one.code, term) for one, term in self.known.items() if one.taxonomy is taxonomy]

    def secret(self, words: Words) -> bool:
        """Tell whether an address is secret; a mark about it that we do not know counts as that."""
        unclear = any(words.taxonomy_of(term) is Taxonomy.ROLE for term in self.unknown)
        return unclear or AddressRole.SECRET in self.codes(Taxonomy.ROLE)


def marks_of(terms: Iterable[TermEntry], words: Words) -> Marks:
    """Find what the terms of one thing mean."""
    marks = Marks()
    for term in terms:
        meant = words.find(term)
        if meant is None:
            marks.unknown.append(term)
        else:
            marks.known.setdefault(meant, term)
    return marks
