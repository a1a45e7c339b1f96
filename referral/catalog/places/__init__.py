"""Where is that: municipalities and their parts found by what people type."""

from referral.catalog.places.answers import (
    AmbiguousPlace,
    FoundPlace,
    How,
    PlaceAnswer,
    PlaceMention,
    Reason,
    Suggestion,
    UnknownPlace,
)
from referral.catalog.places.index import PlaceIndex
from referral.catalog.places.mentions import find_place_in
from referral.catalog.places.search import find_place
from referral.catalog.places.suggestions import suggest

__all__ = [
    "AmbiguousPlace",
    "FoundPlace",
    "How",
    "PlaceAnswer",
    "PlaceIndex",
    "PlaceMention",
    "Reason",
    "Suggestion",
    "UnknownPlace",
    "find_place",
    "find_place_in",
    "suggest",
]
