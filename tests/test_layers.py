"""Imports point down: the table in ARCHITECTURE.md, held against every import of the package."""

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.source_tree import HEAVY, REPOSITORY, Module, is_module, modules

SEAMS: dict[tuple[str, str], str] = {
    ("descartes_flow/api.py", "descartes_flow.interactive.request"): "maps need widgets, computing does not",
    ("descartes_flow/api.py", "descartes_flow.interactive.showing"): "maps need widgets, computing does not",
    (
        "descartes_flow/api.py",
        "descartes_flow.interactive.widgets",
    ): "values need no ipywidgets, showing does",
}
"""Imports inside functions, or of a layer above: (file, module) -> why it has to be so."""

OPENS_DATASETS = {"osgeo", "rasterio", "rio_tiler", "rioxarray", "tifffile"}
OPENS_NONE = {f"rasterio.{name}" for name in ("crs", "enums", "errors", "features", "transform")}
"""Modules of rasterio that know no dataset."""

MASKED_ARRAYS = (
    "descartes_flow/engine/results.py",
    "descartes_flow/numpy/",
    "descartes_flow/ops/array",
    "descartes_flow/steps/arrays.py",
    "descartes_flow/types/array/",
)
"""Results that are handed out, and array values; elsewhere data and mask are two arrays."""


@dataclass(frozen=True)
class Import:
    """One module that one statement imports."""

    file: str
    line: int
    importer: str
    module: str
    in_function: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"

    def is_of(self, package: str) -> bool:
        return self.module.partition(".")[0] == package

    @property
    def is_seam(self) -> bool:
        return (self.file, self.module) in SEAMS


def imported_names(statement: ast.Import | ast.ImportFrom, importer: Module) -> Iterator[str]:
    """Absolute names; a name taken from somebody else's package counts as a module of that package."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
        return
    base = statement.module or ""
    if statement.level:
        package = importer.file.split("/")[: -statement.level]
        base = ".".join([*package, base]).removesuffix(".")
    for alias in statement.names:
        dotted = f"{base}.{alias.name}"
        yield dotted if is_module(dotted) or not is_module(base) else base


@functools.cache
def imports() -> list[Import]:
    """Every import of the package."""
    found = []
    for module in modules():
        inside = {id(node) for function in module.functions() for node in ast.walk(function)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                found += [
                    Import(module.file, node.lineno, module.name, name, id(node) in inside)
                    for name in imported_names(node, module)
                ]
    return found


def layers() -> dict[str, int]:
    """Level of each part of descartes_flow, from the table of layers in ARCHITECTURE.md."""
    text = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| *(\d+) *\|([^|]*)\|", text, flags=re.MULTILINE)
    return {
        name.removesuffix("/").removesuffix(".py"): int(level)
        for level, names in rows
        for name in re.findall(r"`([^`]+)`", names)
    }


def part(module: str) -> str:
    """What the table calls a module of ours: ``descartes_flow.types.proxytype`` belongs to ``types``."""
    names = module.split(".")
    return names[1] if len(names) > 1 and is_module(".".join(names[:2])) else "__init__"


def points_up(found: Import, level: dict[str, int]) -> bool:
    importer, imported = part(found.importer), part(found.module)
    return importer != imported and level[imported] >= level[importer]


def test_every_part_of_the_package_has_a_layer():
    parts = {part(module.name) for module in modules() if module.name.startswith("descartes_flow")}

    assert parts - layers().keys() == set(), "add it to the table in ARCHITECTURE.md"


def test_imports_point_down():
    level = layers()
    ours = [i for i in imports() if i.is_of("descartes_flow") and i.importer.startswith("descartes_flow")]

    assert [str(i) for i in ours if points_up(i, level) and not i.is_seam] == []


def test_the_tile_server_uses_nothing_of_ours():
    assert [str(i) for i in imports() if i.is_of("descartes_flow") and i.file.startswith("tileserver/")] == []


def test_an_import_inside_a_function_has_a_reason():
    inside = [i for i in imports() if i.in_function and not any(map(i.is_of, HEAVY))]

    assert [str(i) for i in inside if not i.is_seam] == []


def test_every_seam_is_still_there():
    assert SEAMS.keys() - {(i.file, i.module) for i in imports()} == set()


def test_only_io_opens_datasets():
    elsewhere = [i for i in imports() if not i.file.startswith("descartes_flow/io/")]
    openers = [i for i in elsewhere if any(map(i.is_of, OPENS_DATASETS))]

    assert [str(i) for i in openers if ".".join(i.module.split(".")[:2]) not in OPENS_NONE] == []


def test_masked_arrays_appear_only_in_results_and_array_values():
    imported = [str(i) for i in imports() if f"{i.module}.".startswith("numpy.ma.")]
    named = [
        f"{module.file}:{node.lineno} uses {ast.unparse(node)}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.ma", "numpy.ma")
    ]

    assert [use for use in imported + named if not use.startswith(MASKED_ARRAYS)] == []
