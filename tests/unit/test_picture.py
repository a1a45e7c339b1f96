"""Screenshots lose weight, not content."""

import struct
import zlib

import numpy as np
import pytest

from support.picture import SIGNATURE, slim


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def chunks_of(png: bytes) -> dict[bytes, bytes]:
    found, at = {}, len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def predicted(kind: int, left: np.ndarray, up: np.ndarray, corner: np.ndarray) -> np.ndarray:
    if kind == 3:
        return (left + up) // 2
    if kind == 4:
        estimate = left + up - corner
        order = np.abs(np.stack([left, up, corner]) - estimate).argmin(axis=0)
        return np.choose(order, [left, up, corner])
    return [np.zeros_like(left), left, up][kind]


def true_colour(pixels: np.ndarray, filters: list[int]) -> bytes:
    """Write an RGB picture, each row with the filter asked for."""
    height, width, _ = pixels.shape
    wide = np.zeros((height + 1, width + 1, 3), dtype=np.int32)
    wide[1:, 1:] = pixels
    rows = b""
    for y, kind in enumerate(filters):
        guess = predicted(kind, wide[y + 1, :-1], wide[y, 1:], wide[y, :-1])
        rows += bytes([kind]) + ((wide[y + 1, 1:] - guess) % 256).astype(np.uint8).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        SIGNATURE
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def shown(png: bytes) -> np.ndarray:
    """Return the pixels of a palette picture."""
    parts = chunks_of(png)
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), dtype=np.uint8)
    indexes = rows.reshape(height, width + 1)[:, 1:]
    return np.frombuffer(parts[b"PLTE"], dtype=np.uint8).reshape(-1, 3)[indexes]


def test_a_picture_of_few_colours_stays_exactly_as_it_was():
    random = np.random.default_rng(1)
    colours = random.integers(0, 256, size=(40, 3), dtype=np.uint8)
    pixels = colours[random.integers(0, 40, size=(25, 30))]
    slimmed = slim(true_colour(pixels, [0, 1, 2, 3, 4] * 5))
    assert np.array_equal(shown(slimmed), pixels)


def test_a_colour_too_many_becomes_the_nearest_one_kept():
    pixels = np.zeros((3, 257, 3), dtype=np.uint8)
    pixels[:2, :256, 0] = np.arange(256)
    pixels[2, :256, 0] = np.arange(256)
    pixels[0, 256] = (7, 1, 0)
    slimmed = shown(slim(true_colour(pixels, [0, 0, 0])))
    assert slimmed[0, 256].tolist() == [7, 0, 0]
    assert np.array_equal(slimmed[:, :256], pixels[:, :256])


def test_what_is_not_a_screenshot_is_refused():
    grey = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    with pytest.raises(ValueError, match="RGB"):
        slim(grey)
