"""A QR code as a drawing: one path of squares, black on white, that prints on any paper."""

import segno

from referral.web.papers.paper import Picture
from referral.web.translation import _

_BORDER = 2
"""Empty modules around; the rest of the quiet zone is the white of the page."""


def qr_code(address: str, *, width_mm: int = 24) -> Picture | None:
    """Draw the address of a page; None when there is none to draw."""
    if not address:
        return None
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix]
    side = len(rows) + 2 * _BORDER
    squares = "".join(
        f"M{x + _BORDER} {y + _BORDER}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return Picture(
        svg=(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path d="{squares}" fill="#000"/></svg>'
        ),
        alt=_("QR kód s adresou {address}").format(address=address),
        width_mm=width_mm,
    )
