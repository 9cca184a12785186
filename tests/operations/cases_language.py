"""Cases of the operations of imagery that every program uses: bands, arithmetic, masks."""

from tests.operations.case import NIR, RED, Case

CASES = [
    Case("add", "img + 1", {"red": [[2, 3, 4], [5, None, 7]], "nir": [[11, 21, 31], [41, 51, None]]}),
    Case(
        "add",
        "img.pick_bands('red') + col.pick_bands('red')",
        [
            {"red": [[2, 4, 6], [8, None, 12]]},
            {"red": [[3, 4, 5], [6, None, 8]]},
            {"red": [[1, None, 8], [11, None, 15]]},
        ],
    ),
    Case("gt", "img.pick_bands('red') > 2", {"red": [[False, False, True], [True, None, True]]}),
    Case("pick_bands", "img.pick_bands('nir red')", {"nir": NIR, "red": RED}),
    Case("pick_bands", "none.pick_bands('nir')", None),
    Case("max", "img.max(axis=None)", 50.0, local=False),
    Case("max", "img.max(axis='pixels')", {"red": 6.0, "nir": 50.0}, local=False),
    Case("ImageCollection.from_images", "nothing", []),
    Case("tuple", "wf.Tuple[wf.Int, wf.Float]((1, float('nan')))", (1, float("nan"))),
]
