"""Interviews, their speakers and turns."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from films.models import Film, Person
from films.models.films import FilmQuerySet
from magazine import json_ld
from magazine.markup import ProseField
from magazine.models import Article, ArticleQuerySet
from magazine.publishing import PublishBlocker
from magazine.rendering import Audience, render

# "[laughs]" and "(Laughs.)" are stage directions; "[DeVotchKa]" is an editor's addition to the spoken text.
STAGE_DIRECTION = re.compile(
    r"\[[a-z][^\[\]<>]{1,60}\]"
    r"|\((?:he |she |they )?(?:[Ll]augh|[Ss]igh|[Pp]ause|[Ss]mile|[Ss]hrug|[Aa]pplau)[a-z]*\.?\)"
)


class Interview(Article):
    """A conversation in turns. `body` comes before the first turn, `afterword` after the last."""

    occasion = models.CharField(
        max_length=120, blank=True, help_text="As in roundtable, festival, or by telephone."
    )
    place = models.CharField(max_length=120, blank=True)
    held_on = models.DateField("held on", null=True, blank=True)
    is_edited = models.BooleanField(
        "edited for length and clarity",
        default=True,
        help_text="Printed with the byline. Untick it only for a verbatim transcript.",
    )
    is_fiction = models.BooleanField(
        "the people in it are invented",
        default=False,
        help_text="Printed above the first question.",
    )
    afterword = ProseField(blank=True)
    transcript = models.TextField(
        "original text", blank=True, help_text="As it was pasted or imported. Never printed."
    )

    objects: ClassVar = ArticleQuerySet.as_manager()

    def texts(self) -> list[str]:
        turns = self.turns.all() if self.pk else []
        return [*super().texts(), *(turn.text for turn in turns), self.afterword]

    def missing_rows(self) -> list[PublishBlocker]:
        kinds = {turn.kind for turn in self.turns.all()}
        if {Turn.Kind.QUESTION, Turn.Kind.ANSWER} <= kinds:
            return super().missing_rows()
        sentence = "An interview needs a question and an answer at least."
        return [*super().missing_rows(), PublishBlocker("turns", sentence)]

    def add_speakers_to_people(self) -> None:
        """Add the people who speak to the people of the piece, so that their pages list the interview."""
        people = Person.objects.filter(interview_speakers__interview=self)
        self.people.add(*people)

    def guests(self, turns: "Iterable[Turn]") -> "list[Speaker]":
        """The speakers in `turns` who are not interviewers, in the order in which they first speak."""
        speakers = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
        return [speaker for speaker in speakers if not speaker.is_interviewer]

    def structured_data(self) -> dict[str, Any]:
        people_by_pk = {
            speaker.person_id: speaker.person for speaker in self.speakers.select_related("person")
        }
        people = [json_ld.person_data(person) for person in people_by_pk.values() if person]
        return super().structured_data() | json_ld.without_empty(about=people)

    @property
    def setting(self) -> str:
        """Occasion and place, as in "Roundtable, Phoenix"."""
        return ", ".join(filter(None, [self.occasion, self.place]))


class Speaker(models.Model):
    """Somebody who asks or answers in an interview, under the name used there."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120, help_text="In full, as in the first mention.")
    short_name = models.CharField(
        max_length=60, help_text="Printed before each turn: a surname, or Press, or our own name."
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="interview_speakers"
    )
    is_interviewer = models.BooleanField("asks the questions", default=False)

    class Meta:
        ordering = ["is_interviewer", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "short_name"],
                name="speaker_once",
                violation_error_message="Two speakers of one interview need two short names.",
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class TurnQuerySet(models.QuerySet["Turn"]):
    def pull_quotes(self) -> Self:
        """
        Pull quotes of published interviews with their speakers, the newest interview first.

        Interviews that give away an ending are left out: their words stay hidden on their own pages.
        """
        published = Interview.objects.published().filter(spoils=False).values("pk")
        picked = self.filter(pull_from__isnull=False, interview__in=published)
        newest = picked.order_by("-interview__published_at", "-interview", "order", "pk")
        return newest.select_related("speaker", "interview").defer(
            "interview__body", "interview__afterword", "interview__transcript", "interview__search_text"
        )

    def for_page(self) -> Self:
        return self.order_by("order", "pk").select_related("speaker__person__portrait")


class Turn(models.Model):
    """A question, an answer or a stage direction."""

    class Kind(models.TextChoices):
        QUESTION = "question", "Question"
        ANSWER = "answer", "Answer"
        DIRECTION = "direction", "Stage direction"

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="turns")
    order = models.PositiveIntegerField(default=0, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.RESTRICT, related_name="turns"
    )
    text = ProseField()
    pull_from = models.PositiveIntegerField(
        "pull quote from word",
        null=True,
        blank=True,
        help_text="Counting from 1. A pull quote is a range of the answer, so a correction changes both.",
    )
    pull_to = models.PositiveIntegerField("to word", null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pull_from__isnull=True, pull_to__isnull=True)
                | Q(
                    kind="answer",
                    pull_from__isnull=False,
                    pull_to__isnull=False,
                    pull_from__gte=1,
                    pull_to__gte=F("pull_from"),
                ),
                name="turn_pull_quote_is_a_range",
                violation_error_message="A pull quote runs from a word of an answer to a later one.",
            ),
            models.CheckConstraint(
                condition=Q(kind="direction") | Q(speaker__isnull=False),
                name="turn_has_a_speaker",
                violation_error_message="Say who speaks; only a stage direction has no speaker.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.quotable_text[:60]}" if self.speaker else self.quotable_text[:60]

    @cached_property
    def quotable_text(self) -> str:
        """The plain text without spoilers and stage directions. Pull quotes are ranges of its words."""
        return " ".join(STAGE_DIRECTION.sub(" ", render(self.text, Audience.SUMMARY)).split())

    @property
    def text_with_directions_marked(self) -> str:
        """The HTML of the text, with a `<span>` around each stage direction."""
        return STAGE_DIRECTION.sub(r'<span class="direction">\g<0></span>', self.text)

    @property
    def pull_quote(self) -> str:
        """The words chosen as a pull quote, or ""."""
        if self.pull_from is None:
            return ""
        return " ".join(self.quotable_text.split()[self.pull_from - 1 : self.pull_to])

    @property
    def anchor(self) -> str:
        """The ID of this turn on its page. It does not change when turns are added before it."""
        return f"turn-{self.pk}"


def films_discussed(interview: Interview) -> FilmQuerySet:
    """The film that an interview is about and its other films, as cards; one query."""
    also_in_it = Q(pk__in=interview.films.through.objects.filter(article=interview).values("film"))
    return Film.objects.filter(Q(pk=interview.film_id) | also_in_it).for_cards().order_by("year", "title_key")
