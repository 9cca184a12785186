import numpy as np
import pytest
import rasterio
from PIL import Image as Pillow

import descartes_flow as wf
from descartes_flow.interactive.view import ASSUMED_SIZE
from tests.scenes import area


def test_a_layer_is_saved_as_the_map_shows_it(flat, croatia, tmp_path):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], colormap="Greys", map=croatia)
    values, colours = layer.save(tmp_path / "a.tif"), layer.save(str(tmp_path / "a.png"))
    with rasterio.open(values) as dataset:
        size, crs, bounds = (dataset.width, dataset.height), dataset.crs.to_epsg(), dataset.bounds
        middle = dataset.read(1)[200, 480]
    with Pillow.open(colours) as picture:
        seen = picture.size, picture.mode
    context = croatia.view_context().grid().bounds

    assert (size, crs, middle) == (ASSUMED_SIZE, 3857, 0.4)
    np.testing.assert_allclose(bounds, context)
    assert seen == (ASSUMED_SIZE, "RGBA")


def test_an_area_can_be_given(flat, croatia, tmp_path):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    with rasterio.open(layer.save(tmp_path / "a.tif", area(4, 3))) as dataset:
        assert (dataset.shape, dataset.crs.to_epsg()) == ((4, 3), 32633)


def test_parameters_have_their_present_values(flat, croatia, tmp_path):
    image = flat(a=0.4) * wf.parameter("by", wf.Float)
    layer = image.visualize("a", scales=[0, 1], map=croatia, by=1.0)
    layer.parameters.by = 2.0
    with rasterio.open(layer.save(tmp_path / "a.tif", area(1, 1))) as dataset:
        assert dataset.read().tolist() == [[[0.8]]]


def test_a_layer_without_a_value_is_not_saved(flat, croatia, tmp_path):
    picked = wf.widgets.image("picked_to_save", map=croatia)
    layer = (flat(a=0.4) + picked).visualize("a", scales=[0, 1], map=croatia)
    with pytest.raises(ValueError, match="a parameter of 'a' has no value"):
        layer.save(tmp_path / "a.tif")
