"""What can be wrong with a question or with the rules that answer it."""


class RequestError(ValueError):
    """A request that cannot be answered; ``field`` names what to mend, the message is Czech."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the field beside the message, for a form to point at."""
        super().__init__(message)
        self.field = field


class PolicyError(ValueError):
    """The weights or limits of matching are not usable; the message says which and why."""
