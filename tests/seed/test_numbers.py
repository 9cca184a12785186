"""Every example of the guide has a test that is named after it."""

import ast
from pathlib import Path

FOLDER = Path(__file__).parent
EXAMPLES = 81
"""As the specification numbers them."""


def test_every_example_has_a_test():
    found = []
    for path in FOLDER.glob("test_[a-i]_*.py"):
        names = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
        found += [int(name.split("_")[1]) for name in names if name.startswith("test_")]

    assert sorted(found) == list(range(1, EXAMPLES + 1))
