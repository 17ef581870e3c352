"""Admin forms to import questions: upload a file, then check what will be imported."""

from typing import Any

from django import forms

from trivia.formats import FORMATS, ParsedFile, UnreadableFile, detect_format, read, table
from trivia.formats.lines import decoded
from trivia.formats.parsed import ParsedQuestion
from trivia.importer import lacks_attribution
from trivia.models import Question

MAX_UPLOAD_BYTES = 4_000_000  # through the admin; `manage.py import_questions` accepts more
COLUMNS = [
    "question",
    "correct_answer",
    *(f"wrong_answer_{number}" for number in range(1, 6)),
    *table.COLUMNS[1:],
]


class UploadForm(forms.Form):
    """A file of questions, or its text pasted into the form."""

    upload = forms.FileField(
        label="File",
        required=False,
        help_text="OpenTDB JSON, GIFT, Aiken, Moodle XML, OpenTriviaQA or CSV, 4 MB.",
    )
    text = forms.CharField(
        label="Or paste it here", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    def clean(self) -> dict[str, Any]:
        upload, text = self.cleaned_data.get("upload"), self.cleaned_data.get("text")
        if upload and upload.size > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                "The file is larger than 4 MB. Split it, or use the command: manage.py import_questions FILE."
            )
        if not upload and not text:
            raise forms.ValidationError("Choose a file, or paste questions.")
        return {"text": decoded(upload.read()) if upload else text}


class CheckForm(forms.Form):
    """
    The format of the uploaded text, the meaning of its columns, and its licence.

    The text travels in a hidden field and is read again with every request; nothing is stored. After
    `__init__`, `parsed_file` is the result, or None with the reason in `error`.
    """

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    format = forms.ChoiceField(
        choices=[("", "As it looks"), *((name, name) for name in FORMATS)], required=False
    )
    licence = forms.ChoiceField(choices=Question.Licence)
    author = forms.CharField(
        label="Whom to name", max_length=200, required=False, help_text="Who wrote the questions, if not we."
    )

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parsed_file: ParsedFile | None = None
        self.error = ""
        self.headings = table.headings_of(text) if self._is_table(text) else []
        for index, (heading, known) in enumerate(self.headings):
            choices = [("", "left out"), *((name, name) for name in COLUMNS)]
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=f"Column “{heading[:40]}”", choices=choices, initial=known, required=False
            )
        try:
            self.parsed_file = read(text.encode(), self._submitted("format") or None, self._column_mapping())
        except UnreadableFile as error:
            self.error = str(error)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.questions:
            raise forms.ValidationError(self.error or "No question of this file can come.")
        if lacks_attribution(self.questions, cleaned.get("licence", ""), cleaned.get("author", "")):
            self.add_error("author", "This licence asks us to name somebody: say whom.")
        return cleaned

    @property
    def questions(self) -> list[ParsedQuestion]:
        """The questions that can be imported; [] if the text cannot be read."""
        return self.parsed_file.questions if self.parsed_file else []

    def _submitted(self, name: str) -> str:
        return self.data.get(name, "") if self.is_bound else ""

    def _is_table(self, text: str) -> bool:
        # A text of no known format may be a table whose columns the editor has to name.
        return (self._submitted("format") or detect_format(text) or "csv") == "csv"

    def _column_mapping(self) -> dict[str, str] | None:
        """What the editor chose for each heading of the table; None before the form is submitted."""
        if not self.is_bound:
            return None
        return {
            heading: self._submitted(f"column_{index}") for index, (heading, _) in enumerate(self.headings)
        }
