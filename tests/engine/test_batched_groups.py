"""Functions of groups and of windows, evaluated once for all, give what one evaluation for each gives."""

import pytest

import descartes_flow as wf
from descartes_flow.engine.bind import Binder
from descartes_flow.engine.compute import compute_node, default_runner
from descartes_flow.engine.run import Runner
from tests.engine.batching import CALL, HERE, LENGTHS, both_ways, number, same
from tests.engine.batching import cols as cols
from tests.engine.programs import CountedReads, bound, steps_of

KEYS = {
    "a property": lambda img: img.properties["kind"],
    "each its own": number,
    "all one": lambda img: 7,
    "a date": lambda img: img.properties["date"].month % 2,
    "a tuple": lambda img: (img.properties["kind"], number(img) > 1),
    "pixels": lambda img: img.max(axis=None) > 4,
    "a list": lambda img: wf.List[wf.Str]([img.properties["kind"]]),
}

OF_GROUPS = {
    "composites": lambda key, imgs: imgs.mean(axis="images"),
    "composites of all bands": lambda key, imgs: imgs.max(axis=("images", "bands")),
    "medians": lambda key, imgs: imgs.median(axis="images").rename_bands("p", "q"),
    "mosaics": lambda key, imgs: imgs.mosaic(),
    "mosaics in reverse": lambda key, imgs: imgs.mosaic(reverse=True),
    "the images": lambda key, imgs: imgs,
    "bands reduced": lambda key, imgs: imgs.sum(axis="bands"),
    "less their mean": lambda key, imgs: imgs - imgs.mean(axis="images"),
    "masked by their mean": lambda key, imgs: imgs.mask(imgs.mean(axis="images").pick_bands("x") > 1),
    "scaled by their largest": lambda key, imgs: imgs / imgs.max(axis=None),
    "mapped": lambda key, imgs: imgs.map(lambda i: i * number(i)),
    "mapped with the group": lambda key, imgs: imgs.map(lambda i: i - imgs.min(axis="images")),
    "mapped and reduced": lambda key, imgs: imgs.map(lambda i: i + 1).std(axis="images"),
    "filtered": lambda key, imgs: imgs.filter(lambda i: number(i) > 0).count(axis="images"),
    "filtered by pixels": lambda key, imgs: imgs.filter(lambda i: i.min(axis=None) > 0),
    "filtered to nothing": lambda key, imgs: imgs.filter(lambda i: number(i) > 100).max(axis="images"),
    "the first": lambda key, imgs: imgs[0],
    "the last": lambda key, imgs: imgs[-1],
    "the first two": lambda key, imgs: imgs.head(2).sum(axis="images"),
    "all but the first": lambda key, imgs: imgs[1:].sum(axis="images"),
    "the last of those": lambda key, imgs: imgs.tail(1),
    "turned": lambda key, imgs: imgs.reversed(),
    "sorted": lambda key, imgs: imgs.sorted(lambda i: -number(i)).mosaic(),
    "sorted by pixels": lambda key, imgs: imgs.sorted(lambda i: i.max(axis=None))[0],
    "partitioned": lambda key, imgs: imgs.partition(1)[1],
    "joined": lambda key, imgs: imgs.concat(imgs.max(axis="images")),
    "joined bands": lambda key, imgs: imgs.concat_bands(imgs.max(axis="images").pick_bands("x")),
    "folded": lambda key, imgs: imgs.reduce(lambda a, b: a + b),
    "grouped again": lambda key, imgs: imgs.groupby(lambda i: number(i)).max(axis="images"),
    "windows": lambda key, imgs: imgs.map_window(lambda b, i, f: i),
    "counted": lambda key, imgs: imgs.length(),
    "bands counted": lambda key, imgs: imgs.filter(lambda i: number(i) > 1).nbands,
    "numbers of all": lambda key, imgs: imgs.map(number),
    "statistics of all": lambda key, imgs: imgs.map(lambda i: i.mean(axis=None)),
    "one statistic": lambda key, imgs: imgs.mean(axis=None),
    "statistics by band": lambda key, imgs: imgs.mean(axis=("images", "pixels")),
    "statistics by image": lambda key, imgs: imgs.sum(axis="pixels"),
    "a statistic of a mapped list": lambda key, imgs: imgs.map(number).reduce(lambda a, b: a + b),
    "a tuple": lambda key, imgs: (imgs.length(), imgs.max(axis=None), imgs.mean(axis="images")),
    "the key": lambda key, imgs: key,
    "properties": lambda key, imgs: imgs.properties,
    "bandinfo": lambda key, imgs: imgs.bandinfo,
    "properties of a composite": lambda key, imgs: imgs.max(axis="images").properties,
    "chosen by length": lambda key, imgs: wf.ifelse(imgs.length() > 1, imgs.max(axis="images"), imgs[0] * 0),
    "empty": lambda key, imgs: wf.ImageCollection([]),
    "sometimes empty": lambda key, imgs: imgs.filter(lambda i: number(i) == 2).mean(axis="images"),
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_batched_keys_equal_keys_image_by_image(cols, monkeypatch, key):
    for length in LENGTHS:
        groups = cols[length].groupby(key).groups

        batched, single = both_ways(groups.items(), monkeypatch)
        assert not isinstance(batched, str), batched
        assert same(batched, single)


@pytest.mark.parametrize("body", OF_GROUPS.values(), ids=OF_GROUPS)
def test_batched_groups_equal_groups_one_by_one(cols, monkeypatch, body):
    for length in LENGTHS:
        groups = cols[length].groupby(lambda img: img.properties["kind"])

        batched, single = both_ways(groups.map(body), monkeypatch)
        assert not isinstance(batched, str), batched
        assert same(batched, single), f"{length} images: {batched!r} is not {single!r}"


OF_WINDOWS = {
    "before": lambda back, img, fwd: back,
    "after": lambda back, img, fwd: fwd,
    "the image": lambda back, img, fwd: img,
    "less the mean before": lambda back, img, fwd: img - back.mean(axis="images"),
    "between": lambda back, img, fwd: (back.max(axis="images") + fwd.max(axis="images")) / 2 - img,
    "all together": lambda back, img, fwd: back.concat(img, fwd).median(axis="images"),
    "properties": lambda back, img, fwd: number(img) * 10 + number(back[0]),
    "statistics": lambda back, img, fwd: back.mean(axis=None) - img.mean(axis=None),
    "how many": lambda back, img, fwd: back.length() * 10 + fwd.length(),
    "filtered": lambda back, img, fwd: back.filter(lambda i: number(i) != 1).max(axis="images"),
}


@pytest.mark.parametrize("body", OF_WINDOWS.values(), ids=OF_WINDOWS)
def test_batched_windows_equal_windows_one_by_one(cols, monkeypatch, body):
    for sizes in ({"back": 1}, {"back": 1, "fwd": 2}, {"back": 2, "fwd": 1}):
        batched, single = both_ways(cols[4].map_window(body, **sizes), monkeypatch)

        assert not isinstance(batched, str), batched
        assert same(batched, single)


def calls_of(program, monkeypatch):
    """How often functions are evaluated while a program is bound."""
    calls = []
    monkeypatch.setattr(Binder, "call", lambda *args: calls.append(1) or CALL(*args))
    found = bound(program, HERE)
    return len(calls), found


def test_composites_of_groups_are_one_step_and_two_evaluations(cols, monkeypatch):
    program = cols[4].groupby(lambda img: img.properties["kind"]).median(axis="images")

    calls, found = calls_of(program, monkeypatch)
    assert calls == 2  # the key, and the function of a group
    assert steps_of(found.plan) == ["ReadBands", "median"]


def test_composites_of_windows_are_one_step_on_the_images_themselves(cols, monkeypatch):
    program = cols[4].map_window(lambda back, img, fwd: back.max(axis="images"), back=2)

    calls, found = calls_of(program, monkeypatch)
    assert calls == 1
    assert steps_of(found.plan) == ["ReadBands", "max"]
    assert found.plan.steps[0].images == 3  # the last image is before none


class CountedRuns:
    """How often a runner is asked to run a plan, and which bands it read."""

    def __init__(self, monkeypatch):
        self.reads = CountedReads()
        self.plans = []
        whole = Runner.run
        monkeypatch.setattr(Runner, "run", lambda *args: self.plans.append(args[1]) or whole(*args))

    def compute(self, program):
        return compute_node(program._node, HERE, Runner(self.reads, use_cache=False))


STATISTICS = {
    "mapped": lambda col: col.map(lambda img: img.mean(axis=None)),
    "mapped by band": lambda col: col.map(lambda img: img.mean(axis="pixels")),
    "mapped with a date": lambda col: col.map(lambda img: (img.properties["date"], img.max(axis=None))),
    "mapped arithmetic": lambda col: col.map(lambda img: img.max(axis=None) - img.min(axis=None) * 2),
    "folded": lambda col: col.map(lambda img: img.sum(axis=None)).reduce(lambda a, b: a + b),
    "of groups": lambda col: col.groupby(lambda img: img.properties["kind"]).max(),
}


@pytest.mark.parametrize("program", STATISTICS.values(), ids=STATISTICS)
def test_statistics_of_pixels_are_computed_together_in_one_run(cols, monkeypatch, program):
    runs = CountedRuns(monkeypatch)

    runs.compute(program(cols[4]))
    assert len(runs.plans) == 1
    assert len(runs.reads.bands) == 8  # four images of two bands, each once


DECIDING = {
    "filtered": lambda col: col.filter(lambda img: img.max(axis=None) > 4),
    "filtered, then listed": lambda col: col.filter(lambda img: img.max(axis=None) > 2).map(
        lambda img: img.max(axis=None)
    ),
    "grouped": lambda col: col.groupby(lambda img: img.mean(axis=None) > 1).max(axis="images"),
    "sorted": lambda col: col.sorted(lambda img: img.mean(axis=None)),
    "chosen": lambda col: wf.ifelse(col.max(axis=None) > 3, col, col * 2),
}


@pytest.mark.parametrize("program", DECIDING.values(), ids=DECIDING)
def test_statistics_that_decide_are_computed_in_one_run_before(cols, monkeypatch, program):
    runs = CountedRuns(monkeypatch)

    runs.compute(program(cols[4]))
    assert len(runs.plans) <= 2


def test_what_decided_is_not_computed_again(cols, monkeypatch):
    brightest = cols[4].filter(lambda img: img.max(axis=None) > 2).map(lambda img: img.max(axis=None))
    runs = CountedRuns(monkeypatch)

    assert runs.compute(brightest) == [5.0, 5.0, 5.0]  # 5, 5, 2, 5
    assert len(runs.reads.bands) == 8


def test_properties_alone_decide_without_a_pixel(cols):
    program = (
        cols[4].filter(lambda img: number(img) > 0).sorted(lambda img: -number(img)).groupby(dates="month")
    )

    reads = CountedReads()
    runner = default_runner()
    runner.read_band = reads
    assert compute_node(program.groups.keys()._node, HERE, runner) == [2, 3, 4]
    assert reads.bands == []
