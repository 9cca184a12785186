import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from descartes_flow.catalog.store import Row, Store
from descartes_flow.errors import CatalogError
from descartes_flow.geo import Bounds
from tests.source_tree import REPOSITORY


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "some" / "folder" / "catalog.sqlite")
    yield made
    made.close()


UNIT = Bounds(0, 0, 1, 1)


def row(name: str, moment: int = 0, version: str = "1", box: Bounds = UNIT, **fields) -> Row:
    values = {"bounds": box, "boxes": (box,), "bands": ("red",), "document": "{}", **fields}
    return Row(name, moment, version, **values)


def names(store: Store, found: list[tuple[int, str]]) -> list[str]:
    by_key = {key: name for key, _, name, _, _, _ in store.documents([key for key, _ in found])}
    return [by_key[key] for key, _ in found]


def test_items_come_by_date_and_then_by_name(store):
    store.write("p", None, [row("b", 5), row("ä", 5), row("a", 5), row("z", 4), row("Z", 5)])

    assert names(store, store.find("p")) == ["z", "Z", "a", "b", "ä"]


def test_the_start_is_part_of_a_time_and_the_end_is_not(store):
    store.write("p", None, [row(str(moment), moment) for moment in range(5)])

    assert names(store, store.find("p", start=1, end=3)) == ["1", "2"]
    assert names(store, store.find("p", start=3)) == ["3", "4"]
    assert names(store, store.find("p", limit=2)) == ["0", "1"]


def test_boxes_that_share_an_edge_meet(store):
    store.write("p", None, [row("here"), row("there", box=Bounds(5, 5, 6, 6))])

    assert names(store, store.find("p", [Bounds(1, 1, 2, 2)])) == ["here"]
    assert names(store, store.find("p", [Bounds(2, 2, 3, 3)])) == []
    assert names(store, store.find("p", [Bounds(-9, -9, 9, 9)])) == ["here", "there"]


def test_an_item_of_two_boxes_is_found_once_by_both(store):
    two = (Bounds(179, 0, 180, 1), Bounds(-180, 0, -179, 1))
    store.write("p", None, [row("crossing", box=Bounds(179, 0, -179, 1), boxes=two)])

    assert len(store.find("p", [two[0]])) == 1
    assert len(store.find("p", [two[1]])) == 1
    assert len(store.find("p", list(two))) == 1
    assert store.find("p", [Bounds(-1, 0, 1, 1)]) == []


def test_products_do_not_see_each_other(store):
    store.write("p", None, [row("a")])
    store.write("p:q", None, [row("a"), row("b")])

    assert len(store.find("p", [Bounds(0, 0, 1, 1)])) == 1
    assert store.product_ids() == ["p", "p:q"]


def test_every_change_makes_the_revision_larger_and_nothing_else_does(store):
    revisions = [store.revision()]
    for change in (
        lambda: store.write("p", None, [row("a")]),
        lambda: store.write("p", None, [row("a")]),  # the same again
        lambda: store.write("p", None, [row("a", version="2")]),
        lambda: store.write("p", "described", []),
        lambda: store.remove_item("p", "a"),
        lambda: store.remove_item("p", "a"),  # not there any more
        lambda: store.remove_product("p", remember=False),
        lambda: store.clear([]),
    ):
        change()
        revisions.append(store.revision())

    assert [revision - revisions[0] for revision in revisions] == [0, 1, 1, 2, 3, 4, 4, 5, 6]


def test_a_replaced_item_leaves_no_box_behind(store):
    store.write("p", None, [row("a")])
    before = store.write("p", None, [row("a", version="2", box=Bounds(5, 5, 6, 6)), row("b")])

    assert before == {"a"}
    assert names(store, store.find("p", [Bounds(0, 0, 1, 1)])) == ["b"]
    assert names(store, store.find("p", [Bounds(5, 5, 6, 6)])) == ["a"]


def test_a_change_that_fails_half_way_changes_nothing(store):
    def rows():
        yield row("a")
        raise RuntimeError("in the middle")

    before = store.revision()
    with pytest.raises(RuntimeError, match="in the middle"):
        store.write("p", None, rows())

    assert store.product_ids() == []
    assert store.revision() == before


def test_a_summary_unites_bands_in_the_order_of_time(store):
    boxes = {"x": Bounds(10, 0, 11, 1), "y": Bounds(20, 5, 21, 6)}
    store.write(
        "p", "mine", [row("y", 9, bands=("nir", "red", "a\nb"), box=boxes["y"]), row("x", 3, box=boxes["x"])]
    )
    summary = store.summary("p")

    assert summary.bands == ("red", "nir", "a\nb")
    assert (summary.description, summary.images, summary.start, summary.end) == ("mine", 2, 3, 9)
    assert summary.bounds == (10, 0, 21, 6)
    assert store.summary("q") is None


def test_a_product_that_was_removed_is_remembered_until_it_is_written_again(store):
    store.write("p", None, [row("a")])
    store.remove_product("p", remember=True)

    assert store.removed() == {"p"}
    assert store.find("p", [Bounds(0, 0, 1, 1)]) == []
    store.write("p", None, [])
    assert store.removed() == set()


def test_threads_write_and_read_at_once(store):
    def work(number: int) -> int:
        store.write(f"p{number % 3}", None, [row(f"{number}")])
        return len(store.find(f"p{number % 3}"))

    before = store.revision()
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(work, range(60)))

    assert all(count >= 1 for count in counts)
    assert [len(store.find(f"p{number}")) for number in range(3)] == [20, 20, 20]
    assert store.revision() == before + 60


WRITER = """
import sys
from pathlib import Path
from descartes_flow.catalog.store import Row, Store
from descartes_flow.geo import Bounds

store = Store(Path(sys.argv[1]))
for number in range(25):
    box = Bounds(number, 0, number + 1, 1)
    store.write("p", None, [Row(f"{sys.argv[2]}-{number}", number, "1", box, (box,), ("red",), "{}")])
store.close()
"""


def test_processes_that_begin_at_once_share_one_catalog(tmp_path):
    path = tmp_path / "catalog.sqlite"  # made by the first of them
    commands = [[sys.executable, "-c", WRITER, str(path), str(number)] for number in range(3)]
    writers = [subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE) for command in commands]
    errors = [writer.communicate(timeout=60)[1] for writer in writers]
    store = Store(path)

    assert errors == [b"", b"", b""]
    assert len(store.find("p", [Bounds(-1, -1, 99, 99)])) == 75
    store.close()


def test_a_change_by_another_process_is_seen_at_once(store):
    store.write("p", None, [row("mine")])
    before = store.revision()
    subprocess.run(
        [sys.executable, "-c", WRITER, str(store.path), "other"], cwd=REPOSITORY, check=True, timeout=60
    )

    assert store.revision() == before + 25
    assert len(store.find("p")) == 26


KILLED = """
import os, signal, sys
from pathlib import Path
from descartes_flow.catalog.store import Row, Store
from descartes_flow.geo import Bounds

def rows():
    box = Bounds(0, 0, 1, 1)
    yield Row("half", 0, "1", box, (box,), ("red",), "{}")
    os.kill(os.getpid(), signal.SIGKILL)

Store(Path(sys.argv[1])).write("p", "changed", rows())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
def test_a_process_that_is_killed_in_mid_change_leaves_the_catalog_as_it_was(store):
    store.write("p", "mine", [row("whole")])
    killed = subprocess.run([sys.executable, "-c", KILLED, str(store.path)], cwd=REPOSITORY, timeout=60)

    assert killed.returncode == -9
    assert names(store, store.find("p", [Bounds(0, 0, 1, 1)])) == ["whole"]
    assert store.summary("p").description == "mine"
    store.write("p", None, [row("later")])  # the lock went with the process


FORKER = """
import os, sys
from pathlib import Path
from descartes_flow.catalog.store import Store

store = Store(Path(sys.argv[1]))
store.write("parent", None, [])
if os.fork() == 0:
    store.write("child", None, [])
    os._exit(0 if store._database._idle else 1)
_, status = os.wait()
store.write("parent again", None, [])
sys.exit(status)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_uses_connections_of_its_own(store):
    subprocess.run([sys.executable, "-c", FORKER, str(store.path)], cwd=REPOSITORY, check=True, timeout=60)

    assert store.product_ids() == ["child", "parent", "parent again"]


def test_a_file_that_is_no_catalog_is_left_alone(tmp_path):
    path = tmp_path / "catalog.sqlite"
    path.write_text("a letter to a friend, long enough to be no header of a database at all" * 20)

    with pytest.raises(
        CatalogError, match=r"catalog\.sqlite' cannot be used: file is not a database; .*settings\.home"
    ):
        Store(path).revision()
    assert path.read_text().startswith("a letter")


def test_a_catalog_of_a_later_version_is_left_alone(store):
    store.revision()
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(CatalogError, match="has layout 99, this version of the package reads layout 1"):
        Store(store.path).revision()


def test_a_home_that_cannot_be_made_is_an_error_with_a_way_out(tmp_path: Path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CatalogError, match=r"folder .* cannot be made: .*settings\.home"):
        Store(tmp_path / "file" / "home" / "catalog.sqlite").revision()


def test_two_catalogs_are_never_at_the_same_revision(tmp_path):
    stores = [Store(tmp_path / str(number) / "catalog.sqlite") for number in range(4)]
    revisions = {store.revision() for store in stores}
    for store in stores:
        store.close()

    assert len(revisions) == 4
