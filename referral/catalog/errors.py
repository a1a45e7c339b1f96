"""What can be wrong with a catalogue."""


class CatalogError(ValueError):
    """The catalogue or its vocabulary contradicts itself; the message says where."""


class UnknownCodeError(CatalogError):
    """A code that the vocabulary does not hold."""
