"""What can go wrong with the database; every message is Czech and says what to do."""


class StorageError(RuntimeError):
    """The database cannot do what it is asked; the message is meant for the user."""


class AddressError(StorageError):
    """The address of the database cannot be used."""


class UnreachableError(StorageError):
    """The database does not answer."""


class BusyError(UnreachableError):
    """Somebody else has been writing for too long."""


class NotReadyError(StorageError):
    """The database holds no tables, or others than this program's."""


class NewerError(StorageError):
    """The database was made by a newer program, which alone knows what it holds."""


class RefusedError(StorageError):
    """The database or its rules refuse what was to be written; nothing of it is."""
