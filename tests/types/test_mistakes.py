import pickle

import pytest

import descartes_flow as wf
from descartes_flow import Any, Image, Int, Proxytype, Str


class Failing(Proxytype):
    __slots__ = ()

    @property
    def broken(self) -> int:
        raise AttributeError("inside the property")


def test_a_property_that_fails_shows_its_own_error():
    with pytest.raises(AttributeError, match="inside the property"):
        Failing._from_node(Int(1)._node).broken  # noqa: B018  the attribute is looked up


def test_names_that_begin_with_an_underscore_are_plainly_missing():
    with pytest.raises(AttributeError, match=r"has no attribute '_repr_html_'$"):
        Int(1)._repr_html_  # noqa: B018


def test_attributes_of_an_any_are_still_proxies():
    assert isinstance(Any(1).visualize, Any)


def test_proxies_still_go_through_pickle():
    assert pickle.loads(pickle.dumps(Str("a"))).compute() == "a"


def test_the_package_lists_public_names_only():
    assert set(dir(wf)) == {*wf.__all__, "__version__"}


def test_what_a_type_is_told_to_look_for_elsewhere_is_not_completed():
    assert not [name for name in dir(Image) if name in ("elsewhere", "written", "instead_of_if")]
