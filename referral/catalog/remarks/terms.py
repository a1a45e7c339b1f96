"""The words around place names: which say what kind of area follows, which join, which take out."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from referral.catalog.remarks.phrases import Phrase, PhraseIndex


class Role(Enum):
    """What a word or phrase does in a sentence about territory."""

    TERRITORY = auto()  # "na území"
    MUNICIPALITY = auto()  # "obec"
    TOWN = auto()  # "město"
    PART = auto()  # "místní část"
    ORP = auto()  # "SO ORP"
    ADMIN = auto()  # "správní obvod" of whatever follows
    POU = auto()  # "obec s pověřeným úřadem"
    DISTRICT = auto()  # "okres"
    REGION = auto()  # "kraj"
    CAPITAL = auto()  # "hlavní město Praha"
    COUNTRY = auto()  # "celá ČR"
    MAYBE_COUNTRY = auto()  # "v ČR", which may only say where the clients live
    CATCHMENT = auto()  # "spádové obce"
    AROUND = auto()  # "okolí"
    CADASTRE = auto()  # "katastrální území"
    VAGUE = auto()  # "mikroregion": a territory without a border that we know
    MAYBE_VAGUE = auto()  # "oblast", "lokalita": vague only before a name nobody knows
    DISTANCE = auto()  # "dojezdová vzdálenost"
    FROM = auto()  # "od"
    BORDER = auto()  # "hranice města": measured from the town all the same
    SEAT = auto()  # "od sídla služby"
    THOSE = auto()  # "od těchto měst"
    EXCEPT = auto()  # "vyjma"
    DENY = auto()  # "neposkytujeme"
    SERVE = auto()  # "poskytujeme"
    ITS = auto()  # "jeho"
    THEIR = auto()  # "jejich"
    AND = auto()  # "a", "včetně"
    ALSO = auto()  # "i", "také": after "kromě" they make it mean "besides"
    MAINLY = auto()  # "převážně"
    FILLER = auto()  # "celém", "následujících"
    IDIOM = auto()  # "Teplice v Čechách"
    FIELD = auto()  # "terénní"
    SITE = auto()  # "ambulantní", "pracoviště": where the service stands, not where it goes
    SERVED = auto()  # "obyvatelé Mostu", "terénní služba Most": a territory right after it
    INSTITUTION = auto()  # "úřad města": names somebody, not a territory


# One role a line, phrases after it divided by semicolons; the longest phrase wins, among equals the
# upper line. The language of phrases is explained in phrases.py.
_TABLE: Final = """
TERRITORY    | uzemi|uzemim; uzemn* pusobnost*; oblast* pusobnost*; teritori*
MUNICIPALITY | obec|obce|obci|obcich|obcim|obcemi; mestys|mestyse|mestysi|mestysu|mestysech
MUNICIPALITY | vesnice|vesnici|vesnic|vesnicich
TOWN         | mesto|mesta|meste|mest|mestech|mestum|mestu; statutarn* mest*; mesta a obce|obci
TOWN         | mest a obci; mestech a obcich; obce a mesta; obci a mest; obcich a mestech
PART         | mistn* cast*; mestsk* cast*; obecn* cast*; mestsk* obvod*; okrajov* cast*
PART         | cast|casti|castech|castmi|castem; mc; ctvrt|ctvrti|ctvrtich|ctvrte; sidlist*
PART         | osada|osady|osade|osadach|osad; mestske ctvrti; cast* obce|mesta|obci|mest
ORP          | orp; so orp; spravn* obvod* orp; obc* s rozsiren* pusobnost*; spravn* obvod* so orp
ORP          | spravn* obvod* obc* s rozsiren* pusobnost*; obvod* obc* s rozsiren* pusobnost*
ORP          | mest* s rozsiren* pusobnost*; spravn* obvod* mest* s rozsiren* pusobnost*
ORP          | obc* iii stupne|typu; spravn* uzemi orp; uzemn* obvod* orp
ORP          | spravn* uzemi obc* s rozsiren* pusobnost*; uzemn* obvod* obc* s rozsiren* pusobnost*
ADMIN        | spravn* obvod*; spravn* uzemi; spravn* oblast*
POU          | pou; opou; obc* s poveren* urad*; obc* s poveren* obecn* urad*; poveren* obc*
POU          | poveren* obecn* urad*; spravn* obvod* pou|opou; spravn* obvod* poveren* ~1 urad*
POU          | spravn* obvod* obc* s poveren* ~1 urad*; spravn* obvod* poveren* obc*
DISTRICT     | okres|okresu|okrese|okresy|okresech|okresum|okresem; okr; byval* okres*
REGION       | kraj|kraje|kraji|kraju|krajich|krajum|krajem
CAPITAL      | hlavn* mest* prah*|praze|prazsk*; hl m prah*|praze; hl mest* prah*|praze; hmp
COUNTRY      | cel* cr; cel* uzemi cr; cel* ceska|ceske|ceskou republik*|republice
COUNTRY      | cel* uzemi ceske republiky; cel* republik*; cel* uzemi republiky|statu; celorepublik*
COUNTRY      | celostatn*; bez uzemniho omezeni; uzemne neomezen*; cel* zem|zemi|state
COUNTRY      | vsech|vsechny kraj*; vsech|vsechny kraj* cr; vsech|vsechny kraj* ceske republiky
MAYBE_COUNTRY | cr; ceska|ceske|ceskou republik*|republice; uzemi cr; uzemi ceske republiky
MAYBE_COUNTRY | cesko|cesku
CATCHMENT    | spadov*|spdov*|spadav*|spadow*; spad|spadu; spadov*|spdov*|spadav*|spadow* obc*
CATCHMENT    | spadov* oblast*; spadov* uzem*; spadov* obvod*; spadov* mest*; spadov* obci a mest
CATCHMENT    | spadov* region*; spadov* lokalit*; spadov* mist*; spadov* vesnic*
AROUND       | okoli|okolim; blizk* okoli|okolim; prilehl* okoli; nejblizs* okoli; sirs* okoli
AROUND       | okoln* obc*; okoln* mest*; okoln* vesnic*; okoln* mest* a obc*; okoln* lokalit*
AROUND       | prilehl* obc*; prilehl* oblast*; prilehl* lokalit*; prilehl* uzemi; prilehl* vesnic*
AROUND       | sousedn* obc*; sousedic* obc*; priles* obc*; obc* v okoli; blizk* obc*
CADASTRE     | katastr*; katastr* uzemi*; k u; ku; katastr* obc*|mest*; katastr* uzemi* obc*|mest*
VAGUE        | mikroregion*; mas; mistn* akcn* skupin*; svazk*|svazek obci; dso; euroregion*
VAGUE        | aglomerac*; pohranic*
MAYBE_VAGUE  | region|regionu|regionech|regiony; oblast|oblasti|oblastech; lokalit*
MAYBE_VAGUE  | vyloucen* lokalit*; socialne vyloucen* lokalit*
DISTANCE     | dojezdov* cas*|dob*; okruh*; radius*; vzdalenost*; dojezd*; dojezdov* vzdalenost*
DISTANCE     | polomer*; perimetr*; vzdusn* car*; dosah*; dojezdnost*; dostupnost*
FROM         | od|ode; kolem; okolo
BORDER       | hranic*; centra|centru; stred|stredu; okraj*; katastru
SEAT         | sidla|sidlo|sidle; stredisk*; pracovist*; zarizeni; provozovn*; poboc*; mista
SEAT         | kancelar*; adresy; zakladn*; kontaktn* mist*; mist* poskytovani; domov*
THOSE        | techto|tech|tohoto|teto|toho|uvedenych|jmenovanych|zminenych|vyse
THOSE        | nich|nej|neho|ni|nas
EXCEPT       | vyjma; mimo; krome; krom; s vyjimkou; s vyloucenim; vyjimaje; nikoli|nikoliv; az na
EXCEPT       | vyjimk* tvori; vyjimkou je|jsou; ne v
DENY         | neposkyt*; neni|nejsou poskyt*; nepusob*; nezajizd*; nedojizd*; nevyjizd*; nevztahuj*
DENY         | netyka|netykaji; neni|nejsou zahrnut*; nezahrnuj*; neni|nejsou urcen*; nepokryv*
DENY         | neobsluhuj*; nelze poskyt*; neni|nejsou ~2 poskyt*; neni|nejsou realizov*
DENY         | neni|nejsou zajist*; nezajist*
SERVE        | poskytuj*; poskytov*; pusobi*; zajistuj*; zajistov*; zajizd*; dojizd*; vyjizd*
SERVE        | realizov*; provozov*; funguj*; provad*; probih*; urcen*; obsluhuj*
ITS          | jeho|jejiho|jeji|jejim|jejimi; tohoto mesta; teto obce
THEIR        | jejich; techto mest|obci
AND          | a|nebo|ci|ani|vcetne|plus|dale|popr|popripade|eventualne|anebo|resp|az; a to
AND          | tj|tzn|tedy|konkretne|jmenovite|vc; to je; spolu s; spolecne s; jakoz i; ale
ALSO         | i|take|tez|taktez|rovnez|jeste|navic; a take|tez|rovnez
MAINLY       | zejmena|predevsim|prevazne|hlavne|nejcasteji|prednostne|primarne|obvykle; zpravidla
FILLER       | cele|celem|celeho|cely|cela|celou|celych|celym; vsech|vsem|vsechny|vsemi; obou
FILLER       | nasledujicich|nasledujici|nasledujicim; danych|dane|danem; jednotlivych; tyto|temto
FILLER       | techto|tech; samotneho|samotnem|samotne; napriklad|napr; ceskych; uvedenych|uvedene
FILLER       | pouze|jen|vyhradne; malych|mensich|vetsich; ramci; pripade potreby
FILLER       | prirozenem prostredi
IDIOM        | v cechach; na morave; ve slezsku
FIELD        | teren*; dojizd*; dojezd*; domacnost*; v prirozen* prostredi
SITE         | mist* poskytovani; ambulant*; pobytov*; sidli|sidlo|sidla|sidle|sidlem; zarizeni*
SITE         | provozovn*; poboc*; pracovist*; kancelar*; kontaktn* mist*; adres*; stredisk*; budov*
SERVED       | obyvatel*; obcan*; teren* sluzb*; teren* program*; teren* form*; teren* prac*
SERVED       | teren* form* ~1 sluzb*
INSTITUTION  | poradn*; centr*; dum|domu|dome|domy; domov*; stacionar*; noclehar*; klub*; charit*
INSTITUTION  | urad*; magistrat*; zastupitelstv*; rada|rady|rade|radou; organizac*; odbor*; starost*
INSTITUTION  | nemocnic*; veznic*; socialn* sluzb*; pecovatelsk* sluzb*; stredisk*; spolek
INSTITUTION  | spolku; diakoni*; komunit*; farnost*; policie; zrizovatel*; rozpoct*; dotac*; podpor*
INSTITUTION  | nizkoprah*; ubytovn*; ustav*; soud*; azyl*; krajsk* urad*; sit|site|siti
"""


def _phrases(table: str) -> Iterator[tuple[Role, Phrase]]:
    for line in table.strip().splitlines():
        role, _, phrases = line.partition("|")
        for written in phrases.split(";"):
            yield Role[role.strip()], Phrase.parse(written.strip())


_BOOK: Final = PhraseIndex(_phrases(_TABLE))


def roles_at(words: Sequence[str], position: int) -> Mapping[Role, int]:
    """Return what the words at a position may do, with the end of the longest phrase for each.

    Words are folded; signs stand among them as themselves.
    """
    longest: dict[Role, int] = {}
    for role, end in _BOOK.at(words, position):
        longest[role] = max(end, longest.get(role, 0))
    return longest
