"""Wrong uses of numbers, truth values, texts, moments, durations and values of unknown type."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, JobInvalidTyping
from tests.operations.case import Refusal

ORDER = {"lt": "<", "le": "<=", "eq": "==", "ne": "!=", "gt": ">", "ge": ">="}
DIVISIONS = {"add": "+", "floordiv": "//", "mod": "%"}
OPERANDS = [
    ("Datetime", "wf.Datetime(2020)", "1", DIVISIONS),
    ("Datetime", "wf.Datetime(2020)", "wf.Str('2020-01-01')", {"sub": "-"}),
    ("Timedelta", "wf.Timedelta(1)", "1", ORDER | {"sub": "-", "mod": "%"}),
    ("Timedelta", "wf.Timedelta(1)", "None", {"add": "+", "mul": "*", "truediv": "/"}),
    ("Timedelta", "wf.Timedelta(1)", "1.5", {"floordiv": "//"}),
]
"""Class, an object of it, what does not fit, and its operators."""

OPERATORS = [
    *(
        Refusal(
            f"{cls}.__{name}__",
            f"{left} {symbol} {right}",
            wf.ProxyTypeError,
            f"Argument 'other' to function {cls}.__{name}__(): expected ",
        )
        for cls, left, right, operators in OPERANDS
        for name, symbol in operators.items()
    ),
    Refusal("Int.__divmod__", "divmod(wf.Int(1), 'a')", wf.ProxyTypeError, "function Int.__divmod__()"),
    Refusal(
        "Int.__divmod__", "divmod('a', wf.Int(1))", TypeError, "unsupported operand type(s) for divmod()"
    ),
    Refusal("Float.__divmod__", "divmod(wf.Float(1), None)", wf.ProxyTypeError, "Float.__divmod__()"),
    Refusal("Any.__divmod__", "divmod(wf.Any(1), object())", wf.ProxyTypeError, "Any.__divmod__()"),
    Refusal("Any.__divmod__", "divmod(wf.Any('a'), 2)", JobInvalid, "unsupported operand", computed=True),
    Refusal("Datetime.__divmod__", "divmod(wf.Datetime(2020), 7)", wf.ProxyTypeError, "a number has no unit"),
    Refusal("Timedelta.__divmod__", "divmod(wf.Timedelta(1), 7)", wf.ProxyTypeError, "a number has no unit"),
    Refusal(
        "Datetime.__add__", "wf.Datetime(2020) + 1", wf.ProxyTypeError, "write for example Timedelta(days=x)"
    ),
    Refusal(
        "Datetime.__sub__",
        "wf.Datetime(2020) - wf.Int(1)",
        wf.ProxyTypeError,
        "convert explicitly, like `Datetime.from_timestamp(x)`",
    ),
    Refusal("Datetime.__add__", "wf.Datetime(2020) + wf.Datetime(2020)", TypeError, "expected Timedelta"),
    Refusal("Timedelta.__mul__", "wf.Timedelta(1) * wf.Timedelta(1)", TypeError, "expected Int, Float"),
    Refusal(
        "Timedelta.__add__",
        "wf.Timedelta(days=1) + '9999-12-31T12:00'",
        JobInvalid,
        "date value out of range",
        computed=True,
    ),
    Refusal(
        "Datetime.__floordiv__", "wf.Datetime(2020) // wf.Timedelta(0)", JobInvalid, "by zero", computed=True
    ),
    Refusal("Timedelta.__truediv__", "wf.Timedelta(1) / 0", JobInvalid, "by zero", computed=True),
    Refusal("Datetime.__add__", "wf.Datetime(2020) * 2", TypeError, "unsupported operand"),
    Refusal("Bool.__and__", "wf.Bool(True) + 1", TypeError, "unsupported operand type(s) for +"),
    Refusal("Bool.__eq__", "wf.Bool(True) < False", TypeError, "'<' not supported"),
    Refusal("Int.__and__", "wf.Int(1) & 1.5", wf.ProxyTypeError, "convert it first, like `int(x)`"),
    Refusal("Int.__lshift__", "1 << wf.Float(1)", TypeError, "unsupported operand"),
    Refusal("Int.__lshift__", "wf.Int(1) << -1", JobInvalid, "negative shift count", computed=True),
    Refusal("Int.__add__", "wf.Int(1) + 'a'", wf.ProxyTypeError, "convert it first, like `int(x)`"),
    Refusal("Float.__invert__", "~wf.Float(1)", JobInvalid, "bad operand type for unary ~", computed=True),
    Refusal("Str.__mod__", "wf.Str('%d') % 1", TypeError, "unsupported operand"),
]

VALUES = [
    Refusal("Int", "wf.Int(1.5)", wf.ProxyTypeError, "cannot promote float 1.5 to Int; convert it first"),
    Refusal("Int", "wf.Int(np.timedelta64(1, 'D'))", wf.ProxyTypeError, "to Int"),
    Refusal("Int", "wf.Int(wf.nan)", JobInvalid, "cannot convert float NaN to integer", computed=True),
    Refusal("Float", "wf.Float('1')", wf.ProxyTypeError, "convert it first, like `float(x)`"),
    Refusal("Bool", "wf.Bool(1)", wf.ProxyTypeError, "compare it first, like `x != 0`"),
    Refusal("Str", "wf.Str(1)", wf.ProxyTypeError, "convert it first, like `str(x)`"),
    Refusal("NoneType", "wf.NoneType(0)", wf.ProxyTypeError, "cannot promote int 0 to NoneType"),
    Refusal("Number", "wf.Number(1)", TypeError, "a Number cannot be built; use Int or Float"),
    Refusal("Primitive", "wf.Primitive(1)", TypeError, "a Primitive cannot be built"),
    Refusal("Int.__float__", "float(wf.Int(1))", TypeError, "wf.Float(x) converts it lazily"),
    Refusal("Int.__int__", "int(wf.Int(1))", TypeError, "wf.Int(x) converts it lazily"),
    Refusal("Int.__round__", "round(wf.Float(1))", TypeError, "round() needs a value now"),
    Refusal("Int.__index__", "hex(wf.Int(1))", TypeError, "use as a Python index, in range() or hex()"),
    Refusal("Int.__index__", "[1, 2][wf.Int(1)]", TypeError, "use as a Python index"),
    Refusal("Int.__hash__", "{wf.Int(1): 2}", TypeError, "unhashable type: 'Int'"),
    Refusal("Timedelta.__hash__", "{wf.Timedelta(1)}", TypeError, "unhashable type: 'Timedelta'"),
    Refusal("Bool.__bool__", "bool(wf.Bool(True))", TypeError, "use wf.ifelse instead of if"),
    Refusal("Str.__contains__", "'a' in wf.Str('abc')", TypeError, "use .contains(other)"),
    Refusal("Str.__len__", "len(wf.Str('abc'))", TypeError, "use .length()"),
    Refusal("Any.__iter__", "list(wf.Any([1]))", TypeError, "cast it first, like x.cast(List[Int]).map(...)"),
    Refusal("Any.__call__", "wf.Any('a').upper()", TypeError, "x.cast(wf.Str).upper()"),
    Refusal(
        "Any.__reversed__", "reversed(wf.Any(1))", JobInvalidTyping, "no order to reverse", computed=True
    ),
    Refusal(
        "wf.sqrt", "wf.sqrt('4')", wf.ProxyTypeError, "Argument 'x' to function sqrt(): expected Int, Float"
    ),
]

TEXTS = [
    *(
        Refusal(f"Str.{name}", f"wf.Str('a').{name}('5')", wf.ProxyTypeError, f"'width' to function {name}()")
        for name in ("center", "ljust", "rjust", "zfill")
    ),
    *(
        Refusal(
            f"Str.{name}", f"wf.Str('a').{name}(5, 'ab')", ValueError, f"Str.{name}(fillchar=): expected one"
        )
        for name in ("center", "ljust", "rjust")
    ),
    *(
        Refusal(f"Str.{name}", f"wf.Str('a').{name}(1)", wf.ProxyTypeError, f"'sub' to function {name}()")
        for name in ("count", "find", "rfind", "startswith", "endswith")
    ),
    *(
        Refusal(f"Str.{name}", f"wf.Str('a').{name}(1)", wf.ProxyTypeError, f"'chars' to function {name}()")
        for name in ("strip", "lstrip", "rstrip")
    ),
    *(
        Refusal(f"Str.{name}", f"wf.Str('a').{name}(1)", wf.ProxyTypeError, f"'affix' to function {name}()")
        for name in ("removeprefix", "removesuffix")
    ),
    *(
        Refusal(f"Str.{name}", f"wf.Str('a').{name}('')", ValueError, f"Str.{name}(sep=): an empty text")
        for name in ("split", "rsplit", "partition", "rpartition")
    ),
    Refusal("Str.partition", "wf.Str('a').partition()", TypeError, "missing a required argument: 'sep'"),
    Refusal("Str.startswith", "wf.Str('a').startswith(('a', 'b'))", wf.ProxyTypeError, "but got tuple"),
    Refusal("Str.expandtabs", "wf.Str('a').expandtabs('4')", wf.ProxyTypeError, "'tabsize' to function"),
    Refusal(
        "Str.join", "wf.Str('a').join([1])", wf.ProxyTypeError, "List[Str]: item 0: cannot promote int 1"
    ),
    Refusal("Str.join", "wf.Str('a').join('bc')", wf.ProxyTypeError, "'parts' to function join()"),
    Refusal("Str.replace", "wf.Str('a').replace('a', 1)", wf.ProxyTypeError, "'new' to function replace()"),
    *(
        Refusal("Str.zfill", f"wf.Str('a\\t').{call}", JobInvalid, "more than 1,000,000", computed=True)
        for call in (
            "zfill(10**9)",
            "center(10**9)",
            "expandtabs(10**9)",
            "replace('a', wf.Str('b') * 10**6)",
            "join([wf.Str('b') * 10**6, 'c'])",
        )
    ),
    Refusal("Str.format", "wf.Str('{').format(1)", ValueError, "'{' is no format"),
    Refusal(
        "Str.format", "wf.Str('{} {}').format(1)", ValueError, "no value is given for field 1; there are 1"
    ),
    Refusal(
        "Str.format", "wf.Str('{x}').format(1)", ValueError, "no value is given for field 'x'; pass x=..."
    ),
    Refusal("Str.format", "wf.Str('{0.real}').format(1)", ValueError, "field '0.real' reads an attribute"),
    Refusal(
        "Str.format",
        "wf.Str('{}').format(img)",
        wf.ProxyTypeError,
        "Str.format(0): an Image proxy has no text",
    ),
    Refusal(
        "Str.format", "wf.Str('{x}').format(x=object())", wf.ProxyTypeError, "Str.format(x): no proxy stands"
    ),
    Refusal("Str.format", "wf.Str('{}').format(wf.Any(img))", JobInvalidTyping, "has no text", computed=True),
    Refusal(
        "Str.format",
        "(wf.Str('{0.real}') + '').format(1)",
        JobInvalid,
        "field '0.real' reads an attribute",
        computed=True,
    ),
    Refusal("Str.format", "(wf.Str('{x}') + '').format(1)", JobInvalid, "given for field 'x'", computed=True),
    Refusal(
        "Str.format", "wf.Str('{:999999999}').format(1)", JobInvalid, "more than 1,000,000", computed=True
    ),
    Refusal("Str.format", "wf.Str('{:%Y}').format(1)", JobInvalid, "Invalid format specifier", computed=True),
    Refusal("wf.format", "wf.format(1)", wf.ProxyTypeError, "format(text=): expected Str, got int 1"),
    Refusal("Str.upper", "wf.Any(1).cast(wf.Str).upper()", JobInvalid, "'str' objects", computed=True),
]

MOMENTS = [
    Refusal("Datetime", "wf.Datetime(2020, month=1.5)", wf.ProxyTypeError, "Datetime(month=): expected Int"),
    Refusal("Datetime", "wf.Datetime(2020) < None", wf.ProxyTypeError, "Datetime.__lt__()"),
    Refusal(
        "Datetime", "wf.Datetime(2020) == 'soon'", wf.ProxyTypeError, "no ISO 8601 date, such as '2017-06-01'"
    ),
    Refusal(
        "Datetime.from_timestamp",
        "wf.Datetime.from_timestamp(1e20)",
        JobInvalid,
        "1e+20 seconds from 1970 lie beyond the years 1 to 9999",
        computed=True,
    ),
    Refusal("Datetime.strftime", "wf.Datetime(2020).strftime(1)", wf.ProxyTypeError, "'format' to function"),
    Refusal("Timedelta", "wf.Timedelta('1')", wf.ProxyTypeError, "Timedelta(days=): expected Int, Float"),
    Refusal("Timedelta", "wf.Timedelta(month=1)", TypeError, "unexpected keyword argument 'month'"),
    Refusal("Timedelta", "wf.Timedelta(1e12)", JobInvalid, "at most 999,999,999 days", computed=True),
    Refusal(
        "Timedelta",
        "wf.Datetime(2020) + np.timedelta64(1, 'M')",
        wf.ProxyTypeError,
        "it is no certain number of microseconds",
    ),
]

REFUSALS = [*OPERATORS, *VALUES, *TEXTS, *MOMENTS]
