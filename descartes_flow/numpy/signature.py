"""Signatures as the table writes them: ``a: numeric, axis: axes = None``."""

from __future__ import annotations

import ast
import inspect
from typing import Any as AnyValue

from ..types import Array, Bool, DType, Float, Int, List, Slice, Str
from ..types.array.arguments import AnyArray, ArrayList, ArrayOrNumber

WORDS: dict[str, AnyValue] = {
    "array": AnyArray,
    "numeric": ArrayOrNumber,
    "arrays": ArrayList,
    "number": Bool | Int | Float,
    "int": Int,
    "flag": Bool,
    "text": Str,
    "dtype": DType,
    "ints": Int | List[Int],
    "indices": Int | List[Int] | Array,
    "slices": Int | List[Int] | Slice | Array,
    "order": Str | Int | Float,
    "pair": List[Float],
    "pairs": Int | List[Int] | List[List[Int]],
}
"""What an argument may be, by the word that the table uses."""

CONTENT = (AnyArray, ArrayOrNumber, ArrayList)
"""Types of the arguments whose items go into the result, and whose masks count."""


def signature(text: str) -> inspect.Signature:
    """The signature that a row of the table writes; a default of None makes an argument optional.

    Examples
    --------
    >>> str(signature("N: int, M: int = None")).count("Int")
    2
    """
    (function,) = ast.parse(f"def f({text}): ...").body
    assert isinstance(function, ast.FunctionDef), "a definition was written"
    given = function.args
    defaults = [inspect.Parameter.empty] * (len(given.args) - len(given.defaults))
    defaults += [ast.literal_eval(default) for default in given.defaults]
    parameters = [
        _parameter(argument, inspect.Parameter.POSITIONAL_OR_KEYWORD, default)
        for argument, default in zip(given.args, defaults, strict=True)
    ]
    if given.vararg is not None:
        parameters.append(_parameter(given.vararg, inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.empty))
    for argument, value in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        default = inspect.Parameter.empty if value is None else ast.literal_eval(value)
        parameters.append(_parameter(argument, inspect.Parameter.KEYWORD_ONLY, default))
    return inspect.Signature(parameters)


def _parameter(argument: ast.arg, kind: AnyValue, default: AnyValue) -> inspect.Parameter:
    assert isinstance(argument.annotation, ast.Name), "every argument has a word"
    annotation = WORDS[argument.annotation.id]
    if default is None:
        annotation = annotation | None
    return inspect.Parameter(argument.arg, kind, default=default, annotation=annotation)
