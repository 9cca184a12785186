"""Reading files: headers once, pixels block by block, features by area. Nothing else opens a dataset."""

from descartes_flow.io.blocks import BLOCKS
from descartes_flow.io.bundles import Bundle
from descartes_flow.io.datasets import POOL
from descartes_flow.io.header import BandHeader, Header, read_header
from descartes_flow.io.native import NativePixels, lies_like, native_pixels
from descartes_flow.io.places import clear_places
from descartes_flow.io.reader import RESAMPLERS, decoded_pixels, most_decoded_pixels, pieces_of, read_band
from descartes_flow.io.source import BandSource
from descartes_flow.io.stacks import Stack, read_stack
from descartes_flow.io.tiff import HEADERS
from descartes_flow.io.together import read_bands
from descartes_flow.io.vectors import clear_features, read_features

__all__ = [
    "RESAMPLERS",
    "BandHeader",
    "BandSource",
    "Bundle",
    "Header",
    "NativePixels",
    "Stack",
    "clear",
    "decoded_pixels",
    "lies_like",
    "most_decoded_pixels",
    "native_pixels",
    "pieces_of",
    "read_band",
    "read_bands",
    "read_features",
    "read_header",
    "read_stack",
]


def clear() -> None:
    """Forget decoded blocks and close files; the next read begins anew."""
    BLOCKS.clear()
    POOL.clear()
    HEADERS.clear()
    clear_places()
    clear_features()
