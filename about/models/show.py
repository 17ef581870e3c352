"""The show: its episodes, their segments, and their airings on channels."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, cast
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import escape

from films.models import Film, Person
from magazine import json_ld
from magazine.fields import validate_time_zone
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker


class Episode(Article):
    """One episode of the show."""

    season = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField("length", default=30, help_text="In minutes.")
    video_url = models.URLField("video", max_length=500, blank=True, help_text="Where it can be watched.")

    objects: ClassVar = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["season", "number"],
                name="episode_number_once",
                violation_error_message="Another episode has this number.",
            )
        ]

    @property
    def code(self) -> str:
        """ "Season 3, episode 4", or what of it is known."""
        parts = {"season": self.season, "episode": self.number}
        return ", ".join(f"{part} {number}" for part, number in parts.items() if number).capitalize()

    @property
    def duration(self) -> str:
        """The length as an ISO 8601 duration: PT30M."""
        return f"PT{self.minutes_long}M"

    @cached_property
    def airings_with_channels(self) -> "list[Airing]":
        """Its airings in order, with their channels; one query."""
        return list(self.airings.select_related("channel"))

    def texts(self) -> list[str]:
        segments = self.segments.all() if self.pk else []
        notes = [escape(f"{segment.title} {segment.note}") for segment in segments]
        return [*super().texts(), *notes]

    def structured_data(self) -> dict[str, Any]:
        series = {"@type": "TVSeries", "name": "CLIPS", "url": json_ld.absolute_url(reverse("about:show"))}
        season = {"@type": "TVSeason", "seasonNumber": self.season, "partOfSeries": series}
        airings = [airing.structured_data() for airing in self.airings_with_channels]
        return json_ld.without_empty(
            at_type="TVEpisode", name=self.title, description=self.description, episodeNumber=self.number,
            url=json_ld.absolute_url(self.get_absolute_url()), partOfSeries=series, duration=self.duration,
            partOfSeason=season if self.season else None, publication=airings, video=self._video(),
        )  # fmt: skip

    def _video(self) -> dict[str, Any] | None:
        """The recording as structured data; None without a recording or without the photo it requires."""
        photo = self.usable_lead_photo
        if not (self.video_url and photo and self.published_at):
            return None
        return {
            "@type": "VideoObject", "name": self.title, "description": self.description,
            "duration": self.duration, "contentUrl": self.video_url,
            "uploadDate": self.published_at.isoformat(),
            "thumbnailUrl": json_ld.absolute_url(photo.share_url()),
        }  # fmt: skip

    def missing_rows(self) -> list[PublishBlocker]:
        """An episode needs a segment, but no byline, since its crew is in its credits."""
        if self.segments.exists():
            return []
        return [PublishBlocker("segments", "Say what is on the episode: add a segment.")]

    def add_films_and_people(self) -> None:
        """Add the films and people of the segments' pieces to the episode, so that their pages list it."""
        pieces = Article.objects.filter(show_segments__episode=self)
        of_segments = Q(pieces__in=pieces) | Q(mentioned_in__in=pieces)
        self.films.add(*Film.objects.filter(of_segments | Q(show_segments__episode=self)).distinct())
        self.people.add(*Person.objects.filter(mentioned_in__in=pieces).distinct())


class SegmentQuerySet(models.QuerySet["Segment"]):
    def for_page(self) -> Self:
        """The segments in order, each with its piece and film; one query."""
        return self.order_by("order", "pk").select_related("article", "film")


class Segment(models.Model):
    """A part of an episode, with the piece or film on the site that it is about."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="segments")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=400, blank=True)
    article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="show_segments",
        help_text="The review, interview or contest that was on.",
    )
    film = models.ForeignKey(
        Film, null=True, blank=True, on_delete=models.SET_NULL, related_name="show_segments"
    )

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def target_url(self) -> str:
        """The URL of its piece if that is published, else of its film, else ""."""
        if self.article and self.article.is_listed:
            return self.article.get_absolute_url()
        return self.film.get_absolute_url() if self.film else ""


class Channel(models.Model):
    """A station that broadcasts the show. Its times are printed in its own time zone."""

    name = models.CharField(max_length=120, unique=True, help_text="As in Channel 11.")
    coverage_area = models.CharField(max_length=120, blank=True, help_text="Where it can be received.")
    zone = models.CharField(max_length=50, validators=[validate_time_zone], default="America/Phoenix")
    url = models.URLField("address", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EndsAtField(models.DateTimeField):
    """When a broadcast ends: its start plus the length of its episode. Computed at every save."""

    def pre_save(self, airing: models.Model, add: bool) -> datetime:
        airing = cast(Airing, airing)
        airing.ends_at = airing.starts_at + timedelta(minutes=airing.episode.minutes_long)
        return airing.ends_at


class AiringQuerySet(models.QuerySet["Airing"]):
    def of_published_episodes(self) -> Self:
        """Airings of published episodes, each with its episode and channel; one query."""
        out = Episode.objects.published().values("pk")
        return self.filter(episode__in=out).select_related("episode", "channel").defer("episode__body")

    def upcoming(self) -> Self:
        """Airings that have not ended, soonest first."""
        now = timezone.now()
        return self.of_published_episodes().filter(ends_at__gt=now).order_by("starts_at", "pk")


class Airing(models.Model):
    """One broadcast of an episode."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="airings")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="airings")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = EndsAtField(editable=False)

    objects = AiringQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "starts_at"],
                name="airing_one_at_a_time",
                violation_error_message="The channel shows another episode at this moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.episode} on {self.channel}"

    def structured_data(self) -> dict[str, Any]:
        return {
            "@type": "BroadcastEvent",
            "name": f"CLIPS on {self.channel}",
            "isLiveBroadcast": False,
            "startDate": self.local_start.isoformat(),
            "endDate": self.ends_at.astimezone(self.local_start.tzinfo).isoformat(),
            "publishedOn": {"@type": "BroadcastService", "name": self.channel.name},
        }

    @property
    def local_start(self) -> datetime:
        """The start in the channel's time zone."""
        return self.starts_at.astimezone(ZoneInfo(self.channel.zone))

    @property
    def is_running(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at
