"""Forms of a service as letters, and back."""

from collections.abc import Iterable

from referral.catalog.vocabulary import Form


def letters_of(forms: Iterable[Form]) -> str:
    """Write forms as their letters, in the order given."""
    return "".join(forms)


def forms_of(letters: str) -> tuple[Form, ...]:
    """Read forms from their letters."""
    return tuple(Form(letter) for letter in letters)
