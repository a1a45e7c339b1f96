"""Write the travel times between municipalities as a table that ``--travel`` reads."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from referral.geo.travel import WaysWithin
from referral.ingest.errors import IngestError
from referral.ingest.travel_matrix import COLUMNS


def write_travel_matrix(path: Path, ways: Iterable[WaysWithin], *, codes: Sequence[str]) -> int:
    """Write the ways between different municipalities, whole or not at all; return how many.

    ``codes`` are the six-digit codes of the places that the ways are between. Minutes are written
    to a tenth of a second, kilometres to metres.

    Raises:
        IngestError: the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    count = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow((*COLUMNS, "km"))
            for part in ways:
                rows = zip(
                    part.origin.tolist(),
                    part.destination.tolist(),
                    part.minutes.tolist(),
                    part.km.tolist(),
                    strict=True,
                )
                for start, end, minutes, km in rows:
                    if start != end:
                        writer.writerow((codes[start], codes[end], f"{minutes:.3f}", f"{km:.3f}"))
                        count += 1
        unfinished.replace(path)
    except OSError as error:
        raise IngestError(f"nejde zapsat: {error.strerror}", file=str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count
