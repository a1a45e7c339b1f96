"""What can go wrong when a network is planned; the messages are Czech and say how to mend."""

from referral.network.norms import NormError


class PlacementError(ValueError):
    """A wish for new places that makes no sense under the rule."""


class ScenarioError(NormError):
    """A scenario that cannot be read or used; planners write it as they write norms."""
