"""What a password must be, and making one up.

Long and not known beforehand, with no demands on kinds of characters: those lead people to
``Heslo2026!`` (after NIST SP 800-63B, 5.1.1).
"""

import secrets
import unicodedata
from itertools import pairwise
from typing import Final

from referral.accounts.errors import AccountError

SHORTEST: Final = 12
LONGEST: Final = 256
"""Characters; a longer one would only keep the machine busy."""

FEWEST_DIFFERENT: Final = 5
"""Different characters, so that ``ababababababab`` is no password."""

_COMMON: Final = frozenset(
    {
        "abcdefghijkl", "abcdefghijklmn", "administrator", "correcthorsebatterystaple",
        "dobryden", "hesloheslo", "heslojeheslo", "iloveyou", "letmein",
        "mojeheslo", "mojetajneheslo", "nevimheslo", "neznamheslo", "passwordpassword",
        "pocitac", "prihlaseni", "qwertyuiop", "qwertyuiopas", "qwertzuiop", "qwertzuiopas",
        "asdfghjkl", "yxcvbnm", "sitpomoci", "socialnipracovnice", "socialnisluzby",
        "starosta", "tajneheslo", "vitejte", "welcome", "zmenmesi", "zmentoheslo", "heslo",
        "password", "admin", "uzivatel", "koordinator", "planovac", "editor",
    }
)  # fmt: skip
"""Words that people take when they have to take something; digits and marks around do not help."""

_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 4
_IN_GROUP: Final = 4


def canonical(password: str) -> str:
    """Return the one form of a password, however a keyboard has composed its characters."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, login: str, field: str = "new") -> None:
    """Refuse a password that others would guess.

    Raises:
        AccountError: it is short, long, the login, or one of those tried first; says which.
    """
    text = canonical(password)
    if len(text) < SHORTEST:
        raise AccountError(
            f"Heslo je krátké: zvolte alespoň {SHORTEST} znaků, třeba čtyři slova za sebou.",
            field=field,
        )
    if len(text) > LONGEST:
        raise AccountError(f"Heslo je moc dlouhé: stačí nejvýš {LONGEST} znaků.", field=field)
    core = _core(text)
    if text.casefold() == login or (core and core == _core(login)):
        raise AccountError(
            "Heslo je skoro stejné jako přihlašovací jméno. Zvolte jiné.", field=field
        )
    if len(set(text.casefold())) < FEWEST_DIFFERENT or core in _COMMON or _is_run(text):
        raise AccountError(
            "Takové heslo by kdokoli uhodl mezi prvními. Zvolte třeba čtyři slova, která spolu "
            "nesouvisejí.",
            field=field,
        )


def _core(text: str) -> str:
    """Return the letters of a text alone, without diacritics."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalpha())


def _is_run(text: str) -> bool:
    """Tell whether the characters only go up or down by one, as in ``123456789012``."""
    steps = {(ord(later) - ord(one)) % 10 for one, later in pairwise(text)}
    return text.isdigit() and (steps <= {1} or steps <= {9})


def generate_password() -> str:
    """Return a new password of 79 bits, easy to read aloud and to copy by hand."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
