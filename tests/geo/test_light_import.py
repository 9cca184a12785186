import json
import subprocess
import sys

import pytest

import descartes_flow.geo as geo

HEAVY = ["affine", "odc", "pyproj", "rasterio", "shapely"]


def test_importing_the_contexts_loads_no_heavy_library():
    program = f"""
import json, sys
from descartes_flow.geo import AOI, DLTile, Grid, Tile, XYZTile, tile_grid
grid = tile_grid(Tile(x=1, y=2, z=3)).window(0, 0, 10, 10)
grid.centre_x(), grid.key, list(grid.blocks(4))
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert json.loads(ran.stdout) == []


def test_heavy_modules_are_attributes_of_the_package():
    assert geo.crs.normalise_crs(4326) == "EPSG:4326"
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = geo.nonsense
