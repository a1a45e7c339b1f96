"""What the tags of OpenStreetMap say about driving a car: whether, which way and how fast.

Rules that hold at some hours only (``:conditional``), for some lanes, or for a turn from one road
into another are not read. Where the two directions have different signs, the lower one holds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from referral.ingest.roads.rules_file import FERRY, RoadClass, RoadRules

Tags = Mapping[str, str]

_FOR_CARS = ("motorcar", "motor_vehicle", "vehicle", "access")
"""From the word that names cars to the word for everything: the first that is there decides."""

_ONEWAY = ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway")
_AHEAD = frozenset({"yes", "true", "1"})
_BACK = frozenset({"-1", "reverse"})
_ROUND = frozenset({"roundabout", "circular"})
_SIGNS = ("maxspeed", "maxspeed:forward", "maxspeed:backward")
_KINDS_OF_SIGN = ("maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(km/h|kmh|kph|mph|knots)?")
_KMH = {"mph": 1.609344, "knots": 1.852}
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)|(\d+)")
_PERIOD = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """How a way is driven.

    ``minutes`` is how long the whole way takes where that is known (a ferry), ``wait_minutes`` what
    is lost before it; ``stops`` tells whether a place may be joined to it.
    """

    kmh: float
    forward: bool
    backward: bool
    stops: bool
    minutes: float | None = None
    wait_minutes: float = 0.0


def driven(tags: Tags, rules: RoadRules) -> Driven | None:
    """Return how a car drives this way; None where it does not."""
    if tags.get("area") == "yes":
        return None
    entry = _entry(tags, rules)
    if entry in rules.closed:
        return None
    if tags.get("route") == FERRY and "highway" not in tags:
        return _ferry(tags, rules)
    kind = tags.get("highway", "")
    if kind == "service" and tags.get("service") in rules.closed_service_roads:
        return None
    usual = _track(tags, rules) if kind == "track" else rules.classes.get(kind)
    if usual is None or kind == FERRY:
        return None
    forward, backward = _directions(tags, usual)
    kmh = min(usual.kmh, rules.surfaces.get(tags.get("surface", ""), usual.kmh))
    sign = _sign(tags, rules)
    if sign is not None:
        kmh = min(kmh, sign * rules.of_the_sign)
    if entry in rules.destination:
        kmh = min(kmh, rules.destination_kmh)
    return Driven(kmh=kmh, forward=forward, backward=backward, stops=usual.stops)


def closes(tags: Tags, rules: RoadRules) -> bool:
    """Tell whether a node on a road stops cars: a barrier, or a gate that is shut."""
    barrier = tags.get("barrier")
    entry = _entry(tags, rules)
    if barrier in rules.closing_barriers:
        return entry not in rules.allowed
    if entry in rules.closed:
        return True
    return barrier in rules.gates and tags.get("locked") == "yes"


def _entry(tags: Tags, rules: RoadRules) -> str:
    """Return who may enter by car, of several the most open; empty where nothing is said."""
    said = next((tags[key] for key in _FOR_CARS if key in tags), "")
    words = [word.strip() for word in said.split(";")]
    for more_open in (rules.allowed, rules.destination):
        for word in words:
            if word in more_open:
                return word
    return next((word for word in words if word not in rules.closed), words[0])


def _track(tags: Tags, rules: RoadRules) -> RoadClass | None:
    """Return how a track is driven: a paved one, or one whose grade is among the driven."""
    grade = tags.get("tracktype", "grade1" if tags.get("surface") in rules.paved else "")
    kmh = rules.tracks.get(grade)
    return None if kmh is None else RoadClass(kmh=kmh, limit=kmh)


def _ferry(tags: Tags, rules: RoadRules) -> Driven | None:
    """Return how a ferry goes; it must name cars."""
    named = next((tags[key] for key in _FOR_CARS[:2] if key in tags), "")
    if named not in rules.allowed:
        return None
    usual = rules.classes[FERRY]
    forward, backward = _directions(tags, usual)
    return Driven(
        kmh=usual.kmh,
        forward=forward,
        backward=backward,
        stops=usual.stops,
        minutes=_duration(tags.get("duration", "")),
        wait_minutes=rules.ferry_wait_minutes,
    )


def _directions(tags: Tags, usual: RoadClass) -> tuple[bool, bool]:
    """Return whether one may drive as the way is drawn, and against it."""
    said = next(
        (
            tags[key]
            for key in (*(f"oneway:{one}" for one in _FOR_CARS[:3]), "oneway")
            if key in tags
        ),
        "yes" if usual.oneway or tags.get("junction") in _ROUND else "no",
    )
    if said in _BACK:
        return False, True
    return True, said not in _AHEAD


def _sign(tags: Tags, rules: RoadRules) -> float | None:
    """Return the speed on the signs (km/h), of several the lowest; None where there is none."""
    for keys in (_SIGNS, _KINDS_OF_SIGN):
        found = [kmh for key in keys if key in tags for kmh in _speeds(tags[key], rules)]
        if found:
            return min(found)
    return None


def _speeds(text: str, rules: RoadRules) -> Iterator[float]:
    """Yield the speeds of a sign: "50", "30 mph", "CZ:urban", "DE:zone:30", "walk", lists."""
    for part in re.split(r"[;|]", text):
        word = part.strip().lower().rsplit(":", 1)[-1].removeprefix("zone")
        if word in rules.signs:
            yield rules.signs[word]
        elif (number := _NUMBER.fullmatch(word)) and (
            kmh := float(number[1].replace(",", ".")) * _KMH.get(number[2], 1.0)
        ):
            yield kmh


def _duration(text: str) -> float | None:
    """Return the minutes of "20", "00:20", "1:05:00" or "PT20M"; None for anything else."""
    if clock := _CLOCK.fullmatch(text):
        days_or_hours, hours_or_minutes, last, alone = clock.groups()
        if alone is not None:
            minutes = float(alone)
        elif days_or_hours is None:
            minutes = float(hours_or_minutes) * 60 + float(last)
        else:
            minutes = float(days_or_hours) * 60 + float(hours_or_minutes) + float(last) / 60
    elif (period := _PERIOD.fullmatch(text)) and any(period.groups()):
        minutes = float(period[1] or 0) * 60 + float(period[2] or 0)
    else:
        return None
    return minutes or None
