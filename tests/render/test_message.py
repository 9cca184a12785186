import io

import numpy as np
import pytest
from PIL import Image, ImageFont

from descartes_flow.render import message_tile
from descartes_flow.render.message import INK, wrapped

FONT = ImageFont.load_default(13)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


def test_a_message_is_a_tile_with_a_card_in_the_middle_and_nothing_around_it():
    tile = pixels(message_tile("Zoom in", "This tile would read 1,240 scenes."))

    assert tile.shape == (256, 256, 4)
    assert tile[0, :, 3].max() == tile[:, 255, 3].max() == 0
    assert tile[200, 128, 3] > 200


def test_letters_stand_out_from_the_card():
    tile = pixels(message_tile("Zoom in", "This tile would read 1,240 scenes."))
    ink = (tile[..., :3] == INK[:3]).all(axis=-1)

    assert ink.sum() > 100
    assert tile[200, 128, :3].astype(int).min() - max(INK[:3]) > 150


def test_a_longer_text_fills_more_of_the_card_and_never_leaves_it():
    tile = pixels(message_tile("Failed", "a reason and its explanation, " * 100))
    empty = pixels(message_tile("", ""))
    changed = (tile != empty).any(axis=-1)
    rows, columns = np.nonzero(changed)

    assert rows.max() > 200
    assert (columns >= 20).all() and (columns < 236).all()
    assert (rows >= 20).all() and (rows < 236).all()


def test_lines_are_broken_at_spaces_and_no_wider_than_asked():
    lines = wrapped("one two three four five six seven", FONT, 80)

    assert " ".join(lines) == "one two three four five six seven"
    assert len(lines) > 2
    assert all(FONT.getlength(line) <= 80 for line in lines)


def test_a_word_wider_than_the_card_is_broken_inside():
    lines = wrapped("see " + "x" * 100, FONT, 80)

    assert lines[0] == "see"
    assert "".join(lines[1:]) == "x" * 100
    assert all(FONT.getlength(line) <= 80 for line in lines)


def test_lines_of_the_message_stay_lines():
    assert wrapped("first\n\nthird", FONT, 80) == ["first", "", "third"]


def test_letters_that_the_font_lacks_are_replaced():
    assert wrapped("d\u00e9j\u00e0 \u6f22", FONT, 80) == ["deja ?"]


def test_a_tile_can_be_larger_but_not_too_small_to_read():
    assert pixels(message_tile("Zoom in", size=512)).shape == (512, 512, 4)
    with pytest.raises(ValueError, match=r"message_tile\(size=\): expected at least 128 pixels, got 64"):
        message_tile("Zoom in", size=64)
