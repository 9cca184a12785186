"""Importing the package costs little: what is heavy loads when it is first needed."""

import json
import subprocess
import sys

from tests.source_tree import HEAVY, REPOSITORY


def modules_loaded_by(statement: str) -> set[str]:
    """Names of modules that a fresh interpreter knows after `statement`."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(run.stdout))


def packages_loaded_by(statement: str) -> set[str]:
    """Top-level names among them."""
    return {name.partition(".")[0] for name in modules_loaded_by(statement)}


def test_a_package_that_is_loaded_is_seen():
    assert {"PIL", "pyproj"} <= packages_loaded_by("import PIL, pyproj")


def test_importing_the_package_loads_nothing_heavy():
    loaded = packages_loaded_by("import descartes_flow")

    assert "descartes_flow" in loaded
    assert loaded & HEAVY == set()


def test_a_jupyter_server_that_loads_the_tile_server_gets_no_more_than_http():
    loaded = packages_loaded_by("import tileserver")

    assert "tileserver" in loaded
    assert loaded & {"descartes_flow", "numpy", "rasterio"} == set()


def test_importing_the_package_makes_no_signature_of_an_operation():
    code = (
        "import descartes_flow\n"
        "from descartes_flow.ops.registry import OPERATIONS\n"
        "overloads = [made for operation in OPERATIONS.values() for made in operation.overloads]\n"
        "print(len(overloads) > 400, sum('signature' in vars(made) for made in overloads))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )

    assert run.stdout.split() == ["True", "0"]


def test_a_search_loads_neither_what_adds_items_nor_what_makes_the_demo(tmp_path):
    loaded = modules_loaded_by(
        "from descartes_flow import catalog, settings\n"
        f"settings.home = {str(tmp_path)!r}\n"
        "assert catalog.search is not None and catalog.revision() >= 0"
    )

    assert "descartes_flow.catalog.listing" in loaded
    assert (
        loaded & {"pystac", "descartes_flow.catalog.adding", "descartes_flow.catalog.invented.building"}
        == set()
    )
