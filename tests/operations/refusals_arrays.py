"""Wrong uses of arrays and of ``wf.numpy``."""

from __future__ import annotations

from descartes_flow.errors import JobInvalid, JobOOM, ProxyTypeError
from tests.operations.case import Refusal

A = "wf.Array([[1, 2, 4], [8, 9, 10]])"
M = "wf.MaskedArray([1, 2, 6], [False, True, False])"
OPERATORS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
    "lt": "<",
    "le": "<=",
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "ge": ">=",
}
BITS = {"and": "&", "or": "|", "xor": "^"}

CONSTRUCTION = [
    Refusal("Array", "wf.Array([[1, 2], [3]])", ValueError, "different lengths"),
    Refusal("Array", "wf.Array(['a'])", ProxyTypeError, "expected bool, int or float"),
    Refusal("Array", "wf.Array(np.array([None]))", ProxyTypeError, "Invalid dtype object for an Array"),
    Refusal("Array", f"wf.Array({M})", ProxyTypeError, "use .filled(value) or .getdata()"),
    Refusal("Array", "wf.Array(img)", ProxyTypeError, "cannot promote"),
    Refusal("Array.from_numpy", "wf.Array.from_numpy(np.zeros(2**21))", ValueError, "less than 10 MiB"),
    Refusal("MaskedArray", "wf.MaskedArray([1, 2], [0, 1])", TypeError, "should be boolean"),
    Refusal("MaskedArray", "wf.MaskedArray([1, 2], [True])", JobInvalid, "its shape (1,)", computed=True),
    Refusal("MaskedArray.from_numpy", "wf.MaskedArray.from_numpy('a')", ProxyTypeError, "cannot promote"),
]

ITEMS = [
    Refusal("Array.__getitem__", f"{A}[[1, 0], [0, 1]]", ValueError, "lists or Arrays in multiple axes"),
    Refusal("Array.__getitem__", f"{A}[wf.Array([[0, 1], [1, 0]])]", ValueError, "at most one axis"),
    Refusal("Array.__getitem__", f"{A}[['a']]", TypeError, "Invalid types in ['a']"),
    Refusal("Array.__getitem__", f"{A}[1.5]", TypeError, "Invalid Array index 1.5"),
    Refusal("Array.__getitem__", f"{A}[wf.Array([1.5])]", TypeError, "holds int or bool, this one float"),
    Refusal("Array.__getitem__", f"{A}[2]", IndexError, "out of bounds"),
    Refusal("Array.__getitem__", f"({A} + 1)[2]", JobInvalid, "out of bounds", computed=True),
    Refusal(
        "Array.__getitem__",
        f"{A}[wf.numpy.reshape([0, 1], (2, 1))]",
        JobInvalid,
        "at most one axis",
        computed=True,
    ),
]

COMBINED = [
    *(
        Refusal(f"Array.__{name}__", f"{A} {symbol} img", ProxyTypeError, "use .ndarray of the imagery")
        for name, symbol in {**OPERATORS, **BITS}.items()
    ),
    *(
        Refusal(f"Scalar.__{name}__", f"{A}.sum() {symbol} 'a'", ProxyTypeError, f"Scalar.__{name}__()")
        for name, symbol in OPERATORS.items()
    ),
    Refusal("Image.__add__", f"img + {A}", ProxyTypeError, "use .ndarray of the imagery"),
    Refusal(
        "Array.__and__", f"({A} / 2) & 1", JobInvalid, "not supported for the input types", computed=True
    ),
    Refusal(
        "Arraylike.__matmul__", f"{A} @ 'a'", ProxyTypeError, "Argument 'other' to function __matmul__()"
    ),
    Refusal("Arraylike.__rmatmul__", f"'a' @ {A}", ProxyTypeError, "function __rmatmul__()"),
    Refusal("Arraylike.__matmul__", f"{A} @ {A}", JobInvalid, "mismatch", computed=True),
]

WRONG_ARGUMENTS = {
    "all": "'a'",
    "any": "'a'",
    "argmax": "'a'",
    "argmin": "'a'",
    "argsort": "'a'",
    "clip": "'a'",
    "cumprod": "'a'",
    "cumsum": "'a'",
    "diagonal": "'a'",
    "dot": "'a'",
    "max": "'a'",
    "mean": "'a'",
    "median": "'a'",
    "min": "'a'",
    "prod": "'a'",
    "ptp": "'a'",
    "repeat": "'a'",
    "reshape": "'a'",
    "round": "'a'",
    "sort": "'a'",
    "squeeze": "'a'",
    "std": "'a'",
    "sum": "'a'",
    "swapaxes": "'a', 0",
    "take": "'a'",
    "trace": "'a'",
    "transpose": "'a'",
    "var": "'a'",
}

METHODS = [
    *(
        Refusal(f"Array.{name}", f"{A}.{name}({arguments})", TypeError, f"{name}(")
        for name, arguments in WRONG_ARGUMENTS.items()
    ),
    Refusal("Array.astype", f"{A}.astype('datetime64[s]')", ProxyTypeError, "expected bool, int or float"),
    Refusal("Array.mean", f"{A}.mean(axis=2)", JobInvalid, "out of bounds", computed=True),
    Refusal("Array.reshape", f"{A}.reshape(4, 2)", JobInvalid, "cannot reshape", computed=True),
    Refusal("MaskedArray.count", f"{M}.count('a')", ProxyTypeError, "Argument 'axis' to function count()"),
    Refusal("MaskedArray.filled", f"{M}.filled('a')", ProxyTypeError, "Argument 'fill_value'"),
    Refusal("Array.to_imagery", f"{A}.to_imagery(3)", TypeError, "to_imagery(properties=): expected a dict"),
    Refusal("Array.to_imagery", f"{A}.to_imagery({{}}, ['a'])", TypeError, "to_imagery(bandinfo=)"),
    Refusal("Array.to_imagery", f"{A}.to_imagery()", JobInvalid, "got one of shape (2, 3)", computed=True),
    Refusal("Array.to_imagery", "wf.Array([[[1]]]).to_imagery()", JobInvalid, "has 1 x 1", computed=True),
    Refusal(
        "Array.to_imagery",
        "img.ndarray.to_imagery(None, {'a': {}})",
        JobInvalid,
        "1 bands for an array of 2",
        computed=True,
    ),
    Refusal(
        "Array.to_imagery",
        "col.ndarray.to_imagery([{}])",
        JobInvalid,
        "a list of 3 dicts",
        computed=True,
    ),
]

FUNCTIONS = [
    Refusal("wf.numpy.mean", "wf.numpy.mean('a')", ProxyTypeError, "numpy.mean is called as\n  mean(a: "),
    Refusal("wf.numpy.mean", f"np.mean({A}, keepdims=True)", TypeError, "np.mean: mean(): got an unexpected"),
    Refusal("wf.numpy.add", "wf.numpy.add(1)", TypeError, "missing a required argument: 'x2'"),
    Refusal("wf.numpy.add", f"wf.numpy.add(1, {A}, dtype='float')", TypeError, "unexpected keyword"),
    Refusal("wf.numpy.add", "wf.numpy.add.reduce([1])", NotImplementedError, "call `.compute` first"),
    Refusal("wf.numpy.add", f"np.add.reduce({A})", NotImplementedError, "call `.compute` first"),
    Refusal("wf.numpy.add", f"np.add.outer({A}, 1)", NotImplementedError, "call `.compute` first"),
    Refusal("wf.numpy.fft", f"np.fft.fft({A})", NotImplementedError, "not supported"),
    Refusal("wf.numpy.fft", "wf.numpy.fft", AttributeError, "wf.numpy has no function 'fft'"),
    Refusal("wf.numpy.ma.sort", "wf.numpy.ma.sort", AttributeError, "it has average"),
    Refusal("wf.numpy.linalg.eig", "wf.numpy.linalg.eig", AttributeError, "it has cholesky"),
    Refusal("wf.numpy.ones", "wf.numpy.ones((10**9, 10**9))", JobOOM, "settings.memory_bytes", computed=True),
    Refusal("wf.numpy.ones", "wf.numpy.ones(2, dtype='O')", ProxyTypeError, "expected bool, int or float"),
    Refusal("wf.numpy.tile", "wf.numpy.tile([1], 10**12)", JobOOM, "numpy.tile", computed=True),
    Refusal("wf.numpy.arange", "wf.numpy.arange(10**12)", JobOOM, "numpy.arange", computed=True),
    Refusal("wf.numpy.bincount", "wf.numpy.bincount([10**12])", JobOOM, "numpy.bincount", computed=True),
    Refusal(
        "wf.numpy.add",
        "wf.numpy.add(*np.ogrid[:1, :1]) + wf.numpy.broadcast_to(1, (10**5, 1)) + wf.numpy.ones((1, 10**5))",
        JobOOM,
        "the array would take",
        computed=True,
    ),
    Refusal(
        "wf.numpy.vdot",
        f"wf.numpy.vdot({M}, {M})",
        JobInvalid,
        "numpy.vdot has no meaning for masked items",
        computed=True,
    ),
    Refusal(
        "wf.numpy.linalg.inv", "wf.numpy.linalg.inv([[0, 0], [0, 0]])", JobInvalid, "Singular", computed=True
    ),
    Refusal("wf.compute", f"len({A})", TypeError, "len() does not work on an Array"),
    Refusal("wf.compute", f"np.asarray({A})", TypeError, "call `.compute` first"),
    Refusal("wf.compute", f"bool({A} > 1)", TypeError, "truth value of an Array"),
]

REFUSALS = [*CONSTRUCTION, *ITEMS, *COMBINED, *METHODS, *FUNCTIONS]
