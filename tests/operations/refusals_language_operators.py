"""Operators whose other side does not fit: the error names the type, the operator and what came."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, JobInvalidTyping
from tests.operations.case import Refusal

ARITHMETIC = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
}
COMPARISONS = {"lt": "<", "le": "<=", "eq": "==", "ne": "!=", "gt": ">", "ge": ">="}
LOGIC = {"and": "&", "or": "|", "xor": "^"}
SHIFTS = {"lshift": "<<", "rshift": ">>"}

OPERANDS = [
    ("Imagery", "img", "'red'", "Image", ARITHMETIC | COMPARISONS | LOGIC | SHIFTS),
    ("Int", "wf.Int(1)", "None", "Int", ARITHMETIC | COMPARISONS | LOGIC | SHIFTS),
    ("Float", "wf.Float(1)", "'1'", "Float", ARITHMETIC | COMPARISONS),
    ("Any", "wf.Any(1)", "object()", "Any", ARITHMETIC | COMPARISONS | LOGIC | SHIFTS),
    ("Bool", "wf.Bool(True)", "'yes'", "Bool", {"eq": "==", "ne": "!="} | LOGIC),
    ("Datetime", "wf.Datetime(2020)", "None", "Datetime", COMPARISONS),
    ("Str", "wf.Str('a')", "None", "Str", COMPARISONS | {"add": "+", "mul": "*"}),
    ("List", "wf.List[wf.Int]([1])", "'x'", "List[Int]", COMPARISONS | {"add": "+", "mul": "*"}),
    ("Tuple", "wf.Tuple[wf.Int]((1,))", "1", "Tuple[Int]", COMPARISONS | {"add": "+"}),
]
"""Class, an object of it, what does not fit, how the error calls the class, and its operators."""

REFUSALS = [
    *(
        Refusal(
            f"{cls}.__{name}__",
            f"{left} {symbol} {right}",
            wf.ProxyTypeError,
            f"Argument 'other' to function {said}.__{name}__(): expected ",
        )
        for cls, left, right, said, operators in OPERANDS
        for name, symbol in operators.items()
    ),
    Refusal("Imagery.__add__", "img + 'red'", wf.ProxyTypeError, "but got str 'red'"),
    Refusal("Imagery.__add__", "img + np.ones((2, 3))", wf.ProxyTypeError, "they have no common grid"),
    Refusal("Imagery.__add__", "np.ones((2, 3)) + img", wf.ProxyTypeError, "they have no common grid"),
    Refusal(
        "Imagery.__add__",
        "img + col.rename_bands('a')",
        JobInvalid,
        "bands do not match: red, nir and a, nir; use pick_bands or rename_bands",
        computed=True,
    ),
    Refusal(
        "Imagery.__sub__",
        "col - col.head(2)",
        JobInvalid,
        "collections of different lengths do not combine: 2, 3",
        computed=True,
    ),
    Refusal("Imagery.__and__", "img & 1.5", wf.ProxyTypeError, "but got float 1.5"),
    Refusal(
        "Imagery.__and__",
        "img & True",
        JobInvalidTyping,
        "and does not work on values of float64, bool",
        computed=True,
    ),
    Refusal("Any.__add__", "wf.Any(1) + wf.Str('a')", JobInvalid, "unsupported operand type", computed=True),
    Refusal(
        "List.__lt__",
        "wf.List[wf.Dict[wf.Str, wf.Int]]([]) < []",
        wf.ProxyTypeError,
        "Operator `<` invalid for",
    ),
]
