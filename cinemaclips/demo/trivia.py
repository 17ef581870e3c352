"""Creates the trivia of the demo: facts, questions, quizzes and a few players."""

from random import Random
from typing import Any, cast

from cinemaclips.demo.filling import DemoFiller
from cinemaclips.demo.text_files import field_value, read_records, read_rows, split_names, to_html
from films.models import Genre, Person
from magazine.models import Article
from trivia import attempts, question_selection
from trivia.formats.parsed import kind_of
from trivia.models import Attempt, Fact, Option, Player, Question, Quiz, QuizQuestion

NICKNAMES = ["Row F", "The Usherette", "Reel Two", "Matinee", "Balcony 12", "Last Tram", "Intermission"]


class DemoTrivia(DemoFiller):
    """Creates the facts, questions, quizzes and players."""

    def fill(self) -> None:
        """Create facts, questions and quizzes, and let the players answer some."""
        self.load_facts()
        self.load_questions()
        self.load_quizzes()
        self.load_players()

    def load_facts(self) -> None:
        """Create the facts, checked by members of staff on days that lie a few days apart."""
        staff = list(self.people.values())
        for number, (film, person, text, source, spoils) in enumerate(read_rows("facts.txt")):
            self.rows.create(
                Fact, film=self.films[film], person=Person.objects.filter(name=person).first(), text=text,
                source=source, spoils=spoils == "yes", checked_by=staff[number % len(staff)],
                checked_on=self.date_in(-number // 3),
            )  # fmt: skip

    def load_questions(self) -> None:
        """Create live questions, each with the review of its film to read next, if there is one."""
        reviews = {piece.film_id: piece for piece in Article.objects.filter(section="reviews")}
        options = []
        for title, difficulty, text, right, wrong, explanation, source in read_rows("questions.txt"):
            ordered = wrong == "in order"
            correct, others = split_names(right), [] if ordered else split_names(wrong)
            film = self.films[title]
            kind = kind_of([*correct, *others] if others else [], correct)
            question = self.rows.create(
                Question, kind=Question.Kind.ORDER if ordered else kind, text=text,
                explanation=explanation, film=film, piece=reviews.get(film.pk), difficulty=int(difficulty),
                source=source, status=Question.Status.LIVE,
            )  # fmt: skip
            answers = correct if others == [] else sorted([*correct, *others])
            options += [
                Option(question=question, text=each, is_right=each in correct, order=number)
                for number, each in enumerate(answers, 1)
            ]
        Option.objects.bulk_create(options)

    def load_quizzes(self) -> None:
        """Create the quizzes. A quiz has all questions of a kind, or those that its rule chooses now."""
        for fields, (text,) in read_records("quizzes.txt"):
            parts = (part.split("=") for part in split_names(field_value(fields, "rule")))
            rule: dict[str, Any] = {name: int(value) if value.isdigit() else value for name, value in parts}
            rule["genre"] = Genre.objects.filter(name=rule.get("genre")).first()
            rule["filmmaker"] = Person.objects.filter(name=rule.get("filmmaker")).first()
            rule["selection"] = Quiz.Selection.HAND if "kind" in fields else Quiz.Selection.RULE
            quiz = self.create_piece(Quiz, field_value(fields, "slug"), fields, 8, body=to_html(text), **rule)
            self.sign(quiz, field_value(fields, "by"))
            if "kind" in fields:
                asked = Question.objects.filter(kind=field_value(fields, "kind")).order_by("pk")
                QuizQuestion.objects.bulk_create(
                    QuizQuestion(quiz=quiz, question=each, order=order) for order, each in enumerate(asked, 1)
                )
            else:
                question_selection.fill_by_rule(quiz)

    def load_players(self) -> None:
        """Create a few players with nicknames, who have answered some quizzes at random."""
        rng = Random(1998)  # noqa: S311 - the same players and answers every time
        for number, name in enumerate(NICKNAMES):
            player = self.rows.create(Player, nickname=name, nickname_status=Player.NicknameStatus.SHOWN)
            for quiz in Quiz.objects.order_by("-published_at")[: 1 + number % 3]:
                self._play_quiz(player, quiz, rng, 0.9 - number * 0.06)

    def _play_quiz(self, player: Player, quiz: Quiz, rng: Random, skill: float) -> None:
        attempt = cast(Attempt, attempts.begin(player, quiz))  # the demo's quizzes have questions
        while asked := attempts.serve_next_question(attempt):
            options = list(asked.question.options.all())
            key = [option.pk for option in options if option.is_right]
            if asked.question.kind == Question.Kind.ORDER:
                key = [option.pk for option in options]
            chosen = key if rng.random() < skill else [rng.choice(options).pk]
            typed = asked.question.kind == Question.Kind.TYPED
            submitted = options[0].text if typed else ",".join(map(str, chosen))
            attempts.store_answer(attempt, asked, submitted)
