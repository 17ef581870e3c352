"""The editions of one film side by side: one row a fact, one column an edition."""

from magazine.templatetags.magazine import date_line


def comparison_rows(releases, reviews):
    """
    (fact, values) rows over `releases`, in their order; a fact that no edition states is left out.

    `reviews` are disc reviews by the pk of the edition.
    """
    rows = [(fact, [value(release) for release in releases]) for fact, value in COMPARED_FACTS.items()]
    rows += [
        (part, [_rating_text(reviews.get(release.pk), part) for release in releases])
        for part in COMPARED_RATINGS
    ]
    return [(fact, values) for fact, values in rows if any(values)]


COMPARED_RATINGS = ["Picture", "Sound", "Extras"]
COMPARED_FACTS = {
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


def _rating_text(review, part):
    halves = dict(review.scores).get(part) if review else None
    return f"{halves / 2:g} of 5" if halves else ""
