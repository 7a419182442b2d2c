"""The picture in pixels, unpacked by Python's zlib: whole, twice the size of the SVG's, light, and not blank."""

import struct
import sys
import zlib

with open(sys.argv[2], "rb") as file:
    data = file.read()
assert data[:8] == b"\x89PNG\r\n\x1a\n"
at, pixels, kinds = 8, b"", []
while at < len(data):
    length, kind = struct.unpack(">I4s", data[at : at + 8])
    body = data[at + 8 : at + 8 + length]
    assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body), kind
    if kind == b"IHDR":
        width, height, depth, colour = struct.unpack(">IIBB", body[:10])
    if kind == b"IDAT":
        pixels += body
    kinds.append(kind)
    at += 12 + length
assert kinds[-1] == b"IEND" and (depth, colour) == (8, 6), (depth, colour)
pixels = zlib.decompress(pixels)
assert len(pixels) == height * (1 + width * 4)
assert width > 400 and height > 200, (width, height)
# The lines of boxes, the fill of boxes, edges and text: a blank picture has one colour.
assert len(set(zlib.crc32(pixels[row : row + width * 4]) for row in range(1, len(pixels), 1 + width * 4))) > height // 10
