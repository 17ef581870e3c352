"""The contact form."""

from django import forms

from about.models import Letter, Topic
from fans.public_forms import PublicForm


class LetterForm(PublicForm):
    """A letter on a topic. Every valid letter is saved; one that looks like spam is held for review."""

    rate_scope, hourly_limit = "letter", 6

    topic = forms.ModelChoiceField(Topic.objects.all(), to_field_name="slug", empty_label="Choose one")
    text = forms.CharField(label="Your letter", max_length=5000, widget=forms.Textarea(attrs={"rows": 9}))
    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text="Only if you want an answer. We use it for that and nothing else.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    page = forms.CharField(label="The page it is about", max_length=500, required=False)
    field_order = ["topic", "text", "page", "name", "email", "website", "stamp"]

    def save(self) -> Letter | None:
        """Save the letter. Returns None if the form was sent before, as by a double click."""
        if self.cleaned_data["stamp"] and not self.is_first_submission():
            return None
        fields = {name: self.cleaned_data[name] for name in ("topic", "text", "name", "email", "page")}
        signals = self.spam_signals(fields["text"])
        state = Letter.State.HELD if signals else Letter.State.NEW
        return Letter.objects.create(**fields, state=state, hold_reason=" ".join(signals)[:300])
