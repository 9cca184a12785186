"""Layers as files, read again by rasterio and Pillow."""

import os

import numpy as np
import pytest
import rasterio
import tifffile
from PIL import Image as Pillow

import descartes_flow as wf
from descartes_flow.colour import Style
from descartes_flow.geo import AOI
from descartes_flow.io.drafts import draft
from descartes_flow.io.geotiff import stored
from descartes_flow.render.saving import save_image
from tests.scenes import LEFT, NAN, TOP, area
from tests.scenes import scenes as scenes

GREY = Style(((0, 1),))


@pytest.fixture
def image(scenes):
    """Two bands of 2 x 3 pixels, one of them hidden in the first band."""
    return scenes.image("s", {"a": [[0.25, 0.5, NAN], [1.0, 2.0, -1.0]], "b": [[1.0] * 3, [3.5] * 3]})


def save(path, image, context=None, *, overwrite=False):
    return save_image(path, image._node, context or area(2, 3), GREY, overwrite=overwrite)


def test_a_geotiff_holds_the_values(image, tmp_path):
    path = save(tmp_path / "a.tif", image)
    with rasterio.open(path) as dataset:
        a, b = dataset.read(masked=True)
        lies = dataset.crs.to_epsg(), tuple(dataset.transform)[:6]
        said = dataset.descriptions, dataset.dtypes, dataset.nodata

    assert a.tolist() == [[0.25, 0.5, None], [1.0, 2.0, -1.0]]
    assert b.tolist() == [[1.0] * 3, [3.5] * 3]
    assert lies == (32633, (10.0, 0.0, LEFT, 0.0, -10.0, TOP))
    assert said == (("a", "b"), ("float64", "float64"), pytest.approx(NAN, nan_ok=True))


def test_what_is_computed_is_saved(image, tmp_path):
    bounds = (LEFT - 25, TOP - 40, LEFT + 50, TOP + 5)
    context = AOI(bounds=bounds, bounds_crs="EPSG:32633", crs="EPSG:3857", resolution=3)
    computed = image.compute(context)
    with rasterio.open(save(tmp_path / "a.tiff", image, context)) as dataset:
        read = dataset.read(masked=True)
        transform = dataset.transform.to_gdal()

    assert read.shape == computed.ndarray.shape
    np.testing.assert_array_equal(np.ma.getmaskarray(read), np.ma.getmaskarray(computed.ndarray))
    np.testing.assert_array_equal(read.compressed(), computed.ndarray.compressed())
    assert transform == computed.geocontext["gdal_geotrans"]


def test_a_large_one_is_cloud_optimized(scenes, tmp_path):
    image = scenes.image("s", {"red": np.arange(600 * 600.0).reshape(600, 600)})
    path = save(tmp_path / "a.tif", image, area(600, 600))
    with tifffile.TiffFile(path) as file:
        sides = [page.shape[-1] for page in file.pages]
        headers = [page.offset for page in file.pages]
        data = [min(page.dataoffsets) for page in file.pages]
        tiled = [page.is_tiled for page in file.pages]

    assert (sides, tiled) == ([600, 300, 150], [True] * 3)
    assert max(headers) < min(data)


def test_truth_becomes_0_and_1(image, tmp_path):
    with rasterio.open(save(tmp_path / "a.tif", image.pick_bands("a") > 0.4)) as dataset:
        read, nodata = dataset.read(1, masked=True), dataset.nodata

    assert (read.dtype, nodata) == (np.uint8, 255)
    assert read.tolist() == [[0, 1, None], [1, 1, 0]]


@pytest.mark.parametrize(
    ("values", "nodata"),
    [
        (np.array([3, 4], np.uint8), 255),
        (np.array([255, 4], np.uint8), 0),
        (np.array([32767, 4], np.int16), -32768),
        (np.array([3, 4], np.int64), -(2**63)),
        (np.array([True, False]), 255),
    ],
)
def test_hidden_whole_numbers_have_one_that_nobody_else_has(values, nodata):
    data = np.array([[[*values, values[1]]]])
    saved, found = stored(data, np.array([[[False, False, True]]]))

    assert found == nodata
    assert saved[0, 0].tolist() == [*values.astype(saved.dtype).tolist(), nodata]


def test_whole_numbers_that_use_up_their_type_become_floats():
    data = np.arange(257, dtype=np.uint16).reshape(1, 1, 257).astype(np.uint8)
    saved, nodata = stored(data, np.arange(257).reshape(1, 1, 257) == 256)

    assert (saved.dtype, np.isnan(nodata)) == (np.float32, True)
    assert saved[0, 0, :256].tolist() == list(range(256))
    assert np.isnan(saved[0, 0, 256])


def test_whole_numbers_without_hidden_pixels_stay_as_they_are():
    data = np.array([[[0, 255]]], np.uint8)

    assert stored(data, None)[1] is None
    assert stored(data, np.zeros((1, 1, 1), bool))[0].tolist() == [[[0, 255]]]


def test_a_mask_of_one_band_hides_all():
    saved, _ = stored(np.ones((2, 1, 2)), np.array([[[False, True]]]))

    assert np.isnan(saved[:, 0, 1]).tolist() == [True, True]


def test_a_png_holds_the_colours(image, tmp_path):
    picture = Pillow.open(save(tmp_path / "a.png", image.pick_bands("a")))

    assert np.asarray(picture)[..., 0].tolist() == [[64, 128, 168], [255, 255, 0]]


@pytest.mark.parametrize("name", ["a.tif", "a.png"])
def test_a_file_that_is_there_stays_unless_one_says_so(name, image, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        save(path, image.pick_bands("a"))
    kept = path.read_bytes()
    save(path, image.pick_bands("a"), overwrite=True)

    assert kept == b"mine"
    assert path.stat().st_size > 60
    assert list(tmp_path.glob(".*")) == []


def test_a_name_says_what_is_saved(image, tmp_path):
    with pytest.raises(ValueError, match=r"save\(path=\): expected a name that ends in one of .*a.jpg"):
        save(tmp_path / "a.jpg", image)


def test_folders_are_not_made(image, tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        save(tmp_path / "new" / "a.tif", image)


def test_nothing_is_left_of_a_file_that_fails(scenes, tmp_path):
    four = scenes.image("four", {name: [[1.0] * 3] * 2 for name in "abcd"})
    with pytest.raises(ValueError, match="at most 3 bands"):
        save(tmp_path / "a.png", four)

    assert list(tmp_path.glob("*.png")) == []


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), draft(path) as written:
        written.write_text("half")
        raise ZeroDivisionError
    failed = path.read_text()
    with draft(path) as written:
        written.write_text("after")

    assert (failed, path.read_text()) == ("before", "after")
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_image_has_no_values(tmp_path, scenes):
    scenes.add("s", {"a": [[1.0]]})
    none = wf.ImageCollection.from_id("test", "1990-01-01", "1991-01-01").mosaic()
    with pytest.raises(ValueError, match="the image is empty"):
        save(tmp_path / "a.tif", none)


def test_a_link_to_nowhere_is_there(image, tmp_path):
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "a.tif"
    link.symlink_to(folder / "b.tif")

    with pytest.raises(FileExistsError, match="overwrite=True"):
        save(link, image)
    save(link, image, overwrite=True)
    assert [(file.name, file.is_symlink()) for file in folder.iterdir()] == [("a.tif", False)]


@pytest.mark.parametrize("path", [None, 5, b"a.tif"])
def test_a_path_is_a_text_or_a_path(path, image):
    with pytest.raises(TypeError, match=r"save\(path=\): expected a path, got"):
        save(path, image)


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="without a folder in which nobody writes")
@pytest.mark.parametrize("name", ["a.tif", "a.png"])
def test_a_folder_in_which_nobody_writes_is_told(name, image):
    with pytest.raises(OSError, match=rf"/proc/{name}.*cannot be written"):
        save(f"/proc/{name}", image.pick_bands("a"))
