"""Template tags that print photos."""

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from photos.models import Photo

register = template.Library()
COLUMN = "(min-width: 48rem) 41rem, 100vw"


@register.inclusion_tag("photos/partials/picture.html")
def picture(
    photo: "Photo", crop: str = "whole", sizes: str = "100vw", *, eager: bool = False, alt: str | None = None
) -> dict[str, Any]:
    """
    A <picture> in AVIF and WebP, with width and height, and with the mean colour shown until it has loaded.

    `eager` is for the one photo at the top of a page. `alt` replaces the photo's own alternative text, where
    that would give something away; "" is for a photo that the text next to it describes.
    """
    available, url_prefix = photo.sizes(crop), photo.url_prefix(crop)
    fallback = min(available, key=lambda size: abs(size.width - 640))
    return {
        "colour": photo.colour,
        "sizes": sizes,
        "eager": eager,
        "alt": photo.alt if alt is None else alt,
        "size": fallback,
        "src": f"{url_prefix}{fallback.width}.webp",
        "sources": [
            (kind, ", ".join(f"{url_prefix}{size.width}.{kind} {size.width}w" for size in available))
            for kind in ("avif", "webp")
        ],
    }


@register.inclusion_tag("photos/partials/figure.html")
def figure(
    photo: "Photo", crop: str = "whole", sizes: str = COLUMN, *, eager: bool = False
) -> dict[str, Any]:
    """A photo with its caption and credit."""
    return {"photo": photo, "crop": crop, "sizes": sizes, "eager": eager}
