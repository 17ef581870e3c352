import pytest
from hypothesis import given
from hypothesis import strategies as st

from photos.crops import CROPS, WIDTHS, crop_box, sizes_of

SIDES, PERCENT = st.integers(40, 4096), st.integers(0, 100)
RATIOS = st.sampled_from([ratio for ratio in CROPS.values() if ratio])


@given(SIDES, SIDES, RATIOS, PERCENT, PERCENT)
def test_the_crop_box_lies_inside_and_contains_the_focal_point(width, height, ratio, x, y):
    left, top, right, bottom = crop_box(width, height, ratio, x, y)

    assert left >= -0.01 and top >= -0.01 and right <= width + 0.01 and bottom <= height + 0.01
    assert (right - left) / (bottom - top) == pytest.approx(ratio)
    assert left - 0.01 <= width * x / 100 <= right + 0.01
    assert top - 0.01 <= height * y / 100 <= bottom + 0.01


def test_a_crop_without_a_ratio_is_the_whole_picture():
    assert crop_box(640, 400, None, 0, 0) == (0, 0, 640, 400)


@given(SIDES, SIDES, st.sampled_from(list(CROPS)))
def test_sizes_are_never_enlarged_and_never_empty(width, height, crop):
    sizes = sizes_of(width, height, crop)

    assert sizes and all(size.height >= 1 for size in sizes)
    assert max(size.width for size in sizes) <= max(width, 1)
    assert [size.width for size in sizes] == sorted({size.width for size in sizes})


def test_a_large_picture_has_all_sizes():
    assert [size.width for size in sizes_of(4000, 3000, "wide")] == WIDTHS
