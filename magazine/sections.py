"""
The base class of a section's declaration, and the registry of sections.

Each section has a module `section.py` with a subclass of `Section`, decorated with `@register`. These modules
are found at start, as Django finds `admin.py`. Code outside the sections names no section; it calls
`sections()` and uses what they declare.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import Prefetch
from django.urls import URLPattern

from magazine.desk_notices import DeskNotice
from magazine.page_blocks import FRONT, Block, place_blocks

if TYPE_CHECKING:
    from films.models import Film, Person
    from magazine.models import Article, Contributor
    from magazine.record_feeds import RecordFeed

CONTRIBUTOR, EDITOR = "contributor", "editor"
CONTEST_MANAGER, ADMINISTRATOR = "contest manager", "administrator"

# Actions on a model, for `Section.permissions`.
EVERYTHING = ("add", "change", "delete", "view")
WRITING = ("add", "change", "view")
VIEWING = ("view",)

type Permissions = Mapping[str, Mapping[str, Sequence[str]]]


class RecordSitemap(NamedTuple):
    """
    A sitemap of records that are no pieces.

    `records` returns them in a stable order; `photo_attribute` names their attribute with a usable photo,
    `changed` their column with the time of the last change. Sitemaps are indexed by `position`.
    """

    name: str
    records: Callable[[], models.QuerySet]
    photo_attribute: str = ""
    changed: str = ""
    position: int = 100


class CalendarLink(NamedTuple):
    """An iCalendar file that the page of feeds lists, by `position`."""

    label: str
    view: str
    position: int = 100


class Section:
    """
    The declaration of one section. A subclass overrides what it has; the defaults here mean "none".

    Texts and lists are attributes. What needs the database is a method; each says for which page it is
    called, and may run queries unless it says otherwise.
    """

    app_label: ClassVar[str] = ""
    """The name of the app; follows from the module of the subclass."""

    # The nav.
    nav_label: str = ""
    """The words in the nav. A section without them is not in the nav and has no URLs of its own."""
    nav_position: int = 1000
    """The place in the nav: lower numbers come first."""
    nav_view: str = "list"
    """The URL name, within the app, of the section's first page."""
    url_prefix: str = ""
    """The first part of the section's URLs, with a slash at its end. The app's name, if empty."""

    # Pieces.
    piece_model: "type[Article] | None" = None
    """The section's kind of piece, if it publishes any."""
    heading: str = ""
    """The heading of the section's pieces on the pages of films and people, and in search filters."""
    heading_position: int = 1000
    """The place of that heading: lower numbers come first."""
    description: str = ""
    """One line on the section, for its feed."""

    # The desk.
    permissions: Permissions = {}
    """Role → model name → actions. An administrator may do whatever an editor may."""
    extra_permissions: Mapping[str, Sequence[str]] = {}
    """Role → codenames of permissions that are no action on a model."""

    # Feeds, sitemap, jobs, page cache, personal data.
    record_feeds: "Sequence[type[RecordFeed]]" = ()
    """Feeds of records that are no pieces."""
    calendars: Sequence[CalendarLink] = ()
    """iCalendar files that the page of feeds lists."""
    sitemap_views: Sequence[str] = ()
    """Names of views, besides the section's first page, that the sitemap of single pages lists."""
    record_sitemaps: Sequence[RecordSitemap] = ()
    """Sitemaps of records that are no pieces."""
    background_jobs: Mapping[Callable[[], bool | None], timedelta] = {}
    """What the worker does and how often. A job that returns True has more to do and runs again at once."""
    clock_boundaries: Sequence[tuple[type[models.Model], str]] = ()
    """(model, column) of times at which a public page changes although nobody writes anything."""
    personal_data: ModuleType | None = None
    """The module that exports and erases personal data of the section; see `fans.personal_data`."""

    demo_pieces: Sequence[Mapping[str, Any]] = ()
    """Fields of pieces in the demo magazine, for a section on which the demo has no files of its own."""

    # The front page.
    front_newest: int = 3
    """How many of the newest pieces the front page uses."""
    may_lead: bool = False
    """Whether a piece may be the lead or the second story."""

    # Pages of the project and of other sections.
    blocks: Mapping[str, Sequence[Block]] = {}
    """Page (`magazine.page_blocks`) → what the section shows there. See `blocks_on` for the front page."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.app_label = cls.__module__.partition(".")[0]

    @property
    def first_page(self) -> str:
        """The name of the view of the section's first page."""
        return f"{self.app_label}:{self.nav_view}"

    def blocks_on(self, page: str) -> Sequence[Block]:
        """The section's blocks on a page. Pieces without a block on the front page are listed at its end."""
        listed = [Block("magazine/partials/front_pieces.html", "end")] if page == FRONT else []
        return self.blocks.get(page, listed)

    def root_urls(self) -> list[URLPattern]:
        """URL patterns outside the section's own prefix."""
        return []

    def desk_notices(self, now: datetime) -> list[DeskNotice]:
        """What the first page of the desk says about things that do not work."""
        return []

    def feed_prefetches(self) -> list[str | Prefetch]:
        """The arguments of `prefetch_related` for the section's `feed_item.html`."""
        return []

    def front_context(self) -> dict[str, Any]:
        """Context of the front page, besides the newest pieces. A piece in it is not shown a second time."""
        return {}

    def arrange_front(self, pieces: "list[Article]") -> dict[str, Any]:
        """Context of the front page, from the section's newest pieces without the lead; no query."""
        return {}

    def film_context(self, film: "Film") -> dict[str, Any]:
        """Context of the page of a film."""
        return {}

    def person_context(self, person: "Person") -> dict[str, Any]:
        """Context of the page of a person."""
        return {}

    def contributor_context(self, contributor: "Contributor") -> dict[str, Any]:
        """Context of the page of a contributor."""
        return {}

    def related_context(self, piece: "Article") -> dict[str, Any]:
        """Context of the page of another section's rated piece."""
        return {}

    def film_link(self, film: "Film") -> tuple[str, str] | None:
        """(sentence, URL) of what the section has on a film besides pieces; None for nothing."""
        return None

    def search_offer(self, query: str) -> tuple[str, str] | None:
        """(sentence, URL) of what the section offers where no piece answers to `query`; None for nothing."""
        return None

    search_position: int = 100
    """The place of `find_records` among those of other sections: lower numbers come first."""

    def find_records(self, words: list[str], limit: int) -> list[Any]:
        """At most `limit` records of a kind that are no pieces and contain all of these folded words."""
        return []


_registry: dict[str, Section] = {}


def register[S: type[Section]](declaration: S) -> S:
    """Class decorator: adds a declaration to the registry."""
    _registry[declaration.app_label] = declaration()
    return declaration


def sections() -> list[Section]:
    """All declarations in the order of the nav; those without a nav label come last."""
    return sorted(
        _registry.values(), key=lambda each: (not each.nav_label, each.nav_position, each.app_label)
    )


def nav_sections() -> list[Section]:
    """The sections in the nav, in its order."""
    return [section for section in sections() if section.nav_label]


def piece_sections() -> list[Section]:
    """The sections that publish pieces, in the order of the nav."""
    return [section for section in nav_sections() if section.piece_model]


def find_section(app_label: str) -> Section | None:
    """The section of this app, if it is in the nav."""
    return next((section for section in nav_sections() if section.app_label == app_label), None)


def background_jobs() -> dict[Callable[[], bool | None], timedelta]:
    """Every job of the worker with its interval, in the order in which one round runs them."""
    return {job: interval for section in sections() for job, interval in section.background_jobs.items()}


def clock_boundaries() -> list[tuple[type[models.Model], str]]:
    """(model, column) of every time at which a public page changes although nobody writes anything."""
    return [boundary for section in sections() for boundary in section.clock_boundaries]


def desk_notices(now: datetime) -> list[DeskNotice]:
    """What all sections have to say about things that do not work."""
    return [notice for section in sections() for notice in section.desk_notices(now)]


def merge_context(contexts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The contexts that the sections return, merged into one."""
    return {name: value for context in contexts for name, value in context.items()}


def add_sections(
    page: str, context: dict[str, Any], ask: Callable[[Section], Mapping[str, Any]]
) -> dict[str, Any]:
    """`context` of a page, with what every section returns when asked, and the blocks shown there."""
    context = context | merge_context(ask(section) for section in sections())
    return context | {"blocks": place_blocks(page, sections(), context)}
