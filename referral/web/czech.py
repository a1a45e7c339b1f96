"""Czech as it is set: plural forms, numbers, dates, distances and lines that break well.

Words pass through the translation as everywhere, and their forms are chosen by the language that
is spoken: Ukrainian has the same three forms by another rule, English takes the first or the last.
"""

import re
from collections.abc import Sequence
from datetime import date

from referral.web.translation import Language, language, translated

NBSP = "\u00a0"
MINUS = "\u2212"

_FEW = range(2, 5)
_TEENS = range(11, 15)
_NEAR_KM = 1.0
_COARSE_KM = 10.0
_GROUPED_FROM = 10_000

# One-letter prepositions and conjunctions never end a line (ČSN 01 6910); "§" never leaves its
# number, and neither do the abbreviations of a citation.
# Legal forms (s. r. o., z. s., o. p. s.) are one word to a reader.
_GLUE = re.compile(
    r"(?<![^\s(„–\u00a0])([AIKOSUVZaikosuvz]|§|odst\.|písm\.|č\.|str\.)[ ](?=\S)"
    r"|(?<=\b[a-zú]\.)[ ](?=[a-zú]\.)"
)


def plural(count: float, one: str, few: str, many: str) -> str:
    """Return the form a noun takes after a number: 1 služba, 2–4 služby, 0 and 5+ služeb.

    A number that is not whole takes the genitive singular in Czech, which callers of such numbers
    pass as ``few`` when they need it; whole numbers are the rule here.
    """
    spoken = language()
    if spoken is Language.ENGLISH:
        return translated(one if count == 1 else many)
    if spoken is Language.UKRAINIAN:
        return translated(_ukrainian(count, one, few, many))
    if count == 1:
        return one
    return few if count in _FEW else many


def _ukrainian(count: float, one: str, few: str, many: str) -> str:
    if count % 100 in _TEENS:
        return many
    if count % 10 == 1:
        return one
    return few if count % 10 in _FEW else many


def counted(count: int, one: str, few: str, many: str) -> str:
    """Return the number with its noun, kept on one line: ``12 služeb``."""
    return f"{number(count)}{NBSP}{plural(count, one, few, many)}"


def number(value: float, *, places: int = 0) -> str:
    """Write a number with a decimal comma, a real minus and thin groups of thousands."""
    text = f"{abs(value):.{places}f}"
    whole, _, fraction = text.partition(".")
    if int(whole) >= _GROUPED_FROM:
        whole = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if value < 0 and float(text) else ""
    mark = "." if language() is Language.ENGLISH else ","
    return f"{sign}{whole}{mark}{fraction}" if fraction else f"{sign}{whole}"


def points(value: float) -> str:
    """Write points without idle zeros: 20 → ``20``, 7.5 → ``7,5``, 3.25 → ``3,25``."""
    text = number(value, places=2)
    return text.rstrip("0").rstrip(",.")


def day(value: date) -> str:
    """Write a date as ``21. 11. 2026``, kept on one line."""
    return f"{value.day}.{NBSP}{value.month}.{NBSP}{value.year}"


def distance(km: float) -> str:
    """Say a straight-line distance in kilometres without false precision."""
    if km < _NEAR_KM:
        return translated("méně než 1\u00a0km vzdušnou čarou")
    places = 0 if round(km, 1) >= _COARSE_KM else 1
    text = number(km, places=places).removesuffix(",0").removesuffix(".0")
    return translated("asi {km}\u00a0km vzdušnou čarou").format(km=text)


def years(age: float) -> str:
    """Say an age: ``1 rok``, ``3 roky``, ``78 let``."""
    return counted(int(age), "rok", "roky", "let")


def age_span(low: float | None, high: float | None) -> str:
    """Say whom an age limit lets in: ``od 60 let``, ``do 64 let``, ``od 18 do 64 let``."""
    if low is not None and high is not None:
        between = translated("od\u00a0{low} do\u00a0{high}")
        return between.format(low=number(low), high=_years_of(high))
    if low is not None:
        return translated("od\u00a0{low}").format(low=_years_of(low))
    if high is None:
        return translated("bez věkového omezení")
    return translated("do\u00a0{high}").format(high=_years_of(high))


def _years_of(age: float) -> str:
    return f"{number(age)}{NBSP}{translated('roku') if age == 1 else translated('let')}"


def listing(words: Sequence[str], *, at_most: int = 6) -> str:
    """Join words as a sentence does: ``a, b a c``; beyond ``at_most`` say how many are left."""
    told = [str(word) for word in words]
    if len(told) <= 1:
        return "".join(told)
    last = told[-1]
    if len(told) > at_most:
        rest = len(told) - at_most
        told = told[: at_most + 1]
        last = f"{rest}{NBSP}{plural(rest, 'další', 'další', 'dalších')}"
    return translated("{first} a\u00a0{last}").format(first=", ".join(told[:-1]), last=last)


def sentence(text: str) -> str:
    """Start with a capital and end with a full stop."""
    text = str(text).strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def capitalised(text: str) -> str:
    """Start with a capital and leave the rest alone."""
    told = str(text)
    return told[:1].upper() + told[1:]


def typeset(text: str) -> str:
    """Keep one-letter words, citation marks and initials on the line of what follows."""
    told = str(text)
    return _GLUE.sub(_glued, told) if " " in told else told


def _glued(found: re.Match[str]) -> str:
    return f"{found[1] or ''}{NBSP}"


def phone_href(phone: str) -> str:
    """Return what follows ``tel:`` for a number as people write it; nine digits are Czech."""
    digits = re.sub(r"[^0-9+]", "", phone)
    return f"+420{digits}" if re.fullmatch(r"[2-9]\d{8}", digits) else digits


def phone_text(phone: str) -> str:
    """Write a nine-digit number in threes; leave any other as it stands."""
    digits = re.sub(r"[^0-9+]", "", phone).removeprefix("+420")
    if re.fullmatch(r"\d{9}", digits):
        return NBSP.join((digits[:3], digits[3:6], digits[6:]))
    return phone


def plain(text: str) -> str:
    """Give back ordinary spaces, for texts that machines and terminals read."""
    return text.replace(NBSP, " ")
