"""Creates the television show of the demo: channels, episodes and airings."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from about.models import Airing, Channel, Episode, Segment
from cinemaclips.demo.filling import DemoFiller
from cinemaclips.demo.text_files import read_rows, split_names
from magazine.models import Article


class DemoShow(DemoFiller):
    """Creates the channels, episodes and airings."""

    def fill(self) -> None:
        self.load_episodes()

    def load_episodes(self) -> None:
        channels = [self._create_channel(cells) for cells in read_rows("channels.txt")]
        for slug, title, season, number, days, dek, segments in read_rows("episodes.txt"):
            fields = {"title": [title], "days": [days], "dek": [dek], "tags": ["the show"]}
            episode = self.create_piece(Episode, slug, fields, 9, season=int(season), number=int(number))
            for order, entry in enumerate(split_names(segments)):
                name, _, path = entry.partition(" =")
                Segment.objects.create(
                    episode=episode, order=order, title=name, article=_article_at(path.strip())
                )
            episode.add_films_and_people()
            episode.index()
            for weeks, (channel, at, weekday) in enumerate(channels):
                Airing.objects.create(
                    episode=episode,
                    channel=channel,
                    starts_at=self._air_time(channel, at, weekday, 4 + weeks * 3 - int(days)),
                )

    def _create_channel(self, cells: list[str]) -> tuple[Channel, time, int]:
        name, coverage_area, zone, at, weekday = cells
        return (
            self.rows.create(Channel, name=name, coverage_area=coverage_area, zone=zone),
            time.fromisoformat(at),
            int(weekday),
        )

    def _air_time(self, channel: Channel, at: time, weekday: int, days: int) -> datetime:
        """The time `at`, in the channel's zone, on the first `weekday` that is at least `days` days from today."""
        day = self.date_in(days)
        day += timedelta(days=(weekday - day.weekday()) % 7)
        return datetime.combine(day, at, ZoneInfo(channel.zone))


def _article_at(path: str) -> Article | None:
    """The piece at a path such as reviews/metropolis, or None."""
    section, _, slug = path.partition("/")
    return Article.objects.filter(section=section, slug=slug).first()
