"""Whatever colour a clinic chooses, white words on it and it on white can be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clinic_app.services.colour import ENOUGH, contrast_on_white, dark_enough, deeper

channels = st.tuples(*[st.integers(0, 255)] * 3)
colours = st.builds(lambda parts: "#{:02x}{:02X}{:02x}".format(*parts), channels)


@given(colours)
@example("#ffffff")
@example("#FFFF00")
@example("#000000")
@example("#767676")
def test_every_colour_becomes_readable(colour: str) -> None:
    printed = dark_enough(colour)
    assert contrast_on_white(printed) >= ENOUGH == 7.0
    assert dark_enough(printed) == printed


@given(colours)
def test_a_readable_colour_is_left_alone(colour: str) -> None:
    if contrast_on_white(colour) >= ENOUGH:
        assert dark_enough(colour) == colour.upper()


@given(colours)
def test_it_gets_no_darker_than_needed_and_keeps_its_hue(colour: str) -> None:
    printed = dark_enough(colour)
    if printed == colour.upper():
        return
    assert contrast_on_white(printed) < ENOUGH * 1.15
    before, after = _hls(colour), _hls(printed)
    if before[2] > 0.3:
        turn = abs(before[0] - after[0])
        assert min(turn, 1 - turn) < 0.05


@given(colours)
def test_the_deeper_shade_is_at_least_as_readable(colour: str) -> None:
    assert contrast_on_white(deeper(colour)) >= contrast_on_white(colour)


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # Ratios of three well-known greys and the ends of the scale (WCAG 2.2, definition of contrast ratio).
    [("#FFFFFF", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#595959", 7.0), ("#0000ff", 8.59)],
)
def test_the_ratio_is_the_one_of_the_standard(colour: str, ratio: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    "written", ["", "red", "#fff", "#12345", "#1234567", "123456", "#12345g", "#123456\n", "#٣٣٣٣٣٣"]
)
def test_what_is_no_colour_is_refused(written: str) -> None:
    for function in (contrast_on_white, dark_enough, deeper):
        with pytest.raises(ValueError, match="is not a colour"):
            function(written)


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))
