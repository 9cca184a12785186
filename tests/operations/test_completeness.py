"""Every operation has a case, and every public call a refusal.

What is still missing is listed by name; a name that has got its case or refusal has to leave the list.
"""

from descartes_flow.ops.registry import OPERATIONS
from tests.operations.calls import declared_name, public_calls
from tests.operations.gathering import CASES, REFUSALS

WITHOUT_CASE: set[str] = set()
"""Operations that have no case yet."""

WITHOUT_REFUSAL: set[str] = set()
"""Public calls that have no refusal yet."""


def computed_operations() -> set[str]:
    """Operations that programs contain; what only builds others, as ``unpack_bands`` does, is in none."""
    return {
        name
        for name, operation in OPERATIONS.items()
        if operation.rule or operation.value or operation.kernel or operation.family
    }


def test_every_operation_has_a_case():
    shown = {case.operation for case in CASES}

    assert computed_operations() - shown == WITHOUT_CASE


def test_cases_show_operations_that_there_are():
    assert {case.operation for case in CASES} <= computed_operations()


def test_every_public_call_has_a_refusal():
    refused = {declared_name(refusal.call) for refusal in REFUSALS}

    assert public_calls() - refused == WITHOUT_REFUSAL


def test_only_operations_that_build_others_are_never_computed():
    assert set(OPERATIONS) - computed_operations() == {"unpack_bands"}
