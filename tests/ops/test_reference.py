"""The reference page of the operations."""

from descartes_flow.ops import reference
from tests.source_tree import REPOSITORY

ENTRY = """\
### `ImageCollection.mosaic`

```python
ImageCollection.mosaic(reverse: bool | Bool = False) -> Image
```

Images laid over each other.

**Parameters**

* `reverse : bool`
  False: the last image lies on top. True: the first.
"""


def test_the_committed_page_is_current():
    committed = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")

    assert committed == reference.text(), "run `make stubs`"


def test_an_operation_is_shown_with_its_signature_and_documentation():
    assert ENTRY in reference.text()


def test_an_attribute_is_shown_without_parentheses():
    assert "```python\nImage.nbands -> Int\n```" in reference.text()


def test_equal_rows_of_operators_are_one_line():
    assert "| Str | `+` `<` `<=` `==` `!=` `>` `>=` | Str |" in reference.text().splitlines()


def test_examples_become_code():
    docstring = "Twice.\n\nExamples\n--------\n>>> twice(1)\n2"

    assert reference.markdown(docstring) == "Twice.\n\n**Examples**\n\n```python\n>>> twice(1)\n2\n```"


def test_the_page_begins_with_what_it_holds():
    contents = reference.text().partition("\n## ")[0].splitlines()

    assert [line for line in contents if line.startswith("* [Image](#image): `ndarray`, ")]
    assert contents[-1] == "* [Operators](#operators)"
