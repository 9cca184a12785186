"""No function is written twice, and none is left unwritten."""

import ast
from collections import defaultdict

from tests.source_tree import Function, modules

TRIVIAL = 8
"""A lone statement of fewer syntax nodes says too little to be a copy: ``return self._grid.shape`` has 4."""


def body(function: Function) -> list[ast.stmt]:
    """Statements of a function, its docstring left out."""
    has_docstring = ast.get_docstring(function, clean=False) is not None
    return function.body[1:] if has_docstring else function.body


def is_ellipsis(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and getattr(statement.value, "value", None) is Ellipsis


def is_trivial(statements: list[ast.stmt]) -> bool:
    nodes = [n for s in statements for n in ast.walk(s) if not isinstance(n, ast.expr_context)]
    return len(statements) <= 1 and len(nodes) < TRIVIAL


def twins(functions: list[tuple[str, Function]]) -> list[list[str]]:
    """Places of functions whose bodies are equal, docstrings and names of the functions aside."""
    places = defaultdict(list)
    for place, function in functions:
        statements = body(function)
        if not is_trivial(statements):
            places["\n".join(map(ast.dump, statements))].append(place)
    return [same for same in places.values() if len(same) > 1]


def functions_of(source: str) -> list[tuple[str, Function]]:
    return [(node.name, node) for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]


def test_no_function_is_written_twice():
    functions = [(f"{m.file}:{f.lineno} {f.name}", f) for m in modules() for f in m.functions()]
    found = twins(functions)

    assert found == [], "\n" + "\n".join(" = ".join(same) for same in found)


def test_a_copy_under_another_name_and_docstring_is_found():
    source = """
def area(a, b):
    "Square metres."
    return (a.right - a.left) * (b.top - b.bottom)

def surface(a, b):
    return (a.right - a.left) * (b.top - b.bottom)

def other(a, b):
    return (a.right - a.left) + (b.top - b.bottom)
"""

    assert twins(functions_of(source)) == [["area", "surface"]]


def test_declarations_and_plain_accessors_are_no_copies():
    source = """
def shape(self):
    return self._grid.shape

def size(self):
    return self._grid.shape

def declared(raster): ...

def declared_too(raster):
    "Same."
    ...
"""

    assert twins(functions_of(source)) == []


def declared(tree: ast.Module) -> set[str]:
    """Names of functions that something else writes: methods of protocols, and what is passed to a call."""
    nodes = list(ast.walk(tree))
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    protocols = [c for c in classes if any("Protocol" in ast.unparse(base) for base in c.bases)]
    methods = [node for protocol in protocols for node in protocol.body if isinstance(node, Function)]
    passed = [argument for node in nodes if isinstance(node, ast.Call) for argument in node.args]
    return {method.name for method in methods} | {a.id for a in passed if isinstance(a, ast.Name)}


def test_only_declarations_are_without_a_body():
    unwritten = [
        f"{module.file}:{function.lineno} {function.name}"
        for module in modules()
        for function in module.functions()
        if any(map(is_ellipsis, body(function)))
        and not function.decorator_list
        and function.name not in declared(module.tree)
    ]

    assert unwritten == []
