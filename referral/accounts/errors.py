"""What can be wrong with an account; every message is Czech and says how to mend it."""


class AccountError(ValueError):
    """What was asked about an account cannot be done; the message is meant for the user."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence and the field of a form it belongs to (empty: to none)."""
        super().__init__(message)
        self.field = field


class UnknownAccountError(AccountError):
    """There is no such account."""


class LoginTakenError(AccountError):
    """Another account has this login."""


class LastAdminError(AccountError):
    """Nobody who may manage accounts would be left."""


class SignInError(AccountError):
    """The login and the password do not open an account; it is never said which is wrong."""


class LockedOutError(SignInError):
    """There have been too many wrong attempts of late."""


class SignInOffError(AccountError):
    """Nobody can sign in here until an administrator has set what signing needs."""
