"""What can be wrong with a source that is read in."""


class IngestError(ValueError):
    """A mistake in a source: which file, row and column, the value, and how to mend it.

    ``row`` counts as a spreadsheet does (the header is row 1) and is None when the whole file is
    meant; ``column`` and ``value`` are empty when no single cell is to blame. ``message`` is one
    Czech sentence that says what is wrong and how to mend it.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str,
        row: int | None = None,
        column: str = "",
        value: str = "",
    ) -> None:
        """Keep the place of the mistake beside the sentence about it."""
        self.message = message
        self.file = file
        self.row = row
        self.column = column
        self.value = value
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", řádek\N{NO-BREAK SPACE}{self.row}"
        if self.column:
            place += f", sloupec {self.column}"
        if self.value:
            place += f", hodnota „{self.value}“"
        return f"{place}: {self.message}"
