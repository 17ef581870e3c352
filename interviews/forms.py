"""The two steps of pasting a transcript: the text, and the check of the result."""

from typing import Any

from django import forms

from interviews.importer import suggested_names
from interviews.input_formats import decode_text
from interviews.parser import TranscriptNotFound, parse
from interviews.transcripts import LOW, ParsedTranscript

MAX_BYTES = 2_000_000


class PasteForm(forms.Form):
    """A transcript, pasted or as a file."""

    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        label="Text",
        help_text="As it comes: Q and A, names before the turns, Markdown, HTML, WebVTT or SRT.",
    )
    file = forms.FileField(required=False, label="Or a file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload and upload.size > MAX_BYTES:
            raise forms.ValidationError("This file is over 2 MB: no interview is that long.")
        text = decode_text(upload.read()) if upload else cleaned.get("text", "")
        if not text.strip():
            raise forms.ValidationError("Paste the interview, or choose a file.")
        try:
            cleaned["transcript"] = parse(text)
        except TranscriptNotFound as error:
            raise forms.ValidationError(str(error)) from None
        cleaned["text"] = text
        return cleaned


class CheckForm(forms.Form):
    """The result for an editor to correct: the title and each speaker's full name."""

    title = forms.CharField(max_length=200, label="Title")
    text = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, transcript: ParsedTranscript, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.transcript = transcript
        self.fields["title"].initial = transcript.intro_parts.headline
        for label, name in suggested_names(transcript).items():
            self.fields[f"speaker:{label}"] = forms.CharField(
                max_length=120, label=f"“{label}” is", initial=name
            )
        if transcript.confidence == LOW:
            self.fields["confirm"] = forms.BooleanField(
                label="I have compared the turns with the text: they are right.",
                help_text="This text has no clear labels, so it was read by guessing.",
            )

    def full_names(self) -> dict[str, str]:
        """Full names by label."""
        labels = self.transcript.speakers
        return {label: self.cleaned_data[f"speaker:{label}"] for label in labels}
