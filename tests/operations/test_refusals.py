"""Every wrong use is refused, when it is said that it is, with an error that tells what was wrong."""

import re

import pytest

import descartes_flow as wf
from tests.operations.gathering import REFUSALS, refusal_id
from tests.operations.world import HERE


@pytest.mark.parametrize("refusal", REFUSALS, ids=refusal_id)
def test_a_wrong_use_is_refused_with_its_text(world, refusal):
    if not refusal.computed:
        with pytest.raises(refusal.error, match=re.escape(refusal.says)):
            world.value(refusal.expression)
        return
    proxy = world.proxy(refusal.expression)

    with pytest.raises(refusal.error, match=re.escape(refusal.says)):
        wf.compute(proxy, HERE, cache=False)
