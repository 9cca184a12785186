import pytest

from descartes_flow.geo.positions import Position


@pytest.mark.parametrize(
    "text",
    [
        "35.687, -105.938",
        "35.687 -105.938",
        " 35.687 ;-105.938 ",
        "+35.687,\N{MINUS SIGN}105.938",
        "105.938W 35.687N",
        "35.687n, 105.938w",
        "N 35.687 W 105.938",
        "35.687\N{DEGREE SIGN} N, 105.938\N{DEGREE SIGN} W",
        "105.938W, 35.687",
        "35.687, 105.938W",
    ],
)
def test_a_position_may_be_written_in_many_ways(text):
    assert Position.parse(text) == (35.687, -105.938)


def test_letters_of_south_and_east():
    assert Position.parse("12.5S 0.25E") == (-12.5, 0.25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "35.687",
        "357",
        "35,687 -105,938",
        "north",
        "1 2 3",
        "35N 36N",
        "10E 20W",
        "-35S 10E",
        "N35N 10E",
        "1e3 2",
    ],
)
def test_what_is_no_position_is_refused(text):
    with pytest.raises(ValueError, match="expected latitude, longitude, such as"):
        Position.parse(text)


def test_longitude_first_is_answered_with_what_may_be_meant():
    with pytest.raises(ValueError, match=r"latitude comes first and is at most 90; meant 35.687, -105.938\?"):
        Position.parse("-105.938, 35.687")


@pytest.mark.parametrize("text", ["91S 10E", "10N 181E", "100, 200"])
def test_there_is_nothing_beyond_the_poles_or_the_antimeridian(text):
    with pytest.raises(ValueError, match=r"-90 \.\. 90"):
        Position.parse(text)


@pytest.mark.parametrize(
    ("lon", "text"),
    [(-105.93784, "35.6870, -105.9378"), (254.06216, "35.6870, -105.9378"), (-180, "35.6870, -180.0000")],
)
def test_as_text_it_lies_within_one_world(lon, text):
    assert str(Position(35.687, lon)) == text
