"""Síť pomoci: a directory of social and health services with an explaining matcher."""

from typing import Final

__version__: Final = "0.1.0"
