"""Computes the part of a photo that each crop shows, and its sizes."""

from typing import Any, NamedTuple

# Width over height; None shows the whole picture.
CROPS = {"whole": None, "wide": 16 / 9, "square": 1, "tall": 2 / 3, "share": 1200 / 630}
WIDTHS = [320, 640, 960, 1280, 1920]


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


def crop_box(width: int, height: int, ratio: float | None, focal_x: int, focal_y: int) -> tuple[Any, ...]:
    """
    The largest box with `ratio` in a photo, centred on the focal point as nearly as possible.

    The focal point is in percent. Returns (left, top, right, bottom) in pixels.
    """
    if ratio is None:
        return (0, 0, width, height)
    box_width = min(width, height * ratio)
    box_height = box_width / ratio
    left = min(max(width * focal_x / 100 - box_width / 2, 0), width - box_width)
    top = min(max(height * focal_y / 100 - box_height / 2, 0), height - box_height)
    return (left, top, left + box_width, top + box_height)


def sizes_of(width: int, height: int, crop: str) -> list[Size]:
    """The sizes in which a crop is served: none larger than the photo, and at least one."""
    left, top, right, bottom = crop_box(width, height, CROPS[crop], 50, 50)
    ratio, widest = (right - left) / (bottom - top), round(right - left)
    widths = [step for step in WIDTHS if step < widest] or []
    if widest <= WIDTHS[-1]:
        widths.append(widest)
    else:
        widths = WIDTHS
    return [Size(step, max(1, round(step / ratio))) for step in widths]
