"""Make a screenshot's PNG small: a palette of its most frequent colours in place of full colour."""

import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TRUE_COLOUR = 2
PALETTE = 3
COLOURS = 256


def slim(png: bytes) -> bytes:
    """Return the picture with at most 256 colours; each other colour becomes the nearest of them.

    Raises:
        ValueError: the picture is not an 8-bit RGB one without interlacing, as Chromium writes.
    """
    pixels = _decode(png)
    height, width, _ = pixels.shape
    codes = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    found, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    kept = np.sort(found[np.argsort(-counts, kind="stable")[:COLOURS]])
    palette = np.stack([kept >> 16, kept >> 8 & 255, kept & 255], axis=1).astype(np.int32)
    wanted = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int32)
    nearest = np.concatenate(
        [
            np.argmin(((part[:, None, :] - palette) ** 2).sum(axis=2), axis=1)
            for part in np.array_split(wanted, max(1, len(wanted) // 1000))
        ]
    )
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # the first byte says: no filter
    rows[:, 1:] = nearest[inverse].reshape(height, width)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, PALETTE, 0, 0, 0)),
            _chunk(b"PLTE", palette.astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _decode(png: bytes) -> np.ndarray:
    """Return the pixels, shape (height, width, 3), uint8."""
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    if png[:8] != SIGNATURE or (depth, kind, interlaced) != (8, TRUE_COLOUR, 0):
        raise ValueError("not an 8-bit RGB picture without interlacing")
    data, at = b"", len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    raw = zlib.decompress(data)
    stride = width * 3
    above = bytearray(stride)
    rows = []
    for start in range(0, len(raw), stride + 1):
        above = _unfilter(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above)
        rows.append(above)
    return np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(height, width, 3)


def _unfilter(kind: int, row: bytearray, above: bytearray) -> bytearray:
    """Undo one of PNG's five ways of writing a row (PNG specification, section 9)."""
    for i in range(len(row)):
        left = row[i - 3] if i >= 3 else 0
        up = above[i]
        if kind == 0:
            return row
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            corner = above[i - 3] if i >= 3 else 0
            guess = _paeth(left, up, corner)
        row[i] = (row[i] + guess) & 255
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda one: abs(estimate - one))
