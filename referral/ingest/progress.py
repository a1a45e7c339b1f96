"""How far long work has come: whoever does it tells, whoever shows it listens."""


class Progress:
    """Hears how much there is to do and how much of it has been done; shows nothing by itself."""

    def begin(self, total: int, /) -> None:
        """Take note that a stage of so many steps begins; 0: nobody knows how many."""

    def advance(self, what: str, count: int, /) -> None:
        """Take note that so many steps have been done with what is named."""
