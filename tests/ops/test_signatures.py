"""What signatures show to people: the types that a user may pass, not those that arguments become."""

import inspect

import descartes_flow as wf
from descartes_flow.ops.registry import METHODS
from descartes_flow.ops.signatures import accepted, given, results
from descartes_flow.types import Callback, Same


def declared(cls: type, name: str):
    """The declaration behind a method."""
    found = [m for m in METHODS if m.public_name == name and cls in (m.options.on, m.options.constructs)]
    return found[0]


def test_a_proxy_type_is_shown_with_what_is_promoted_to_it():
    assert accepted(wf.Float) == "float | Float | Int"
    assert accepted(wf.Str | wf.List[wf.Str]) == "str | Str | Sequence[str | Str] | List[Str]"


def test_an_optional_argument_shows_none_last():
    assert accepted(None | wf.Str) == "str | Str | None"


def test_a_type_that_another_contains_is_left_out():
    assert accepted(wf.Bool | wf.Int | wf.Float) == "Bool | Int | float | Float"


def test_a_callback_shows_what_it_is_called_with():
    assert accepted(Callback((wf.Image,), wf.Bool)) == "Callable[[Image], object]"


def test_same_is_self():
    assert given(Same) == "Self"


def test_a_result_that_depends_on_the_argument_is_shown_for_each():
    ways = results(declared(wf.ImageCollection, "__getitem__"))

    assert ways == [
        (["self", "index: int | Int"], "Image"),
        (["self", "index: slice | Slice | str | Str | Sequence[str | Str] | List[Str]"], "Self"),
    ]


def test_help_shows_a_constructor_with_all_its_arguments():
    assert list(inspect.signature(wf.Image.from_id).parameters) == [
        "image_id",
        "resampler",
        "processing_level",
    ]


def test_help_shows_the_documentation_of_a_method():
    assert inspect.getdoc(wf.Image.getmask).startswith("Where pixels are hidden")
