"""Files of every kind that GDAL writes: names, and how `write_format` makes them."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window

from tests.io.rasters import LEFT, TOP, UTM

ROWS, COLS = 200, 280
"""Even, so that overviews have pixels of exactly 20 and 40 m; no multiple of any block."""

TILES = {"tiled": True, "blockxsize": 128, "blockysize": 128}
LARGE_TILES = {"tiled": True, "blockxsize": 512, "blockysize": 512}
NOT_OPTIONS = ("dtype", "count", "nodata", "env", "overviews", "masked", "written", "rows", "cols", "levels")
"""Keys of a format that are no creation options of GDAL."""


def _compressions() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {}
    for compress in (None, "deflate", "lzw", "zstd", "packbits", "lzma"):
        for dtype in ("uint8", "int16", "float32"):
            kinds[f"{compress} {dtype}"] = {"compress": compress, "dtype": dtype, **TILES}
    for compress in ("deflate", "lzw", "zstd"):
        for predictor, dtypes in {
            2: "int8 uint8 int16 uint16 uint32 int64 float64",
            3: "float32 float64",
        }.items():
            for dtype in dtypes.split():
                how = {"compress": compress, "predictor": predictor, "dtype": dtype, **TILES}
                kinds[f"{compress} predictor {predictor} {dtype}"] = how
    return kinds


def _interleaved() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {}
    for interleave in ("pixel", "band"):
        for count in (2, 3, 4, 5):
            how = {
                "count": count,
                "interleave": interleave,
                "compress": "deflate",
                "dtype": "uint16",
                **TILES,
            }
            kinds[f"{count} bands by {interleave}"] = how
            kinds[f"{count} bands by {interleave}, predictor 2"] = how | {"predictor": 2}
        floats = {
            "count": 3,
            "interleave": interleave,
            "dtype": "float32",
            "compress": "zstd",
            "predictor": 3,
        }
        kinds[f"3 bands by {interleave}, predictor 3"] = floats | TILES
        kinds[f"3 bands by {interleave}, strips"] = {"count": 3, "interleave": interleave, "compress": "lzw"}
        kinds[f"3 bands by {interleave}, big-endian"] = {
            **{"count": 3, "interleave": interleave, "endianness": "big", "dtype": "uint16"},
            **{"compress": "deflate", "predictor": 2},
            **TILES,
        }
    return kinds


def _orders() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {}
    for dtype in ("uint8", "int16", "uint32", "float32", "float64", "int64", "uint64"):
        kinds[f"big-endian {dtype}"] = {"endianness": "big", "dtype": dtype, **TILES}
    for dtype, predictor in (("uint16", 2), ("uint32", 2), ("float64", 2), ("float32", 3), ("float64", 3)):
        how = {"endianness": "big", "dtype": dtype, "compress": "deflate", "predictor": predictor, **TILES}
        kinds[f"big-endian {dtype} predictor {predictor}"] = how
    kinds["BigTIFF"] = {"bigtiff": "yes", "compress": "deflate", "predictor": 2, **TILES}
    kinds["big-endian BigTIFF"] = kinds["BigTIFF"] | {"endianness": "big"}
    return kinds


def _blocks() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {
        "strips of one row": {"blockysize": 1, "compress": "deflate"},
        "strips of seven rows": {"blockysize": 7, "compress": "lzw", "predictor": 2},
        "strips of 256 rows": {"blockysize": 256, "compress": "zstd"},
        "one strip": {"blockysize": ROWS, "compress": "deflate", "predictor": 2},
        "strips as they are": {"blockysize": 64},
        "small tiles": {"tiled": True, "blockxsize": 16, "blockysize": 16, "compress": "deflate"},
        "wide tiles": {"tiled": True, "blockxsize": 256, "blockysize": 64, "compress": "deflate"},
        "high tiles": {"tiled": True, "blockxsize": 48, "blockysize": 208, "compress": "lzw"},
        "tiles of 256": {"tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate"},
        "a tile wider than the image": LARGE_TILES | {"compress": "deflate", "predictor": 2},
        "several tiles of 512": LARGE_TILES
        | {"compress": "deflate", "rows": 600, "cols": 1100, "levels": (2,)},
        "one row": {"rows": 1, "levels": ()},
        "one column": {"cols": 1, "levels": ()},
        "one pixel": {"rows": 1, "cols": 1, "levels": ()},
        "overviews of other blocks": {**TILES, "env": {"GDAL_TIFF_OVR_BLOCKSIZE": 64}, "compress": "deflate"},
        "the coarser overview first": {**TILES, "levels": (4, 2), "compress": "deflate"},
        "overviews of a strip file": {"blockysize": 5, "env": {"GDAL_TIFF_OVR_BLOCKSIZE": 256}},
        "overviews otherwise compressed": {
            **{
                "compress": "deflate",
                "predictor": 2,
                "env": {"COMPRESS_OVERVIEW": "LZW", "PREDICTOR_OVERVIEW": 2},
            },
            **TILES,
        },
    }
    return kinds


def _bits() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {}
    for dtype, bits in (("uint8", (1, 2, 3, 4, 7)), ("uint16", (9, 12, 15)), ("uint32", (17, 24))):
        for nbits in bits:
            kinds[f"{nbits} bits"] = {"dtype": dtype, "nbits": nbits, "compress": "deflate", **TILES}
    kinds["12 bits, 3 bands by pixel"] = kinds["12 bits"] | {"count": 3, "interleave": "pixel"}
    kinds["1 bit, strips as they are"] = {"nbits": 1, "blockysize": 11}
    kinds["1 bit, white is zero"] = {"nbits": 1, "photometric": "miniswhite", **TILES}
    kinds["8 bits, white is zero"] = {"photometric": "miniswhite", "compress": "deflate", **TILES}
    for fax in ("ccittfax3", "ccittfax4", "ccittrle"):
        kinds[fax] = {"nbits": 1, "compress": fax}
    kinds["half floats"] = {"dtype": "float32", "nbits": 16, "compress": "deflate", **TILES}
    kinds["half floats, predictor 3"] = kinds["half floats"] | {"predictor": 3}
    kinds["floats of 24 bits"] = {"dtype": "float32", "nbits": 24, "compress": "deflate", **TILES}
    return kinds


def _lossy() -> dict[str, dict[str, Any]]:
    """Also those that lose nothing by the codecs that can."""
    kinds: dict[str, dict[str, Any]] = {
        "webp without loss": {"compress": "webp", "webp_lossless": True, "count": 3, "interleave": "pixel"},
        "webp": {"compress": "webp", "webp_level": 60, "count": 3, "interleave": "pixel"},
        "webp with alpha": {"compress": "webp", "count": 4, "interleave": "pixel", "alpha": "yes"},
        "jpeg": {"compress": "jpeg"},
        "jpeg of 3 bands": {"compress": "jpeg", "count": 3, "interleave": "pixel", "photometric": "rgb"},
        "jpeg ycbcr": {"compress": "jpeg", "count": 3, "interleave": "pixel", "photometric": "ycbcr"},
        "jpeg band by band": {"compress": "jpeg", "count": 3, "interleave": "band"},
        "cmyk": {"count": 4, "photometric": "cmyk", "compress": "deflate", "levels": ()},
        "cielab": {"count": 3, "photometric": "cielab", "compress": "deflate", "levels": ()},
        "rgb": {
            "count": 3,
            "photometric": "rgb",
            "interleave": "pixel",
            "compress": "deflate",
            "predictor": 2,
        },
        "jpeg with a mask": {"compress": "jpeg", "count": 3, "photometric": "ycbcr", "masked": True},
    }
    for dtype in ("uint8", "int16", "float32"):
        kinds[f"lerc {dtype}"] = {"compress": "lerc", "dtype": dtype, "max_z_error": 0}
    kinds["lerc with an error"] = {"compress": "lerc", "dtype": "float32", "max_z_error": 0.5}
    kinds["lerc and deflate"] = {"compress": "lerc_deflate", "dtype": "uint16"}
    kinds["lerc and zstd"] = {"compress": "lerc_zstd", "dtype": "float64", "count": 2, "interleave": "pixel"}
    return {name: {**TILES, **kind} for name, kind in kinds.items()}


def _hidden() -> dict[str, dict[str, Any]]:
    packed = {"compress": "deflate", "predictor": 2, **TILES}
    sparse = packed | {
        "sparse_ok": True,
        "written": Window(130, 10, 90, 80),
        "env": {"SPARSE_OK_OVERVIEW": "ON"},
    }
    return {
        "nodata": packed | {"dtype": "uint16", "nodata": 7},
        "negative nodata": packed | {"dtype": "int16", "nodata": -9999},
        "nodata outside of the type": packed | {"dtype": "uint8", "nodata": 0, "retagged": "-9999"},
        "nodata between whole numbers": packed | {"dtype": "int16", "nodata": 0, "retagged": "7.5"},
        "nodata of a float": {
            "dtype": "float32",
            "nodata": -3.4028234663852886e38,
            "compress": "lzw",
            **TILES,
        },
        "nodata that is rounded": {"dtype": "float32", "nodata": 0.1, "compress": "lzw", **TILES},
        "nodata nan": {"dtype": "float64", "nodata": np.nan, "compress": "zstd", "predictor": 3, **TILES},
        "nodata inf": {"dtype": "float32", "nodata": np.inf, **TILES},
        "a mask": packed | {"masked": True},
        "a mask, strips": {"masked": True, "compress": "packbits"},
        "a mask of several bands": packed | {"masked": True, "count": 3, "interleave": "pixel"},
        "a mask and nodata": packed | {"masked": True, "nodata": 7},
        "alpha by pixel": packed | {"count": 4, "photometric": "rgb", "alpha": "yes", "interleave": "pixel"},
        "alpha by band": packed | {"count": 4, "photometric": "rgb", "alpha": "yes", "interleave": "band"},
        "premultiplied alpha": packed | {"count": 2, "alpha": "premultiplied", "interleave": "pixel"},
        "alpha of 16 bits": packed | {"count": 2, "alpha": "yes", "dtype": "uint16"},
        "sparse": sparse,
        "sparse with nodata": sparse | {"nodata": 7},
        "sparse floats with nodata": sparse | {"dtype": "float32", "predictor": 3, "nodata": -1.5},
        "sparse by pixel": sparse | {"count": 3, "interleave": "pixel"},
        "sparse by band": sparse | {"count": 3, "interleave": "band"},
        "sparse with a mask": sparse | {"masked": True},
        "sparse strips": sparse | {"tiled": False, "blockxsize": COLS, "blockysize": 8},
        "wholly sparse": sparse | {"written": None},
    }


FORMATS: Mapping[str, Mapping[str, Any]] = {
    **_compressions(),
    **_interleaved(),
    **_orders(),
    **_blocks(),
    **_bits(),
    **_lossy(),
    **_hidden(),
}
"""What each file is; keys that are none of `NOT_OPTIONS` are creation options of GDAL."""


def write_format(path: Path, name: str) -> Path:
    """The file ``name`` of `FORMATS`, with overviews of 20 and 40 m."""
    how = dict(FORMATS[name])
    retagged = how.pop("retagged", None)
    ours = {key: how.pop(key) for key in NOT_OPTIONS if key in how}
    rows, cols, count = ours.get("rows", ROWS), ours.get("cols", COLS), ours.get("count", 1)
    profile = {
        "driver": "GTiff",
        **{"count": count, "height": rows, "width": cols, "dtype": ours.get("dtype", "uint8")},
        "nodata": ours.get("nodata"),
        "crs": UTM,
        "transform": rasterio.Affine(10, 0, LEFT, 0, -10, TOP),
    }
    data = pixels(profile["dtype"], (count, rows, cols), how.get("nbits"), ours.get("nodata"))
    data = data if how.get("alpha") is None else _with_alpha(data)
    part = ours.get("written", Window(0, 0, cols, rows))
    with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True, **ours.get("env", {})):
        warnings.simplefilter("ignore")  # GDAL advises against some of these
        with rasterio.open(path, "w", **profile, **how) as file:
            if part is not None:
                (top, bottom), (left, right) = part.toranges()
                file.write(data[:, top:bottom, left:right], window=part)
            if ours.get("masked"):
                file.write_mask(np.add.outer(np.arange(rows), np.arange(cols)) % 97 > 30)
        with rasterio.open(path, "r+") as file:
            for factor in ours.get("levels", (2, 4)):
                file.build_overviews([factor], Resampling.nearest)
    return path if retagged is None else _retagged(path, retagged)


def pixels(dtype: str, shape: tuple[int, ...], bits: int | None = None, nodata: float | None = None) -> Any:
    """Noise over the whole range of a type and a smooth part, the hidden value here and there."""
    noise = np.random.default_rng(sum(shape))
    kind = np.dtype(dtype)
    if kind.kind == "f":
        data = noise.normal(0, 100, shape).astype(kind)
        places = noise.integers(0, data.size, (4, max(1, data.size // 200)))
        for index, value in zip(places, (np.nan, np.inf, -np.inf, 0.0), strict=True):
            data.reshape(-1)[index] = value
    else:
        limits = np.iinfo(kind)
        top = limits.max if bits is None else 2**bits - 1
        data = noise.integers(limits.min, top, shape, dtype=kind, endpoint=True)
    smooth = np.add.outer(np.arange(shape[-2]) // 8, np.arange(shape[-1]) // 8) % 2 ** min(bits or 7, 7)
    data[..., : shape[-1] // 2] = smooth[:, : shape[-1] // 2].astype(kind)
    if nodata is not None:
        data[noise.random(shape) < 0.1] = nodata
    return data


def _with_alpha(data: Any) -> Any:
    opaque = np.iinfo(data.dtype).max
    steps = np.add.outer(np.arange(data.shape[1]), np.arange(data.shape[2])) % 61
    data[-1] = np.select([steps < 20, steps < 25], [0, 1], opaque)
    return data


def _retagged(path: Path, nodata: str) -> Path:
    """The file with another text for nodata, which GDAL would refuse to write: its tag 42113."""
    content = path.read_bytes()
    entry = content.index(b"\x81\xa4\x02\x00")
    text = nodata.encode() + b"\0"
    # Four bytes at most stand in the tag itself, as "0" does; a longer text goes to the end of the file.
    new = content[:entry] + b"\x81\xa4\x02\x00" + len(text).to_bytes(4, "little")
    new += len(content).to_bytes(4, "little") if len(text) > 4 else text.ljust(4, b"\0")
    path.write_bytes(new + content[entry + 12 :] + (text if len(text) > 4 else b""))
    return path
