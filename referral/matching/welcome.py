"""Whether a service takes people with a barrier: by its own word, by its circle, by its type."""

from enum import StrEnum

from referral.catalog.model import AcceptanceRule, Service, Stance
from referral.catalog.vocabulary import Vocabulary
from referral.matching.policy import NO_WELCOME, Policy


class Taking(StrEnum):
    """What is known of a service and a barrier, the clearest first; nothing known is None."""

    EXCLUDES = "excludes"
    CONDITIONS = "conditions"
    ACCEPTS = "accepts"
    CIRCLE = "circle"
    TYPE = "type"


def stated(service: Service, barrier: str) -> AcceptanceRule | None:
    """Return what a service states about a barrier: what it excludes outweighs, then conditions."""
    rules = service.eligibility.rules
    if not rules:
        return None
    rules = tuple([rule for rule in rules if rule.barrier == barrier])
    return min(rules, key=lambda rule: _STRICTNESS[rule.stance], default=None)


_STRICTNESS = {Stance.EXCLUDES: 0, Stance.CONDITIONS: 1, Stance.ACCEPTS: 2}
_BY_STANCE = {
    Stance.EXCLUDES: Taking.EXCLUDES,
    Stance.CONDITIONS: Taking.CONDITIONS,
    Stance.ACCEPTS: Taking.ACCEPTS,
}


def taking(
    service: Service, barrier: str, *, vocabulary: Vocabulary, policy: Policy
) -> Taking | None:
    """Return how a service takes people with a barrier, None when nothing tells.

    Its own statement comes first. A circle of persons that the policy counts as one of such people
    is the register's statement; a type or a kind of help that is for them is nobody's own.
    """
    rule = stated(service, barrier)
    if rule is not None:
        return _BY_STANCE[rule.stance]
    welcome = policy.welcome.get(barrier, NO_WELCOME)
    if welcome.groups & (service.eligibility.target_groups or frozenset()):
        return Taking.CIRCLE
    if service.kind in welcome.kinds:
        return Taking.TYPE
    if service.type is not None and (
        service.type in welcome.types
        or (welcome.free_of_charge and vocabulary.service_type(service.type).free_of_charge)
    ):
        return Taking.TYPE
    return None
