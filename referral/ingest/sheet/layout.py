"""The sheets of our own spreadsheet and their columns, the same for writing and for reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from referral.text import fold


class SheetKind(StrEnum):
    """A sheet by its title."""

    HELP = "Místní pomoc"
    COVERAGE = "Působnost"
    VACANCY = "Volná místa"
    CAPACITY = "Kapacity"
    ACCEPTANCE = "Koho přijímá"
    NETWORK = "Síť"


class Choices(StrEnum):
    """A closed list of words, offered in a cell; MANY in their names allow several."""

    KINDS = "druh pomoci"
    NEEDS = "potřeby"
    FORMS = "formy"
    FORM = "forma"
    UNITS = "jednotka"
    BARRIERS = "překážka"
    STANCES = "postoj"
    BASES = "opora"
    ROLES = "kdo ověřil"
    YES = "ano, ne"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, other headings that mean it, and what a person should write there.

    ``needed`` must stand in the header. ``shown`` is there for the reader's eyes and is never read
    back. ``mark`` is a column that somebody fills in: a row in which all of these are empty has not
    been filled in and is passed over.
    """

    key: str
    heading: str
    hint: str
    example: str = ""
    also: tuple[str, ...] = ()
    width: int = 18
    choices: Choices | None = None
    day: bool = False
    needed: bool = False
    shown: bool = False
    mark: bool = False


EXAMPLE: Final = "PŘÍKLAD"
"""With what the first cell of a row begins that is only an example."""

_SERVICE = Column(
    key="service",
    heading="služba",
    hint="Id služby, sedmimístné číslo z registru, nebo „název (id)“ tak, jak je v šabloně.",
    example=f"{EXAMPLE} (tento řádek se nenahrává)",
    also=("id", "id služby", "číslo služby", "identifikátor"),
    width=46,
    needed=True,
)
_KNOWN = Column(
    key="known",
    heading="co dnes víme",
    hint="Jen pro přehled; nečte se zpátky.",
    also=("dnes víme",),
    width=40,
    shown=True,
)
_BY = Column(
    key="by",
    heading="kdo ověřil",
    hint="Role, nikdy jméno: poskytovatel, koordinátor, nebo úřad.",
    example="koordinátor",
    also=("ověřil", "ověřila", "role"),
    width=14,
    choices=Choices.ROLES,
    needed=True,
    mark=True,
)


def _verified(heading: str) -> Column:
    return Column(
        key="on",
        heading=heading,
        hint="Den, kdy jste to ověřili, např. 21. 11. 2026.",
        example="2026-11-21",
        also=("ověřeno dne", "ke dni", "ověřeno", "datum ověření", "den"),
        width=14,
        day=True,
        needed=True,
        mark=True,
    )


_HELP = (
    Column(
        key="code",
        heading="kód",
        hint="Nechte prázdné, nebo zvolte krátké označení. S kódem můžete pomoc přejmenovat a "
        "zůstane to táž.",
        example=f"{EXAMPLE} (tento řádek se nenahrává)",
        also=("id", "id/kód"),
        width=22,
    ),
    Column(
        key="name",
        heading="název",
        hint="Jak se pomoc jmenuje. Povinné.",
        example="Potravinová banka Horní Ves",
        also=("název pomoci", "jméno"),
        width=36,
        needed=True,
        mark=True,
    ),
    Column(
        key="provider",
        heading="poskytovatel",
        hint="Kdo pomoc dává (organizace, obec, spolek). Prázdné = totéž co název.",
        example="Spolek Sousedé",
        also=("organizace",),
        width=30,
        mark=True,
    ),
    Column(key="ico", heading="IČO", hint="Osm číslic.", also=("ič",), width=11),
    Column(
        key="kind",
        heading="druh pomoci",
        hint="Vyberte ze seznamu. Povinné.",
        example="komunitní a sousedská pomoc",
        also=("druh",),
        width=30,
        choices=Choices.KINDS,
        needed=True,
        mark=True,
    ),
    Column(
        key="needs",
        heading="potřeby",
        hint="Na co pomoc odpovídá; víc potřeb oddělte středníkem. Povinné, podle nich se hledá.",
        example="nemá na základní potřeby (FIN-NUZ); bez střechy nad hlavou (BYD-BEZ)",
        also=("potřeba",),
        width=40,
        choices=Choices.NEEDS,
        needed=True,
        mark=True,
    ),
    Column(
        key="forms",
        heading="formy",
        hint="terénní; ambulantní; pobytová. Víc forem oddělte středníkem.",
        example="ambulantní",
        also=("forma",),
        width=20,
        choices=Choices.FORMS,
    ),
    Column(
        key="covers",
        heading="působnost",
        hint="Kam pomoc sahá, slovy: „Horní Ves, Dolní Ves; ORP Velké Město“, „do 15 km od Mostu“.",
        example="Horní Ves, Dolní Ves; ORP Velké Město",
        also=("kde působí", "území"),
        width=40,
    ),
    Column(
        key="place",
        heading="obec",
        hint="Obec, kde pomoc sídlí, nebo její šestimístný kód. U utajené adresy nechte prázdné.",
        example="Horní Ves",
        also=("obec místa", "adresa místa"),
        width=20,
    ),
    Column(
        key="secret",
        heading="utajená adresa",
        hint="ano / ne. Utajená adresa se nikde neukáže.",
        example="ne",
        also=("utajená",),
        width=14,
        choices=Choices.YES,
    ),
    Column(key="phone", heading="telefon", hint="Veřejný telefon pomoci.", also=("tel",)),
    Column(key="email", heading="e-mail", hint="Veřejný e-mail pomoci.", also=("mail",), width=24),
    Column(key="web", heading="web", hint="Adresa stránek.", also=("www", "stránky"), width=24),
    Column(
        key="hours",
        heading="kdy",
        hint="Kdy je otevřeno nebo kdy se schází.",
        example="každé úterý 9–12",
        also=("otevírací doba", "provozní doba"),
        width=24,
    ),
    Column(
        key="about",
        heading="popis",
        hint="Jedna dvě věty pro toho, kdo hledá pomoc. Jména klientů ani pracovníků nepište.",
        example="Vydává trvanlivé potraviny na doporučení obce.",
        also=("poznámka",),
        width=50,
    ),
    Column(key="since", heading="platí od", hint="Prázdné = odjakživa.", day=True, width=13),
    Column(
        key="until",
        heading="platí do",
        hint="Poslední den; takto se pomoc ukončí.",
        day=True,
        width=13,
    ),
    Column(
        key="on",
        heading="ověřeno dne",
        hint="Den, kdy jste údaje ověřili.",
        example="2026-11-21",
        also=("ověřeno", "datum ověření"),
        day=True,
        width=14,
    ),
    Column(
        key="by",
        heading="kdo ověřil",
        hint="Role, nikdy jméno: poskytovatel, koordinátor, nebo úřad.",
        example="koordinátor",
        choices=Choices.ROLES,
        width=14,
    ),
)
_FORM = Column(
    key="form",
    heading="forma",
    hint="Prázdné = služba jako celek.",
    example="pobytová",
    width=14,
    choices=Choices.FORM,
)
_UNIT = Column(
    key="unit",
    heading="jednotka",
    hint="V čem se počítá. Různé jednotky se nikdy nesčítají.",
    example="lůžko",
    width=14,
    choices=Choices.UNITS,
    needed=True,
)

COLUMNS: Final[Mapping[SheetKind, tuple[Column, ...]]] = {
    SheetKind.HELP: _HELP,
    SheetKind.COVERAGE: (
        _SERVICE,
        _KNOWN,
        Column(
            key="covers",
            heading="kde působí",
            hint="Slovy: „Kadaň, Vejprty; ORP Kadaň“, „do 15 km od Mostu“, „okres Cheb“.",
            example="Horní Ves, Dolní Ves; ORP Velké Město",
            also=("působnost", "území"),
            width=50,
            needed=True,
            mark=True,
        ),
        _verified("ověřeno dne"),
        _BY,
    ),
    SheetKind.VACANCY: (
        _SERVICE,
        _KNOWN,
        _FORM,
        _UNIT,
        Column(
            key="free",
            heading="volno",
            hint="Kolik míst je volných; 0 = plno.",
            example="2",
            also=("volná místa", "volných"),
            width=10,
            needed=True,
            mark=True,
        ),
        _verified("ke dni"),
        _BY,
    ),
    SheetKind.CAPACITY: (
        _SERVICE,
        _KNOWN,
        _FORM,
        _UNIT,
        Column(
            key="amount",
            heading="kapacita",
            hint="Nejvíc kolik; u úvazků i desetinné číslo, např. 3,5.",
            example="3,5",
            also=("počet", "úvazky"),
            width=12,
            needed=True,
            mark=True,
        ),
        _verified("ke dni"),
        _BY,
    ),
    SheetKind.ACCEPTANCE: (
        _SERVICE,
        _KNOWN,
        Column(
            key="barrier",
            heading="překážka",
            hint="Vyberte ze seznamu; každá překážka na svůj řádek.",
            example="užívá alkohol nebo drogy (ALKOHOL)",
            width=44,
            choices=Choices.BARRIERS,
            needed=True,
            mark=True,
        ),
        Column(
            key="stance",
            heading="postoj",
            hint="přijímá / za podmínky / nepřijímá",
            example="za podmínky",
            also=("přijímá",),
            width=14,
            choices=Choices.STANCES,
            needed=True,
            mark=True,
        ),
        Column(
            key="wording",
            heading="znění",
            hint="Jak to služba říká; u „za podmínky“ povinné.",
            example="Při nástupu nesmí být pod vlivem.",
            also=("podmínka", "slovy"),
            width=44,
            mark=True,
        ),
        Column(
            key="basis",
            heading="opora",
            hint="O co služba odmítnutí opírá, když to říká.",
            also=("důvod",),
            width=22,
            choices=Choices.BASES,
        ),
        _verified("ověřeno dne"),
        _BY,
    ),
    SheetKind.NETWORK: (
        _SERVICE,
        _KNOWN,
        Column(
            key="network",
            heading="název sítě",
            hint="Jak síť jmenuje ten, kdo do ní službu zařadil.",
            example="základní síť kraje",
            also=("síť",),
            width=36,
            needed=True,
            mark=True,
        ),
        Column(key="since", heading="od", hint="První den v síti.", day=True, width=13),
        Column(key="until", heading="do", hint="Poslední den v síti.", day=True, width=13),
        _verified("ověřeno dne"),
        _BY,
    ),
}


def heading_of(kind: SheetKind, key: str) -> str:
    """Return the heading of a column by its key."""
    return next(one.heading for one in COLUMNS[kind] if one.key == key)


def keys_of(kind: SheetKind, headings: Mapping[int, str]) -> dict[int, str]:
    """Return which column of a sheet stands for what; the first of two alike holds."""
    known = {fold(name): one.key for one in COLUMNS[kind] for name in one.also}
    known |= {fold(one.heading): one.key for one in COLUMNS[kind]}
    found: dict[int, str] = {}
    for position in sorted(headings):
        key = known.get(fold(headings[position]))
        if key is not None and key not in found.values():
            found[position] = key
    return found


def missing_from(kind: SheetKind, keys: Mapping[int, str]) -> tuple[str, ...]:
    """Return the headings that a sheet cannot be without and are not there."""
    given = set(keys.values())
    return tuple(one.heading for one in COLUMNS[kind] if one.needed and one.key not in given)
