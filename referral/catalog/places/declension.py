"""Which names an inflected Czech word can stand for: "Vejprtech" is Vejprty, "Žatce" is Žatec.

The table says how place names change their ending, case by case; it is read backwards. A word is
cut at every ending the table knows, the nominative ending is put in its place, and the index keeps
the words that names really hold. So the table may be generous: what no name holds falls out.
Everything happens without diacritics; the endings keep theirs, to tell "v Březové" (Březová) from
"v Březově" (Březov) when the writer did type them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from referral.text import fold

Case = int
"""A set of grammatical cases, as bits: an enum.Flag would be too slow in the innermost loop."""

GENITIVE: Final = 1
DATIVE: Final = 2
ACCUSATIVE: Final = 4
LOCATIVE: Final = 8
INSTRUMENTAL: Final = 16
ANY_CASE: Final = GENITIVE | DATIVE | ACCUSATIVE | LOCATIVE | INSTRUMENTAL
_COLUMNS: Final = (GENITIVE, DATIVE, ACCUSATIVE, LOCATIVE, INSTRUMENTAL)

PREPOSITIONS: Final[Mapping[str, Case]] = {
    **dict.fromkeys(("v", "ve", "pri", "o"), LOCATIVE),
    **dict.fromkeys(("na", "po"), LOCATIVE | ACCUSATIVE),
    **dict.fromkeys(("z", "ze", "do", "u", "od", "ode", "bez"), GENITIVE),
    **dict.fromkeys(("kolem", "okolo", "vedle", "pobliz", "blizko", "nedaleko"), GENITIVE),
    **dict.fromkeys(("k", "ke", "ku", "proti", "naproti"), DATIVE),
    **dict.fromkeys(("nad", "pod", "pred", "za", "mezi"), INSTRUMENTAL | ACCUSATIVE),
    **dict.fromkeys(("s", "se"), INSTRUMENTAL),
    **dict.fromkeys(("pro", "pres"), ACCUSATIVE),
}


class BaseForm(NamedTuple):
    """A nominative (folded) that a word may come from, in which cases, and how it is inflected.

    ``nominative_ending`` and ``ending`` carry diacritics.
    """

    nominative: str
    cases: Case
    nominative_ending: str
    ending: str

    def inflect(self, nominative: str) -> str | None:
        """Return a nominative with diacritics, inflected like this; None when it is not so at all.

        "Dubá" is not inflected like "Hora", though both end in a once the diacritics are gone.
        """
        if not nominative.endswith(self.nominative_ending):
            return None
        inflected = nominative.removesuffix(self.nominative_ending) + self.ending
        for typed, written in _SOFTENED:
            inflected = inflected.replace(typed, written)
        return inflected


# How ď, ť and ň are written before e and i.
_SOFTENED: Final = tuple(
    (hard + vowel, plain + written)
    for hard, plain in zip("ďťň", "dtn", strict=True)
    for vowel, written in (("e", "ě"), ("ě", "ě"), ("i", "i"), ("í", "í"))
)

# nominative | genitive | dative | accusative | locative | instrumental; "/" separates variants,
# "-" is no ending at all. A line is a way to inflect: "e" stands for Lomnice (which is one) and
# for Teplice (which are many), since the nominative does not tell. To several nominative endings in
# one line the endings of the cases are added.
_TABLE: Final = """
a   | y/e/i    | ě/e/i   | u     | ě/e/i        | ou
ka  | ky       | ce      | ku    | ce           | kou
ha  | hy       | ze      | hu    | ze           | hou
ga  | gy       | ze      | gu    | ze           | gou
cha | chy      | še      | chu   | še           | chou
ra  | ry       | ře      | ru    | ře           | rou
o   | a        | u       | o     | ě/e/u        | em/ým
ko  | ka       | ku      | ko    | ku/ce        | kem
ro  | ra       | ru      | ro    | ře/ru        | rem
um  | a        | u       | um    | u            | em
e   | e        | i       | i/e   | i            | í/em
e   | -/í      | ím      | e     | ích          | emi
ě   | ě        | i       | i/ě   | i            | í/ěm
ě   | -/í      | ím      | ě     | ích          | ěmi
í   | í/ího    | í/ímu   | í/ího | í/ím         | í/ím
í   | ích      | ím      | í     | ích          | ími
á   | é        | é       | ou    | é            | ou
ý   | ého      | ému     | ý/ého | ém           | ým
é   | ého      | ému     | é     | ém           | ým
é   | ých      | ým      | é     | ých          | ými
y   | -/ů/ých  | ům/ám/ým | y    | ech/ách/ých  | y/ami/ými
ky  | ek       | kům/kám | ky    | cích/kách    | ky/kami
hy  | hů       | hům/hám | hy    | zích/hách    | hy/hami
chy | chů      | chům    | chy   | ších/chách   | chy/chami
ouky | uk      | oukám   | ouky  | oukách       | oukami
ny  | en       | nám     | ny    | nách         | nami
ly  | el       | lám     | ly    | lách         | lami
ry  | er       | rám     | ry    | rách         | rami
vy  | ev       | vám     | vy    | vách         | vami
-   | u/a      | u/ovi   | -     | u/ě/e        | em
c/č/ď/j/l/m/ň/ř/s/š/ť/v/z/ž | e/ě/i | i | - | i/u | em/í
r   | ru/ra    | ru      | r     | ře/ru        | rem
h   | hu       | hu      | h     | ze/hu        | hem
ch  | chu      | chu     | ch    | še/chu       | chem
k   | ku/ka    | ku      | k     | ce/ku        | kem
ec  | ce       | ci      | ec    | ci           | cem
eč  | če       | či      | eč    | či           | čem/čí
ek  | ku/ka    | ku      | ek    | ku/ce        | kem
el  | lu/la/le | lu/li   | el    | lu/le/li     | lem
em  | mu/ma    | mu      | em    | mu           | mem
en  | nu/na/ne | nu/ni   | en    | nu/ně        | nem
eň  | ně       | ni      | eň    | ni           | ní/něm
et  | tu/ta/te | tu/ti   | et    | tu/tě/ti     | tem
ev  | vi/ve    | vi      | ev    | vi           | ví
ves | vsi      | vsi     | ves   | vsi          | vsí
ův  | ova      | ovu     | ův    | ově          | ovým
ůr  | ora/oru  | oru     | ůr    | oře/oru      | orem
ůl  | olu/ole  | olu     | ůl    | ole/olu      | olem
ům  | omu      | omu     | ům    | omě/omu      | omem
ůj  | oje      | oji     | ůj    | oji          | ojem
tři | tří      | třem    | tři   | třech        | třemi
dvě | dvou     | dvěma   | dvě   | dvou         | dvěma
dva | dvou     | dvěma   | dva   | dvou         | dvěma
kámen | kamene/kamenu | kameni/kamenu | kámen | kameni/kamenu | kamenem
luka | luk     | lukám/lukům   | luka  | lukách  | luky
blata | blat   | blatům  | blata | blatech      | blaty
vrata | vrat   | vratům  | vrata | vratech      | vraty
kamna | kamen  | kamnům  | kamna | kamnech      | kamny
"""


class _Change(NamedTuple):
    nominative_ending: str
    ending: str
    cases: Case


def _read(table: str) -> Mapping[str, tuple[_Change, ...]]:
    cases: defaultdict[tuple[str, str], Case] = defaultdict(int)
    for line in table.strip().splitlines():
        nominatives, *columns = (cell.strip() for cell in line.split("|"))
        for nominative in nominatives.strip("-").split("/"):
            kept = nominative if "/" in nominatives else ""
            for case, cell in zip(_COLUMNS, columns, strict=True):
                for ending in cell.split("/"):
                    cases[nominative, kept + ending.strip("-")] |= case
    changes: defaultdict[str, list[_Change]] = defaultdict(list)
    for (nominative, ending), when in cases.items():
        changes[fold(ending)].append(_Change(nominative, ending, when))
    return {ending: tuple(found) for ending, found in changes.items()}


_CHANGES: Final = _read(_TABLE)
_LONGEST_ENDING: Final = max(map(len, _CHANGES))


def base_forms(word: str) -> Iterator[BaseForm]:
    """Yield the nominatives that a folded word may be a case of, many of them no word at all."""
    for length in range(min(_LONGEST_ENDING, len(word)) + 1):
        cut = len(word) - length
        for change in _CHANGES.get(word[cut:], ()):
            nominative = word[:cut] + fold(change.nominative_ending)
            yield BaseForm(nominative, change.cases, change.nominative_ending, change.ending)
