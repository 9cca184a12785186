"""What editors and type checkers see of the declared operations."""

from pathlib import Path

import pytest

import descartes_flow as wf
from descartes_flow.ops import stubs
from descartes_flow.types import Imagery
from tests.source_tree import REPOSITORY

PROGRAM = """
import descartes_flow as wf

images = wf.ImageCollection.from_id("sentinel-2:L1C", "2022-06-01", limit=3)
composite = images.pick_bands("red").mean(axis="images")
reveal_type(composite)
reveal_type(composite.min(axis="pixels"))
reveal_type(1.5 * images.clip_values(0, 1) + composite)
reveal_type(composite > 0.3)
reveal_type(images[0])
reveal_type(images[:2].length() + 1)
reveal_type(wf.Int(1) / 2)
composite.pick_bands(3)
"""


def seen_by_mypy(program: str, folder: Path) -> list[str]:
    """What mypy, as strict as in `make check`, says of a program: a line each."""
    mypy = pytest.importorskip("mypy.api")
    file = folder / "program.py"
    file.write_text(program)
    options = ["--strict", "--follow-imports=silent", "--hide-error-context", "--no-error-summary"]
    config = ["--config-file", str(REPOSITORY / "pyproject.toml"), "--cache-dir", str(folder / "cache")]
    said, failure, _ = mypy.run([*options, *config, "--no-pretty", str(file)])
    assert failure == ""
    return [line.partition("program.py:")[2] for line in said.splitlines()]


def test_a_method_is_shown_by_the_class_it_is_declared_on():
    assert stubs.mixin(Imagery) == "ImageryMethods"
    assert stubs.mixin(wf.Image) == "ImageMethods"
    assert stubs.mixin(wf.KnownDict) == "DictMethods"


def test_every_declared_method_is_shown():
    text = stubs.text()
    missing = [m.public_name for m in stubs.METHODS if f"def {m.public_name}(" not in text]

    assert missing == []


@pytest.mark.timeout(300)
def test_a_type_checker_follows_a_chain_of_operations(tmp_path, monkeypatch):
    monkeypatch.setenv("MYPYPATH", str(REPOSITORY))
    types = "descartes_flow.types"
    image = f'"{types}.geospatial.image.Image"'
    floats = f"{types}.containers.dict_.Dict[{types}.primitives.string.Str, {types}.primitives.number.Float]"

    said = seen_by_mypy(PROGRAM, tmp_path)

    assert said[:7] == [
        f"6: note: Revealed type is {image}",
        f'7: note: Revealed type is "{floats}"',
        f'8: note: Revealed type is "{types}.geospatial.imagecollection.ImageCollection"',
        f"9: note: Revealed type is {image}",
        f"10: note: Revealed type is {image}",
        f'11: note: Revealed type is "{types}.primitives.number.Int"',
        f'12: note: Revealed type is "{types}.primitives.number.Float"',
    ]
    assert said[7].startswith(
        '13: error: Argument 1 to "pick_bands" of "ImageryMethods" has incompatible type'
    )
