"""What the package promises is there, is described, and is named as its readers would look for it."""

import importlib
import inspect
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import descartes_flow
from tests.source_tree import PACKAGES, REPOSITORY, is_module

NAMES_THAT_SAY_NOTHING = {"common", "core", "helpers", "misc", "utils"}


def modules_with_all() -> list[tuple[str, list[str]]]:
    """Every module that has an ``__all__``, and that list."""
    names = []
    for package in filter(is_module, PACKAGES):
        root = importlib.import_module(package)
        names += [package, *(found.name for found in pkgutil.walk_packages(root.__path__, f"{package}."))]
    found = [(name, importlib.import_module(name)) for name in names if not name.endswith("__main__")]
    return [(name, module.__all__) for name, module in found if hasattr(module, "__all__")]


def test_every_promised_name_exists():
    missing = [
        f"{module}.{name}"
        for module, promised in modules_with_all()
        for name in promised
        if not hasattr(importlib.import_module(module), name)
    ]

    assert missing == []


def test_no_name_is_promised_twice():
    assert [module for module, promised in modules_with_all() if len(set(promised)) < len(promised)] == []


def promised_by_the_package() -> list[str]:
    if not hasattr(descartes_flow, "__all__"):
        pytest.skip("descartes_flow promises no name yet")
    return list(descartes_flow.__all__)


def test_the_package_lists_its_names_in_order():
    promised = promised_by_the_package()

    assert promised == sorted(promised)


def test_every_public_name_is_described():
    undescribed = [
        name for name in promised_by_the_package() if not inspect.getdoc(getattr(descartes_flow, name))
    ]

    assert undescribed == []


def test_a_file_is_named_for_what_it_holds():
    folders = [REPOSITORY / name for name in (*PACKAGES, "tests", "benchmarks")]
    files = [path for folder in folders for path in folder.rglob("*.py")]

    assert [path for path in files if path.stem in NAMES_THAT_SAY_NOTHING] == []


def stubs_below(folder: Path) -> dict[str, str]:
    """Text of each type stub, by its path."""
    found = (folder / "descartes_flow").rglob("*.pyi")
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}


def test_the_committed_stubs_are_current(tmp_path):
    """`make stubs` writes them; here it runs on a copy that has none."""
    if not is_module("descartes_flow.ops.stubs"):
        pytest.skip("descartes_flow.ops.stubs is not written yet")
    ignored = shutil.ignore_patterns("__pycache__", "*.pyi")
    shutil.copytree(REPOSITORY / "descartes_flow", tmp_path / "descartes_flow", ignore=ignored)
    subprocess.run([sys.executable, "-m", "descartes_flow.ops.stubs"], cwd=tmp_path, check=True, timeout=60)

    generated = stubs_below(tmp_path)
    assert generated != {}
    assert generated == stubs_below(REPOSITORY), "run `make stubs`"
