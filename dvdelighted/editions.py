"""The comparison of the editions of one film: a row for each fact, a column for each edition."""

from collections.abc import Callable, Iterable, Mapping

from dvdelighted.models import DiscReview
from films.models import Release
from magazine.templatetags.magazine import date_line


def comparison_rows(
    releases: Iterable[Release], reviews: Mapping[int, DiscReview]
) -> list[tuple[str, list[str]]]:
    """
    The rows of the comparison, as (fact, its value for each edition), without facts that no edition states.

    `reviews` are disc reviews by the primary key of the edition.
    """
    rows = [(fact, [value(release) for release in releases]) for fact, value in COMPARED_FACTS.items()]
    rows += [
        (part, [_rating_text(reviews.get(release.pk), part) for release in releases])
        for part in COMPARED_RATINGS
    ]
    return [(fact, values) for fact, values in rows if any(values)]


COMPARED_RATINGS = ["Picture", "Sound", "Extras"]
COMPARED_FACTS: dict[str, Callable[[Release], str]] = {
    "Street date": lambda release: date_line(release.street_date) if release.street_date else "",
    "From": lambda release: release.distributor,
    "Region": lambda release: release.region,
    "Discs": lambda release: str(release.discs or ""),
    "Running time": lambda release: f"{release.runtime} min" if release.runtime else "",
    "Aspect ratio": lambda release: release.aspect_ratio,
    "Picture source": lambda release: release.picture,
    "Sound track": lambda release: release.sound,
    "Subtitles": lambda release: release.subtitles,
    "Extras on it": lambda release: "; ".join(release.extras_list),
    "List price": lambda release: f"${release.list_price}" if release.list_price else "",
}


def _rating_text(review: DiscReview | None, part: str) -> str:
    halves = dict(review.scores).get(part) if review else None
    return f"{halves / 2:g} of 5" if halves else ""
