"""
schema.org data of pages, for search engines: one function for each kind of subject.

Every value is also printed on the page. A piece without a rating has none here, authors are people with
names, and nothing comes from inside a spoiler.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.urls import reverse

from films.models import Film, Person
from magazine.sections import Section, find_section
from photos.models import Photo

if TYPE_CHECKING:
    from magazine.models import Article, Contributor

type JsonLd = dict[str, Any]

PUBLISHER = {
    "@type": "Organization",
    "name": "cinemaCLIPS",
    "url": f"{settings.SITE_URL}/",
    "logo": {"@type": "ImageObject", "url": f"{settings.SITE_URL}{settings.STATIC_URL}img/icon-512.png"},
}


def absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def without_empty(**fields: Any) -> JsonLd:
    """The fields that have a value; `at_type` stands for `@type`."""
    return {
        name.replace("at_", "@"): value for name, value in fields.items() if value not in (None, "", [], {})
    }


def contributor_data(contributor: "Contributor") -> JsonLd:
    return without_empty(
        at_type="Person", name=contributor.name, url=absolute_url(contributor.get_absolute_url()),
        jobTitle=contributor.title,
    )  # fmt: skip


def person_data(person: Person) -> JsonLd:
    """Somebody with a credit on a film, or who is mentioned in a piece."""
    return without_empty(
        at_type="Person", name=person.name, url=absolute_url(person.get_absolute_url()),
        birthDate=str(person.born or ""), deathDate=str(person.died or ""),
        sameAs=f"https://www.imdb.com/name/{person.imdb_id}/" if person.imdb_id else "",
        image=image_data(person.usable_portrait) if person.usable_portrait else None,
    )  # fmt: skip


def movie_data(film: Film, directors: Iterable[Person] = ()) -> JsonLd:
    return without_empty(
        at_type="Movie", name=film.title, alternateName=film.original_title,
        url=absolute_url(film.get_absolute_url()), dateCreated=str(film.year or ""),
        duration=f"PT{film.runtime}M" if film.runtime else "",
        director=[{"@type": "Person", "name": person.name} for person in directors],
        countryOfOrigin=[{"@type": "Country", "name": name} for name in film.countries.split(", ") if name],
        sameAs=f"https://www.imdb.com/title/{film.imdb_id}/" if film.imdb_id else "",
        image=image_data(film.usable_poster) if film.usable_poster else None,
    )  # fmt: skip


def rating_data(half_stars: int | None) -> JsonLd | None:
    """A rating with its scale; None where there is no rating, which is not the same as zero."""
    if not half_stars:
        return None
    return {"@type": "Rating", "ratingValue": half_stars / 2, "bestRating": 5, "worstRating": 0.5}


def image_data(photo: Photo) -> JsonLd:
    """A picture with its credit and licence."""
    size = photo.sizes("whole")[-1]
    return without_empty(
        at_type="ImageObject", contentUrl=absolute_url(photo.url("whole", size.width, "webp")),
        width=size.width, height=size.height, caption=photo.caption or photo.alt, creditText=photo.credit,
        creator={"@type": "Person", "name": photo.credit}, copyrightNotice=photo.copyright,
        license=photo.licence, acquireLicensePage=absolute_url(reverse("press:list")),
    )  # fmt: skip


def article_data(article: "Article", kind: str = "Article") -> JsonLd:
    """The data that every piece has; sections choose the type and add their own fields."""
    authors = [contributor_data(author) for author in article.authors]
    return without_empty(
        at_type=kind, headline=article.title[:110], description=article.description,
        url=absolute_url(article.get_absolute_url()),
        mainEntityOfPage=absolute_url(article.get_absolute_url()),
        datePublished=article.published_at.isoformat() if article.published_at else "",
        dateModified=max(article.updated_at, article.published_at or article.updated_at).isoformat(),
        author=authors or [PUBLISHER], publisher=PUBLISHER, inLanguage=settings.LANGUAGE_CODE,
        keywords=[tag["name"] for tag in getattr(article, "tag_rows", [])],
        correction=[_correction_data(row) for row in getattr(article, "correction_rows", [])],
        about=movie_data(article.film) if article.film else None,
    )  # fmt: skip


def _correction_data(correction: dict[str, Any]) -> JsonLd:
    before = correction["before"] and f"“{correction['before']}” is now"
    text = " ".join(filter(None, [before, correction["after"], correction["note"]]))
    return {"@type": "CorrectionComment", "text": text, "datePublished": correction["corrected_at"]}


def breadcrumbs(*steps: tuple[str, str]) -> JsonLd:
    """The breadcrumbs of a page: the front page, then `steps` as (name, path) pairs."""
    trail = [("cinemaCLIPS", "/"), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute_url(path)}
            for position, (name, path) in enumerate(trail, 1)
        ],
    }


def breadcrumb_steps(article: "Article") -> tuple[tuple[str, str], tuple[str, str]]:
    """The steps that follow the front page: the section and the piece."""
    section = cast(Section, find_section(article.section))
    return (section.nav_label, reverse(section.first_page)), (article.title, article.get_absolute_url())


def site_data(_: object) -> JsonLd:
    """The magazine and its search, for the front page. Takes an argument only because all others do."""
    search = absolute_url(reverse("search"))
    return {
        "@type": "WebSite",
        "name": "cinemaCLIPS",
        "url": absolute_url("/"),
        "publisher": PUBLISHER,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
