"""Of all services that are out under one request those that are nearest, in their order."""

import numpy as np

from referral.matching.columns import Ints
from referral.matching.screening import Screened

_BEYOND = 500_000.0
_NEARLY = 1e-6
_POSITION = 32
"""So many bits hold the position of a row; the number of reasons stands before them."""


def nearest(screened: Screened, count: int) -> tuple[Ints, int]:
    """Return so many services that are out, as ``near_misses`` orders them, and how many there are.

    They are positions in the screened rows. A service appears with the offer that has the fewest
    reasons against it.
    """
    out = _outside(screened)
    rows, against, near = (
        column.take(out) for column in (screened.rows, screened.against, screened.near)
    )
    km = screened.km.take(out)
    unknown = np.isnan(km)
    # One number that orders roughly: whole levels apart, then kilometres, the unknown ones last.
    rough = near * (2.0 * _BEYOND)
    rough += np.where(unknown, _BEYOND + against, km)
    asked = np.zeros(len(rows), np.bool_)
    if screened.refused:
        asked = np.isin(rows, list(screened.refused))
        rough[asked] -= 20.0 * _BEYOND
    if count < len(rows):
        last = np.partition(rough, count - 1)[count - 1]
        chosen = (rough <= last + _NEARLY).nonzero()[0]
    else:
        chosen = np.arange(len(rows))
    km[unknown] = np.inf
    order = np.lexsort(tuple(column.take(chosen) for column in (rows, against, km, near, ~asked)))
    return out.take(chosen.take(order[:count])), len(rows)


def _outside(screened: Screened) -> Ints:
    """Return one offer of each service that is admitted nowhere: the one with the fewest reasons.

    The rows of a service stand together, and it answers a need with all of them or with none.
    """
    columns, against = screened.standing.columns, screened.against
    if not columns.several or not len(against):
        return against.nonzero()[0]
    first = columns.leads.take(screened.rows).nonzero()[0]
    keys = against.astype(np.int64)
    keys <<= _POSITION
    keys += np.arange(len(keys))
    keys = np.minimum.reduceat(keys, first)
    out: Ints = keys[keys >= 1 << _POSITION]
    out &= (1 << _POSITION) - 1
    return out
