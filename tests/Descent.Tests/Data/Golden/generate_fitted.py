"""Writes fitted.tsv: pictures brought to another size by Pillow's ImageOps.fit(image, (width, height), Image.BILINEAR).

Pixel i of a picture [height, width, channels], counted through, is (37 i + i // 5 * 11) mod 256. Needs Pillow (9.4.0 wrote the file) and numpy. Run in this folder: python3 generate_fitted.py
"""
import numpy
from PIL import Image, ImageOps

# height, width, channels, new height, new width: smaller, larger, both, cut at the sides and above and below, the same, a single pixel.
CASES = [(9, 7, 3, 4, 4), (5, 5, 1, 7, 12), (30, 40, 3, 8, 8), (8, 8, 3, 8, 8), (16, 16, 1, 16, 8), (3, 50, 1, 5, 5), (50, 3, 3, 5, 2), (1, 1, 3, 2, 3), (23, 17, 3, 11, 13), (64, 48, 1, 1, 1)]

with open("fitted.tsv", "w") as file:
    for height, width, channels, new_height, new_width in CASES:
        i = numpy.arange(height * width * channels)
        pixels = ((37 * i + i // 5 * 11) % 256).astype(numpy.uint8).reshape(height, width, channels)
        fitted = ImageOps.fit(Image.fromarray(pixels[:, :, 0] if channels == 1 else pixels), (new_width, new_height), Image.BILINEAR)
        print(height, width, channels, new_height, new_width, numpy.asarray(fitted).tobytes().hex(), sep="\t", file=file)
