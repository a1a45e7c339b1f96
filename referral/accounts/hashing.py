"""Argon2id, the way of hashing passwords that costs a guesser memory as well as time."""

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from referral.accounts.passwords import canonical
from referral.settings import HashingCost


class Argon2Hasher:
    """Implements ``referral.accounts.ports.Hasher``; a hash carries its salt and parameters."""

    def __init__(self, cost: HashingCost) -> None:
        self._argon2 = PasswordHasher(
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            type=Type.ID,
        )

    def hash(self, password: str) -> str:
        """Return a salted hash with its parameters."""
        return self._argon2.hash(canonical(password))

    def matches(self, password: str, stored: str) -> bool:
        """Tell whether a password is the one that was hashed; an unreadable hash matches none."""
        try:
            return self._argon2.verify(stored, canonical(password))
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """Tell whether a hash was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(stored)
