"""Which part of a picture a place shows, and in which sizes. Plain arithmetic."""

from typing import Any, NamedTuple

# Width over height; None shows the whole picture.
CROPS = {"whole": None, "wide": 16 / 9, "square": 1, "tall": 2 / 3, "share": 1200 / 630}
WIDTHS = [320, 640, 960, 1280, 1920]


class Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


def crop_box(width: int, height: int, ratio: float | None, focal_x: int, focal_y: int) -> tuple[Any, ...]:
    """
    The largest box of `ratio` in a picture, as near to centred on its focal point as fits.

    Focal point in percent; the box as (left, top, right, bottom) in pixels.
    """
    if ratio is None:
        return (0, 0, width, height)
    box_width = min(width, height * ratio)
    box_height = box_width / ratio
    left = min(max(width * focal_x / 100 - box_width / 2, 0), width - box_width)
    top = min(max(height * focal_y / 100 - box_height / 2, 0), height - box_height)
    return (left, top, left + box_width, top + box_height)


def sizes_of(width: int, height: int, crop: str) -> list[Size]:
    """The sizes a crop is served in: never larger than the picture, and always one."""
    left, top, right, bottom = crop_box(width, height, CROPS[crop], 50, 50)
    ratio, widest = (right - left) / (bottom - top), round(right - left)
    widths = [step for step in WIDTHS if step < widest] or []
    if widest <= WIDTHS[-1]:
        widths.append(widest)
    else:
        widths = WIDTHS
    return [Size(step, max(1, round(step / ratio))) for step in widths]
