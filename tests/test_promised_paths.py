"""Modules that exist only because users import from them."""

import inspect

import descartes_flow as wf
from descartes_flow import errors
from descartes_flow.engine import results


def test_every_exception_can_be_imported_from_exceptions():
    ours = {
        name for name, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__
    }

    assert set(wf.exceptions.__all__) == ours


def test_types_of_results_can_be_imported_from_result_types():
    assert wf.result_types.ImageResult is results.ImageResult
    assert wf.result_types.ImageCollectionResult is results.ImageCollectionResult
