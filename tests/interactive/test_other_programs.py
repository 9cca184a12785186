"""What other programs see of a layer: GDAL stands for them all."""

import numpy as np
import pytest
import rasterio
import rasterio.windows

from descartes_flow.geo import Tile, tile_grid
from tests.interactive.conftest import INSIDE, colour, eventually, fetch


@pytest.fixture
def gradient(scenes):
    """An Image that grows from west to east."""
    return scenes.image("gradient", {"a": np.tile(np.linspace(0, 1, 40), (40, 1))}, pixel=5_000.0)


def test_gdal_reads_the_wmts(gradient, croatia):
    layer = gradient.visualize("NDVI, 1 & more", scales=[0, 1], colormap="viridis", map=croatia)
    bounds = tile_grid(Tile(x=INSIDE.x, y=INSIDE.y, z=INSIDE.z)).bounds
    with rasterio.open(f"WMTS:{layer.wmts_url()},zoom_level={INSIDE.z}") as dataset:
        window = dataset.window(*bounds).round_offsets().round_lengths()
        read = dataset.read(window=window)
        crs = dataset.crs

    assert crs.to_epsg() == 3857
    assert read.shape == (4, 256, 256)
    np.testing.assert_array_equal(np.moveaxis(read, 0, -1), fetch(layer.url))


def test_gdal_reads_the_tiles(gradient, croatia):
    layer = gradient.visualize("NDVI", scales=[0, 1], colormap="viridis", map=croatia)
    edge = 20037508.342789244
    url = layer.xyz_url().replace("{z}/{x}/{y}", "${z}/${x}/${y}")
    description = f"""<GDAL_WMS><Service name="TMS"><ServerUrl>{url}</ServerUrl></Service>
        <DataWindow><UpperLeftX>-{edge}</UpperLeftX><UpperLeftY>{edge}</UpperLeftY>
        <LowerRightX>{edge}</LowerRightX><LowerRightY>-{edge}</LowerRightY><TileLevel>{INSIDE.z}</TileLevel>
        <TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow>
        <Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>
        <BandsCount>4</BandsCount></GDAL_WMS>"""
    with rasterio.open(description) as dataset:
        read = dataset.read(window=rasterio.windows.Window(256 * INSIDE.x, 256 * INSIDE.y, 256, 256))

    np.testing.assert_array_equal(np.moveaxis(read, 0, -1), fetch(layer.url))


def test_the_address_stays_while_the_layer_changes(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    before = layer.xyz_url(), layer.url
    first = np.unique(fetch(layer.xyz_url()))
    layer.set_scales([0, 2])
    eventually(lambda: layer.url != before[1])

    assert layer.xyz_url() == before[0]
    assert first.tolist() == [102, 255]
    assert np.unique(fetch(layer.xyz_url())).tolist() == [51, 255]
    assert colour(layer) == (51, 51, 51, 255)
