"""Statistics of questions: only first answers count, none are shown below sixty, suspicions are named."""

import pytest
from django.test import Client

from tests.factories import (
    make_credit,
    make_film,
    make_person,
    make_player,
    make_question,
    make_quiz,
    make_staff,
)
from trivia import question_selection, statistics
from trivia.jobs import update_statistics
from trivia.models import Answer, Attempt, Question, QuestionRecord, Quiz
from trivia.results import success_rate
from trivia.statistics import ENOUGH_ANSWERS, count_new_answers, measured_difficulty, wilson_interval


@pytest.fixture
def quiz(db):
    return make_quiz(slug="ten")


def first_answers(quiz, question, *texts, others=0):
    """A finished attempt per text, with this answer to `question`, and `others` of two other answers right."""
    options = {option.text: str(option.pk) for option in question.options.all()} | {"": ""}
    for text in texts:
        right = text == "Fritz Lang"
        attempt = Attempt.objects.create(
            player=make_player(),
            quiz=quiz,
            right_count=right + others,
            question_count=3,
            finished_at="2026-01-01T12:00Z",
        )
        Answer.objects.create(
            attempt=attempt, question=question, position=1, submission=options[text], is_first=True,
            mark="right" if right else "wrong", answered_at="2026-01-01T12:00Z",
        )  # fmt: skip


def record_of(question):
    count_new_answers()
    return Question.objects.get(pk=question.pk).record


# Wilson's interval, calculated by hand from the formula of 1927.
@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0, 0.278), (10, 10, 0.722, 1), (600, 1000, 0.569, 0.630)],
)
def test_wilson_s_interval_matches_worked_examples(right, asked, low, high):
    share, *ends = wilson_interval(right, asked)

    assert share == right / asked
    assert ends == pytest.approx([low, high], abs=0.001)


def test_submissions_are_counted(quiz):
    question = quiz.questions[0]
    first_answers(quiz, question, "Fritz Lang", "Fritz Lang", "G. W. Pabst", "")

    record = record_of(question)

    options = {option.text: str(option.pk) for option in question.options.all()}
    assert (record.answer_count, record.right_count, record.passed_count) == (4, 2, 1)
    assert record.submission_counts == {options["Fritz Lang"]: 2, options["G. W. Pabst"]: 1}


def test_only_first_answers_are_counted(quiz):
    question = quiz.questions[0]
    first_answers(quiz, question, "G. W. Pabst")
    Answer.objects.update(is_first=False)

    assert record_of(question).answer_count == 0


def test_statistics_are_not_shown_below_sixty_answers(quiz):
    question = quiz.questions[0]
    first_answers(quiz, question, *["G. W. Pabst"] * (ENOUGH_ANSWERS - 1))
    record = record_of(question)
    assert (
        record.measured_difficulty is None and record.suspicions == "" and success_rate(record.question) == ""
    )

    first_answers(quiz, question, "Fritz Lang")
    record = record_of(question)

    assert record.measured_difficulty == 3 and "draws more players" in record.suspicions
    sentence = success_rate(record.question)
    assert sentence == "2% of players get this right (between 0% and 9%, as far as 60 can tell)."


@pytest.mark.parametrize(
    ("right", "asked", "level"), [(45, 60, 1), (44, 60, 2), (24, 60, 2), (23, 60, 3), (59, 59, None)]
)
def test_difficulty_is_measured_from_answers(right, asked, level):
    assert measured_difficulty(right, asked) == level


def test_suspicious_questions_are_named_with_the_reason(quiz):
    draws, failed, unpicked = quiz.questions
    first_answers(quiz, draws, *["F. W. Murnau"] * 50, *["Fritz Lang"] * 10, *["G. W. Pabst"] * 2)
    first_answers(quiz, failed, *["Fritz Lang"] * 30, others=0)
    first_answers(quiz, failed, *["F. W. Murnau", "G. W. Pabst"] * 15, others=2)
    first_answers(quiz, unpicked, *["Fritz Lang"] * 40, *["F. W. Murnau"] * 25)

    assert record_of(draws).suspicions == "“F. W. Murnau” draws more players than the right answer."
    assert record_of(failed).suspicions == "Players who do well elsewhere fail it."
    assert record_of(unpicked).suspicions == "Nobody picks “G. W. Pabst”."


def test_typed_answers_have_no_suspicion_of_unpicked_options(quiz):
    question = make_question(wrong=())
    first_answers(quiz, question, *["Fritz Lang"] * 60)

    assert record_of(question).suspicions == ""


def test_a_good_question_is_not_suspicious(quiz):
    question = quiz.questions[0]
    first_answers(quiz, question, *["Fritz Lang"] * 40, others=2)
    first_answers(quiz, question, *["F. W. Murnau", "G. W. Pabst"] * 12, others=0)

    record = record_of(question)
    assert record.suspicions == "" and record.discrimination > 0


def test_the_worker_counts_in_batches(quiz, monkeypatch):
    monkeypatch.setattr(statistics, "BATCH_SIZE", 2)
    first_answers(quiz, quiz.questions[0], *["Fritz Lang"] * 3)
    first_answers(quiz, quiz.questions[1], *["Fritz Lang"] * 2)

    assert [count_new_answers(2), count_new_answers(2), count_new_answers(2)] == [True, True, False]
    assert [record.answer_count for record in QuestionRecord.objects.order_by("question_id")] == [3, 2]
    assert not update_statistics()


def test_an_interrupted_batch_is_counted_again(quiz, monkeypatch):
    question = quiz.questions[0]
    first_answers(quiz, question, "Fritz Lang")
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(statistics, "recount", lambda questions: 1 / 0)
        count_new_answers()

    assert record_of(question).answer_count == 1


def test_staff_see_how_a_question_is_answered(quiz):
    question = quiz.questions[0]
    desk = Client()
    desk.force_login(make_staff())
    address = f"/desk/trivia/question/{question.pk}/change/"
    assert "Nobody has answered it yet." in desk.get(address).content.decode()

    first_answers(quiz, question, "Fritz Lang", "")
    count_new_answers()
    text = desk.get(address).content.decode()
    assert "Fritz Lang: 1" in text and "2 of the 60 first answers" in text

    first_answers(quiz, question, *["G. W. Pabst"] * 60)
    count_new_answers()
    text = desk.get(address).content.decode()
    assert "of players get this right" in text and "draws more players" in text
    assert "Who" not in desk.get("/desk/trivia/question/?attention=suspect&q=nothing").content.decode()
    suspects = desk.get("/desk/trivia/question/?attention=suspect").content.decode()
    assert "1 question" in suspects and "2%" in suspects


def test_an_answered_question_cannot_be_deleted(quiz):
    question = quiz.questions[0]
    desk = Client()
    desk.force_login(make_staff("administrator", is_superuser=True))
    first_answers(quiz, question, "Fritz Lang")

    assert desk.post(f"/desk/trivia/question/{question.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(
        "/desk/trivia/question/",
        {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"},
    )
    assert Question.objects.filter(pk=question.pk).exists()


# Choosing by a rule


@pytest.fixture
def bank(db):
    forties, fifties = make_film(year=1944, title="Laura"), make_film(year=1955, title="Rififi")
    for film in (forties, fifties):
        for difficulty in (1, 1, 2, 2, 3):
            make_question(film=film, difficulty=difficulty, text=f"{film}, {difficulty}?")
    return forties


def by_rule(**rule):
    return Quiz(selection="rule", **rule)


def test_a_rule_chooses_by_years_and_difficulty(bank):
    questions, missing = question_selection.select_questions(
        by_rule(from_year=1940, to_year=1949, easy=1, medium=2, hard=1)
    )

    assert missing == []
    assert [question.difficulty for question in questions] == [1, 2, 2, 3]
    assert {question.film for question in questions} == {bank}


def test_missing_questions_are_reported(bank):
    questions, missing = question_selection.select_questions(by_rule(to_year=1949, hard=3))

    assert len(questions) == 1
    assert missing == ["The rule wants 3 hard questions, and the bank has 1 that fit."]


def test_a_rule_narrows_by_filmmaker_tag_and_film(bank):
    lang = make_person(name="Lang")
    make_credit(film=bank, person=lang, role=1)
    make_credit(film=bank, person=lang, role=2)
    Question.objects.filter(film=bank).first().tags.add("Noir")

    assert question_selection.eligible_questions(by_rule(filmmaker=lang)).count() == 5
    assert question_selection.eligible_questions(by_rule(tag_name="noir")).count() == 1
    assert question_selection.eligible_questions(by_rule(film=bank)).count() == 5
    assert question_selection.eligible_questions(by_rule()).count() == 10


def test_measured_difficulty_precedes_the_editor_s(bank):
    question = Question.objects.filter(film=bank, difficulty=1).first()
    QuestionRecord.objects.create(question=question, answer_count=60, right_count=1, measured_difficulty=3)

    questions, _ = question_selection.select_questions(by_rule(to_year=1949, hard=5))

    assert question in questions


def test_questions_of_no_quiz_are_preferred(bank):
    used = Question.objects.filter(film=bank, difficulty=1).first()
    make_quiz(questions=[used])

    for _ in range(6):
        assert used not in question_selection.select_questions(by_rule(to_year=1949, easy=1))[0]


# The desk


def quiz_form(**fields):
    forms = {
        f"{prefix}-{name}": "0"
        for prefix in ("quiz_questions", "bylines", "corrections")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    texts = dict.fromkeys(["dek", "body", "tags", "tag_name", "film", "genre", "filmmaker", "lead_photo"], "")
    date_fields = {f"{name}_{part}": "" for name in ("published_at", "embargo_until") for part in (0, 1)}
    numbers = {"easy": "0", "medium": "0", "hard": "0", "from_year": "", "to_year": ""}
    return (
        {"title": "Ten", "slug": "ten", "selection": "hand"} | forms | texts | date_fields | numbers | fields
    )


@pytest.fixture
def desk(client, db):
    client.force_login(make_staff())
    return client


def test_the_rule_fills_a_quiz_when_it_is_saved(desk, bank):
    rule = {"selection": "rule", "easy": "2", "hard": "2", "to_year": "1949"}
    response = desk.post("/desk/trivia/quiz/add/", quiz_form(**rule), follow=True)

    quiz = Quiz.objects.get()
    assert [question.difficulty for question in quiz.questions] == [1, 1, 3]
    assert "The rule wants 2 hard questions" in response.content.decode()

    before = list(quiz.quiz_questions.values_list("pk", flat=True))
    desk.post(f"/desk/trivia/quiz/{quiz.pk}/change/", quiz_form(**rule))
    assert list(quiz.quiz_questions.values_list("pk", flat=True)) == before  # the rule chooses once ...
    desk.post(f"/desk/trivia/quiz/{quiz.pk}/change/", quiz_form(**rule, choose_again="on"))
    assert not set(quiz.quiz_questions.values_list("pk", flat=True)) & set(before)  # ... and again on request


def test_an_empty_or_contradictory_rule_is_refused(desk):
    text = desk.post("/desk/trivia/quiz/add/", quiz_form(selection="rule")).content.decode()
    assert "Say how many easy, medium and hard questions" in text
    text = desk.post(
        "/desk/trivia/quiz/add/", quiz_form(selection="rule", easy="1", from_year="1950", to_year="1940")
    ).content.decode()
    assert "The first year comes after the last." in text


def test_a_quiz_without_questions_stays_a_draft_and_says_why(desk):
    date_fields = {"published_at_0": "2026-01-01", "published_at_1": "12:00:00", "dek": "Three."}
    response = desk.post("/desk/trivia/quiz/add/", quiz_form(**date_fields), follow=True)

    assert Quiz.objects.get().published_at is None
    assert "A quiz asks 3 live questions at least." in response.content.decode()


def test_questions_of_a_begun_quiz_cannot_be_changed(desk, quiz):
    Attempt.objects.create(player=make_player(), quiz=quiz)
    before = list(quiz.quiz_questions.values_list("question", flat=True))
    first = quiz.quiz_questions.first()
    page = desk.get(f"/desk/trivia/quiz/{quiz.pk}/change/").content.decode()
    assert "id_selection" not in page

    desk.post(
        f"/desk/trivia/quiz/{quiz.pk}/change/",
        quiz_form(**{"quiz_questions-TOTAL_FORMS": "1", "quiz_questions-INITIAL_FORMS": "1", "quiz_questions-0-id": first.pk,
                     "quiz_questions-0-quiz": quiz.pk, "quiz_questions-0-DELETE": "on", "selection": "rule", "choose_again": "on"}),
    )  # fmt: skip

    assert list(quiz.quiz_questions.values_list("question", flat=True)) == before


def test_a_change_of_right_answers_warns_that_marks_stay(desk, quiz):
    question = quiz.questions[0]
    first_answers(quiz, question, "Fritz Lang")
    options = list(question.options.all())
    data = {
        "kind": "choice", "text": question.text, "licence": "ours", "status": "live", "tags": "",
        "options-TOTAL_FORMS": "3", "options-INITIAL_FORMS": "3",
    }  # fmt: skip
    for number, option in enumerate(options):
        data |= {f"options-{number}-id": option.pk, f"options-{number}-question": question.pk}
        data |= {f"options-{number}-text": option.text} | (
            {f"options-{number}-is_right": "on"} if number == 1 else {}
        )

    response = desk.post(f"/desk/trivia/question/{question.pk}/change/", data, follow=True)

    assert "A ruling would mark them by the new key." in response.content.decode()
    assert Answer.objects.get().mark == "right"


def test_a_question_with_a_photo_needs_alt_text(db):
    question = make_question()
    question.photo_id = 1
    assert question.publish_blocker() == "Say what the picture shows, without giving the answer away."
