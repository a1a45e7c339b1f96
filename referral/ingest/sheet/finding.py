"""Which service, place or territory a cell of our own spreadsheet means."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from referral import text as words
from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import Service
from referral.catalog.places import AmbiguousPlace, FoundPlace, PlaceIndex, find_place
from referral.catalog.remarks import CoverageReader
from referral.catalog.territory import Municipality, Territory

_ID_BEHIND: Final = re.compile(r".*\(([^()]+)\)\s*", re.DOTALL)
_CODE_BEHIND: Final = re.compile(r"[^\[\]]*\[?(\d{6})\]?")
_REGISTER: Final = re.compile(r"\d{7}")
_LIKE: Final = 0.45
_MOST_NAMED: Final = 4
_LONGEST: Final = 300


class NotFoundError(LookupError):
    """Nothing, or too much, is meant; the message is a Czech sentence that names what is near."""


def service_label(service: Service) -> str:
    """Name a service so that it can be found again: "name (id)"."""
    return f"{service.name} ({service.id})"


@dataclass(frozen=True, slots=True)
class ServiceFinder:
    """All services by what a person may call them."""

    by_id: Mapping[str, Service]
    by_register: Mapping[str, tuple[Service, ...]]
    by_name: Mapping[str, tuple[Service, ...]]

    @classmethod
    def of(cls, services: Iterable[Service]) -> Self:
        """Index services; those with one id count once, the last one."""
        by_id = {one.id: one for one in services}
        registered: defaultdict[str, list[Service]] = defaultdict(list)
        named: defaultdict[str, list[Service]] = defaultdict(list)
        for one in by_id.values():
            named[words.fold(one.name)].append(one)
            if one.register_id is not None:
                registered[one.register_id].append(one)
        return cls(
            by_id,
            {key: tuple(found) for key, found in registered.items()},
            {key: tuple(found) for key, found in named.items()},
        )

    def find(self, typed: str) -> Service:
        """Return the service of an id, a register number, "name (id)", or a name of only one.

        Raises:
            NotFoundError: no service is meant, or several are.
        """
        told = " ".join(typed[:_LONGEST].split())
        behind = _ID_BEHIND.fullmatch(told)
        for key in (told, behind[1].strip() if behind else ""):
            if key in self.by_id:
                return self.by_id[key]
            if _REGISTER.fullmatch(key) and key in self.by_register:
                return self._only(self.by_register[key], told)
        found = self.by_name.get(words.fold(told), ())
        if found:
            return self._only(found, told)
        raise NotFoundError(self._nearest(told))

    def _only(self, found: tuple[Service, ...], told: str) -> Service:
        if len(found) == 1:
            return found[0]
        listed = "; ".join(
            f"{service_label(one)}, {one.organization.name}" for one in found[:_MOST_NAMED]
        )
        message = f"Služeb „{told}“ je víc; napište id jedné z nich: {listed}."
        raise NotFoundError(message)

    def _nearest(self, told: str) -> str:
        ids = sorted(self.by_id)
        near = [
            self.by_id[ids[one.position]] for one in words.best(told, ids, limit=2, at_least=0.75)
        ]
        names = sorted(self.by_name)
        for one in words.best(words.fold(told), names, limit=3, at_least=_LIKE):
            near += self.by_name[names[one.position]]
        named = list(dict.fromkeys(service_label(one) for one in near))[:_MOST_NAMED]
        hint = f" Nejbližší: {'; '.join(named)}." if named else " Id je v šabloně s --area."
        return f"Takovou službu v katalogu nemáme.{hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What the names of places and territories mean here."""

    territory: Territory
    index: PlaceIndex
    reader: CoverageReader

    def municipality(self, typed: str) -> Municipality:
        """Return the municipality of a name or a code.

        Raises:
            NotFoundError: there is none, or several.
        """
        told = typed[:_LONGEST]
        coded = _CODE_BEHIND.fullmatch(told.strip())
        if coded and coded[1] in self.territory.municipalities:
            return self.territory.municipality(coded[1])
        answer = find_place(told, self.index)
        if isinstance(answer, FoundPlace):
            return answer.municipality
        ambiguous = isinstance(answer, AmbiguousPlace)
        near = answer.candidates if isinstance(answer, AmbiguousPlace) else answer.nearest
        named = ", ".join(f"{one.name} [{one.code}]" for one in near[:_MOST_NAMED])
        if ambiguous:
            raise NotFoundError(f"Obcí toho jména je víc; napište kód jedné z nich: {named}.")
        hint = f" Nejbližší: {named}." if named else ""
        raise NotFoundError(f"Takovou obec nemáme načtenou.{hint}")

    def coverage(
        self, typed: str, *, near: str | None
    ) -> tuple[Coverage, tuple[tuple[str, str], ...]]:
        """Return where a text says that a service works, as declared, and remarks on its pieces.

        A semicolon ends a list: in "ORP Kadaň; Most" Most is the municipality; with a comma it
        would be another ORP. Names with codes, as in "Most [567027]", are taken as they stand.
        """
        bearers = self.reader.resolver.bearers
        codes: list[str] = []
        rest: list[str] = []
        for piece in re.split(r"[;\n]", typed):
            names = [one.strip() for one in piece.split(",") if one.strip()]
            coded = [_CODE_BEHIND.fullmatch(one) for one in names]
            known = [one[1] for one in coded if one and one[1] in self.territory.municipalities]
            if len(known) == len(names):
                codes += known
            elif rest and all(" ".join(one.split()).casefold() in bearers for one in names):
                rest.append(f"{'obec' if len(names) == 1 else 'obce'} {', '.join(names)}")
            else:
                rest.append(piece.strip())
        given = coverage_of(codes, self.territory) if codes else Coverage()
        if not rest:
            return given, ()
        reading = self.reader.read("; ".join(rest), near=near)
        read = reading.coverage
        remarks = [(one.text, f"Nepřečteno: {one.why}") for one in reading.unread]
        remarks += [(one.text, one.note) for one in reading.areas if one.note]
        remarks += [("", note) for note in reading.notes]
        if not reading.areas and not remarks:
            remarks = [(shown_of(typed), "Nepřečteno: žádné území v tom nevidíme")]
        if not (reading.areas or codes):
            return read, tuple(dict.fromkeys(remarks))
        certain = given.certain | read.certain
        united = Coverage(
            areas=tuple(dict.fromkeys((*given.areas, *read.areas))),
            status=CoverageStatus.DECLARED,
            certain=frozenset() if read.everywhere else certain,
            possible=read.possible - certain,
            everywhere=read.everywhere,
            unresolved=read.unresolved,
        )
        return united, tuple(dict.fromkeys(remarks))


def coverage_of(codes: Iterable[str], territory: Territory) -> Coverage:
    """Return the declared coverage of just these municipalities."""
    known = [territory.municipality(code) for code in dict.fromkeys(codes)]
    return Coverage(
        areas=tuple(
            ServiceArea(kind=AreaKind.MUNICIPALITY, name=one.name, code=one.code) for one in known
        ),
        status=CoverageStatus.DECLARED,
        certain=frozenset(one.code for one in known),
    )


_AS_TEXT: Final[Mapping[AreaKind, Callable[[ServiceArea], str]]] = {
    AreaKind.MUNICIPALITY: lambda area: (
        f"{area.name} [{area.code}]" if area.code else f"obec {area.name}"
    ),
    AreaKind.MUNICIPALITY_PART: lambda area: area.name,
    AreaKind.CATCHMENT: lambda area: f"{area.name} a spádové obce",
    AreaKind.ORP: lambda area: f"ORP {area.name}",
    AreaKind.DISTRICT: lambda area: f"okres {area.name}",
    AreaKind.REGION: lambda area: area.name,
    AreaKind.COUNTRY: lambda _: "celá Česká republika",
    AreaKind.RADIUS: lambda area: f"do {area.km or 0:g} km od: {area.name}",
}


def coverage_text(coverage: Coverage) -> str:
    """Write where a service works so that it can be read again; names with codes come first."""
    named = sorted(coverage.areas, key=lambda one: not _is_coded(one))
    return "; ".join(_AS_TEXT[one.kind](one) for one in named)


def _is_coded(area: ServiceArea) -> bool:
    return area.kind is AreaKind.MUNICIPALITY and area.code is not None


def shown_of(typed: str) -> str:
    """Cut a text for a sentence."""
    told = " ".join(typed[:_LONGEST].split())
    most = 60
    return told if len(told) <= most else f"{told[:most]}…"


def sentence_of(words_said: str) -> str:
    """End a remark as a sentence does."""
    return words_said if words_said.endswith((".", "!", "?")) else f"{words_said}."
