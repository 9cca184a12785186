"""Pictures as PNG files."""

import io

from PIL import Image

from descartes_flow.render.picture import Picture

FASTEST = 1
"""Compression: level 6 takes three times as long and saves a tile little."""


def encode_png(picture: Picture) -> bytes:
    """`picture` as the bytes of a PNG file; equal pictures give equal bytes.

    A palette stays one, with opacities only if a colour needs one.
    """
    height, width = picture.pixels.shape[:2]
    mode = "P" if picture.palette is not None else {3: "RGB", 4: "RGBA"}[picture.pixels.shape[2]]
    image = Image.frombytes(mode, (width, height), picture.pixels.tobytes())
    opacities = None
    if picture.palette is not None:
        image.putpalette(picture.palette[:, :3].tobytes())
        if picture.palette[:, 3].min() < 255:
            opacities = picture.palette[:, 3].tobytes()
    file = io.BytesIO()
    image.save(file, format="PNG", compress_level=FASTEST, transparency=opacities)
    return file.getvalue()
