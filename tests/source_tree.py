"""The package's own source as data, for the tests of the house."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("descartes_flow", "tileserver")

HEAVY = {
    *(
        "anywidget",
        "cmap",
        "dask",
        "distributed",
        "geopandas",
        "ipyleaflet",
        "ipywidgets",
        "jupyter_server",
        "matplotlib",
        "numba",
        "odc",
    ),
    *(
        "pandas",
        "PIL",
        "pyarrow",
        "pyogrio",
        "pyproj",
        "pystac",
        "pystac_client",
        "rasterio",
        "shapely",
        "tornado",
        "xarray",
    ),
}
"""Packages that load when they are first needed, and so may be imported inside a function."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of the package: its path as text, its dotted name, its syntax tree."""

    file: str
    name: str
    tree: ast.Module

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@functools.cache
def modules() -> list[Module]:
    """All modules of the packages, in the order of their paths."""
    paths = sorted(path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))
    return [_read(path) for path in paths]


def is_module(dotted: str) -> bool:
    """Whether the name is a module or a package of ours."""
    path = REPOSITORY.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def _read(path: Path) -> Module:
    file = path.relative_to(REPOSITORY)
    name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    return Module(file.as_posix(), name, ast.parse(path.read_text(encoding="utf-8"), filename=str(file)))
