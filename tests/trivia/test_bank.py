"""The question bank: import from files, export to files, and its pages in the admin."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from tests.factories import make_question, make_staff
from tests.trivia.test_formats import file_of, opentdb
from trivia.formats import WRITABLE_FORMATS, read
from trivia.importer import import_questions, similar_questions
from trivia.models import Option, Question

AIKEN = "Who directed M?\nA. F. W. Murnau\nB. Fritz Lang\nANSWER: B\n\nNo key?\nA. x\nB. y\n"


@pytest.fixture
def bring(db, tmp_path):
    """Run import_questions on a file with this text."""

    def run(text, *options):
        file, out = tmp_path / "questions", StringIO()
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("import_questions", file, *options, stdout=out)
        return out.getvalue()

    return run


def test_a_file_is_imported_as_drafts_once(bring):
    assert bring(AIKEN) == (
        "line 6: There is no line that says ANSWER: and a letter.\n"
        "aiken: 1 questions read, 1 new, 0 known already, 1 rejected.\n"
    )
    question = Question.objects.with_options().get()
    assert (question.status, question.kind, question.licence) == ("draft", "choice", "ours")
    assert [(option.order, option.text, option.is_right) for option in question.options.all()] == [
        (1, "F. W. Murnau", False),
        (2, "Fritz Lang", True),
    ]
    assert "0 new, 1 known already" in bring(AIKEN)
    assert Question.objects.count() == 1


def test_a_question_that_is_twice_in_a_file_is_imported_once(bring):
    assert "1 new, 1 known already" in bring(f"{AIKEN}\nWHO directed “M”?\nA. x\nB. y\nANSWER: A\n")


def test_a_dry_run_writes_nothing(bring):
    assert bring(AIKEN, "--dry-run").endswith("1 rejected. Nothing was written (dry run).\n")
    assert not Question.objects.exists()


def test_known_collections_get_their_licence_and_tags(bring):
    bring(file_of(opentdb()))
    question = Question.objects.get()

    assert (question.licence, question.author) == ("cc-by-sa-4.0", "Open Trivia Database (opentdb.com)")
    assert (question.difficulty, list(question.tags.names())) == (1, ["Entertainment: Film"])


def test_a_licence_with_attribution_needs_a_name(bring):
    with pytest.raises(CommandError, match="--author"):
        bring(AIKEN, "--licence", "cc-by-4.0")
    bring(AIKEN, "--licence", "cc-by-4.0", "--author", "Ana")
    assert Question.objects.get().author == "Ana"


def test_the_report_as_json(bring):
    report = json.loads(bring(AIKEN, "--json", "--dry-run"))

    assert report["format"] == "aiken" and (report["accepted"], report["rejected"]) == (1, 1)
    assert report["problems"] == [{"line": 6, "reason": "There is no line that says ANSWER: and a letter."}]
    assert report["questions"][0] | {"text": "Who directed M?", "kind": "choice"} == report["questions"][0]
    assert report["questions"][0]["correct"] == ["Fritz Lang"]


def test_unreadable_files_are_reported(bring, tmp_path, capsys):
    with pytest.raises(CommandError, match="none of the formats"):
        bring("Prose.")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_questions", tmp_path / "none")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_questions", tmp_path / "none", "--json", stdout=out)
    assert "cannot be read" in json.loads(out.getvalue())["error"]


def test_many_problems_are_counted(bring):
    said = bring("".join(f"No key {number}?\nA. x\nB. y\nANSWER: Z\n\n" for number in range(25)))
    assert "and 5 more; --json lists all" in said


def test_a_failed_import_writes_nothing(db, monkeypatch):
    monkeypatch.setattr(Option.objects.__class__, "bulk_create", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_questions(read(AIKEN.encode()).questions, "ours")
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
def test_an_exported_bank_can_be_imported_again(db, name):
    make_question(explanation="He did.", source="The titles.", difficulty=2).tags.add("silent")
    make_question("Berlin", (), text="Which city?", status="draft")
    out = StringIO()
    call_command("export_questions", name, stdout=out)
    before = [each.as_parsed().as_dict() for each in Question.objects.with_options().order_by("pk")]
    Question.objects.all().delete()
    import_questions(read(out.getvalue().encode()).questions, "ours")

    assert [each.as_parsed().as_dict() for each in Question.objects.with_options().order_by("pk")] == before


def test_an_export_can_have_live_questions_only(db):
    make_question(text="Live?")
    make_question(text="Draft?", status="draft")
    out = StringIO()
    call_command("export_questions", "json", "--live", stdout=out)

    assert [each["text"] for each in json.loads(out.getvalue())["questions"]] == ["Live?"]


def test_a_question_whose_licence_requires_attribution_needs_an_author(db):
    question = make_question(licence="cc-by-4.0", author="Ana")
    question.author = ""
    with pytest.raises(ValidationError, match="name them"):
        question.full_clean()
    with pytest.raises(IntegrityError):
        question.save()


def test_similar_questions_are_found(db):
    first = make_question(text="Who directed the film M in 1931?")
    second = make_question(text="In 1931, who directed the film “M”?")
    make_question(text="Who wrote Laura?")

    assert similar_questions(first) == [second]


def test_order_and_typed_questions_need_no_right_option(db):
    question = make_question(kind="order")
    Option.objects.update(is_right=False)
    assert Question.objects.with_options().get().publish_blocker() is None
    question.kind = "choice"
    question.save()
    assert Question.objects.with_options().get().publish_blocker() == "No answer is marked as right."


def test_the_page_of_sources_lists_authors_and_licences(db, client):
    assert "No question is live yet." in client.get("/trivia/sources/").content.decode()
    for text in ("One?", "Two?"):
        make_question(text=text, licence="cc-by-sa-4.0", author="Open Trivia Database")
    make_question()
    make_question(text="Draft?", status="draft", licence="cc0", author="Nobody")
    page = client.get("/trivia/sources/").content.decode()

    assert page.index("Open Trivia Database") < page.index("<b>cinemaCLIPS</b>") and "2 questions" in page
    assert (
        'href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license"' in page
        and "Nobody" not in page
    )


# At the desk


@pytest.fixture
def desk(client, db):
    client.force_login(make_staff())
    return client


def form_of(*options, **fields):
    data = {
        "kind": "choice",
        "text": "Who directed M?",
        "status": "live",
        "licence": "ours",
        "tags": "",
    } | fields
    data |= {"options-TOTAL_FORMS": len(options), "options-INITIAL_FORMS": 0}
    for number, (text, is_right) in enumerate(options):
        data |= {f"options-{number}-text": text} | ({f"options-{number}-is_right": "on"} if is_right else {})
    return data


def test_the_desk_numbers_the_options(desk):
    response = desk.post(
        "/desk/trivia/question/add/", form_of(("Lang", True), ("Murnau", False)), follow=True
    )

    assert response.redirect_chain
    question = Question.objects.get()
    assert question.status == "live"
    assert list(question.options.values_list("order", "text")) == [(1, "Lang"), (2, "Murnau")]


def test_a_question_that_cannot_be_asked_stays_a_draft_and_says_why(desk):
    page = desk.post("/desk/trivia/question/add/", form_of(("Lang", False), ("Murnau", False)), follow=True)

    assert "kept as a draft: No answer is marked as right." in page.content.decode()
    assert Question.objects.get().status == "draft"
    page = desk.post("/desk/trivia/question/add/", form_of(status="draft", text="Who else?"), follow=True)
    assert "No answer is marked as right." in page.content.decode()


def test_the_desk_warns_of_similar_questions(desk):
    first = make_question()
    page = desk.post("/desk/trivia/question/add/", form_of(("a", True), ("b", False)), follow=True)

    assert f"Nearly the same is in the bank: “Who directed M?” (number {first.pk})" in page.content.decode()


def act(desk, action, *questions):
    data = {"action": action, "_selected_action": [each.pk for each in questions]}
    return desk.post("/desk/trivia/question/", data, follow=True)


def test_actions_make_questions_live_or_retired(desk):
    good, bad = make_question(status="draft"), make_question(text="Bad?", status="draft")
    bad.options.update(is_right=False)
    page = act(desk, "make_live", good, bad).content.decode()

    assert "1 live." in page and "“Bad?” stays as it is: No answer is marked as right." in page
    assert list(Question.objects.live()) == [good]
    assert "2 retired." in act(desk, "retire", good, bad).content.decode()


@pytest.mark.parametrize("name", WRITABLE_FORMATS)
def test_an_action_exports_the_chosen_questions(desk, name):
    question = make_question()
    response = act(desk, f"as_{name}", question)

    assert response.headers["Content-Disposition"].startswith('attachment; filename="questions.')
    assert read(response.content).questions[0].text == "Who directed M?"


IMPORT = "/desk/trivia/question/import/"


def test_a_file_is_imported_at_the_desk(desk):
    assert "Import questions" in desk.get("/desk/trivia/question/").content.decode()
    assert "Or paste it here" in desk.get(IMPORT).content.decode()
    page = desk.post(IMPORT, {"upload": SimpleUploadedFile("a.txt", AIKEN.encode())})
    html = page.content.decode()
    assert "aiken: 1 question can be imported, 1 cannot." in html and "Line 6: There is no line" in html
    assert not Question.objects.exists()

    form = page.context["form"]
    data = {"text": form["text"].value(), "format": "", "licence": "cc-by-4.0", "author": "", "create": "1"}
    again = desk.post(IMPORT, data)
    assert "say whom" in again.content.decode() and not Question.objects.exists()
    done = desk.post(IMPORT, data | {"author": "Ana"}, follow=True)
    assert "1 questions are in the bank, as drafts." in done.content.decode()
    done = desk.post(IMPORT, data | {"author": "Ana"}, follow=True)
    assert "1 were in the bank already." in done.content.decode()


def test_the_licence_of_a_known_collection_is_filled_in(desk):
    form = desk.post(IMPORT, {"text": file_of(opentdb()).decode()}).context["form"]
    assert (form["licence"].value(), form["author"].value()) == (
        "cc-by-sa-4.0",
        "Open Trivia Database (opentdb.com)",
    )


def test_columns_are_mapped_on_the_check_screen(desk):
    page = desk.post(IMPORT, {"text": "Frage,Antwort,Falsch\nWer?,Lang,Pabst\n"})
    assert "must name the columns" in page.content.decode() and "Column “Frage”" in page.content.decode()
    data = {"text": page.context["form"]["text"].value(), "format": "", "licence": "ours", "author": ""}
    data |= {"column_0": "question", "column_1": "correct_answer", "column_2": ""}
    again = desk.post(IMPORT, data | {"again": "1"})
    assert [each.kind for each in again.context["form"].parsed_file.questions] == ["typed"]
    assert not Question.objects.exists()
    desk.post(IMPORT, data | {"column_2": "wrong_answer_1", "create": "1"})
    assert Question.objects.get().kind == "choice"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file, or paste questions."),
        ({"upload": SimpleUploadedFile("a.csv", b"x" * 4_000_001)}, "manage.py import_questions FILE"),
        ({"text": "Just prose."}, "none of the formats"),
        ({"text": "Just prose.", "licence": "ours", "create": "1"}, "none of the formats"),
        (
            {"text": "Q?\nA. x\nB. y\nANSWER: C", "licence": "ours", "create": "1"},
            "No question of this file can come.",
        ),
    ],
    ids=["nothing", "big", "prose", "prose again", "no good one"],
)
def test_unreadable_input_at_the_desk_says_why(desk, sent, sentence):
    assert sentence in desk.post(IMPORT, sent).content.decode()


def test_the_import_screen_needs_the_permission_to_add_questions(client, db):
    client.force_login(make_staff("contributor"))
    assert client.get(IMPORT).status_code == 403
