"""A second, naive reading of grafts: evaluates the text by its rules, and shares nothing with the package."""

from collections.abc import Callable, Mapping
from typing import Any

BUILTINS: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "total": sum,
    "ifelse": lambda condition, yes, no: yes() if condition else no(),
}


def evaluate(graft: Mapping[str, Any], **parameters: Any) -> Any:
    """Value of a graft whose open parameters have these values."""
    return _Body(graft, None, {}, {**BUILTINS, **parameters}).value(graft["returns"])


class _Body:
    def __init__(
        self,
        graft: Mapping[str, Any],
        around: "_Body | None",
        arguments: dict[str, Any],
        builtins: dict[str, Any],
    ) -> None:
        self.graft, self.around, self.builtins = graft, around, builtins
        self.known = dict(arguments)

    def value(self, key: str) -> Any:
        if key not in self.known:
            if key in self.graft:
                self.known[key] = self.evaluated(self.graft[key])
            elif self.around is not None:
                return self.around.value(key)
            else:
                return self.builtins[key]
        return self.known[key]

    def evaluated(self, expression: Any) -> Any:
        if isinstance(expression, dict):
            return self.closure(expression)
        if not isinstance(expression, list):
            return expression
        if len(expression) == 1 and not isinstance(expression[0], str):
            return expression[0]
        named = expression[-1] if isinstance(expression[-1], dict) else {}
        keys = expression[:-1] if isinstance(expression[-1], dict) else expression
        callee, *args = map(self.value, keys)
        return callee(*args, **{name: self.value(key) for name, key in named.items()})

    def closure(self, graft: Mapping[str, Any]) -> Callable[..., Any]:
        names = graft.get("parameters", [])

        def call(*args: Any, **named: Any) -> Any:
            arguments = {**dict(zip(names, args, strict=False)), **named}
            assert sorted(arguments) == sorted(names)
            return _Body(graft, self, arguments, self.builtins).value(graft["returns"])

        return call
