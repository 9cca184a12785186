"""What would be too large is refused before numpy makes it; what is not, is not."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.errors import JobOOM

N = wf.numpy
LONG = N.zeros(10_000)
WIDE = N.zeros((100, 100))

TOO_LARGE = {
    "arange": lambda: N.arange(0, 1, 1e-9),
    "bincount": lambda: N.bincount([10**9]),
    "broadcasting": lambda: LONG[:, None] + LONG,
    "broadcast_to": lambda: N.broadcast_to(1, [10**9]),
    "cov": lambda: N.cov(LONG[:, None] + N.zeros((1, 2))),
    "diag": lambda: N.diag(LONG),
    "einsum": lambda: N.einsum("i,j", LONG, LONG),
    "einsum with dots": lambda: N.einsum("...,...->...", LONG[:, None], LONG[None]),
    "eye": lambda: N.eye(10_000),
    "full": lambda: N.full((10**5, 10**5), 1),
    "histogram": lambda: N.histogram([1], 10**9),
    "indices": lambda: N.indices([1000] * 3),
    "insert": lambda: N.insert(WIDE, N.zeros(10**5, "int"), 0, 0),
    "item": lambda: WIDE[N.zeros(10**5, "int")],
    "item of the last axis": lambda: WIDE[..., N.zeros(10**5, "int")],
    "linspace": lambda: N.linspace(0, 1, 10**9),
    "matmul": lambda: LONG[:, None] @ LONG[None],
    "meshgrid": lambda: N.meshgrid(LONG, LONG),
    "ones": lambda: N.ones((10**9, 10**9)),
    "outer": lambda: N.outer(LONG, LONG),
    "pad": lambda: N.pad(WIDE, 10**5),
    "percentile": lambda: N.percentile(WIDE, N.zeros(10**5), axis=0),
    "repeat": lambda: N.repeat(LONG, 10**5),
    "split": lambda: N.split(N.zeros(0), 10**9),
    "take": lambda: N.take(WIDE, N.zeros(10**5, "int"), 1),
    "tensordot": lambda: N.tensordot(LONG, LONG, 0),
    "tile": lambda: N.tile(LONG, (10, 10**4)),
    "where": lambda: N.where(LONG[:, None] > 0, LONG, 0),
}
FITTING = {
    "cov": (lambda: N.cov(N.zeros((2, 10_000))), (2, 2)),
    "diag": (lambda: N.diag(WIDE), (100,)),
    "dot": (lambda: N.dot(LONG, LONG), ()),
    "einsum": (lambda: N.einsum("i,i->", LONG, LONG), ()),
    "histogram": (lambda: N.histogram([1], [0, 10**12])[0], (1,)),
    "item": (lambda: WIDE[N.zeros(1000, "int"), :5], (1000, 5)),
    "item of some columns": (lambda: WIDE[N.zeros(10**5, "int"), 3], (10**5,)),
    "item of some rows": (lambda: WIDE[..., :2, N.zeros(10**5, "int")], (2, 10**5)),
    "matmul": (lambda: N.zeros((20, 100, 100)) @ N.zeros((20, 100, 10)), (20, 100, 10)),
    "matmul of a vector": (lambda: WIDE @ N.zeros(100), (100,)),
    "take": (lambda: N.take(WIDE, [1, 2], -1), (100, 2)),
    "tensordot": (lambda: N.tensordot(WIDE, WIDE), ()),
}


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch):
    monkeypatch.setattr(settings, "memory_bytes", 20_000_000)


@pytest.mark.parametrize("name", TOO_LARGE)
def test_an_array_that_would_be_too_large_is_refused(name):
    proxy = TOO_LARGE[name]()

    with pytest.raises(JobOOM, match=r"the array would take .* more than settings.memory_bytes \(19 MiB\)"):
        proxy.compute()


@pytest.mark.parametrize("name", FITTING)
def test_a_small_result_of_large_arrays_is_computed(name):
    made, shape = FITTING[name]

    assert np.shape(made().compute()) == shape
