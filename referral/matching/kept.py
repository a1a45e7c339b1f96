"""Results that are kept as long as what they were made from stays the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Kept(Generic[_T]):
    """The latest results of a function, told apart by the identity of its first argument.

    That one is large, immutable and lives long: it is neither compared nor hashed.
    """

    def __init__(self, make: Callable[..., _T], *, keep: int) -> None:
        self._make = make
        self._keep = keep
        self._held: tuple[tuple[tuple[object, ...], _T], ...] = ()

    def __call__(self, *of: object) -> _T:
        """Return the result for these arguments, made when it is not at hand."""
        for known, result in self._held:
            if known[0] is of[0] and known[1:] == of[1:]:
                return result
        made = self._make(*of)
        # One tuple replaces another, so no thread ever sees half of a change.
        self._held = ((of, made), *self._held)[: self._keep]
        return made
