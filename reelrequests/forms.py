"""The forms of readers: a request, a guess, a vote."""

from datetime import datetime

from django import forms

from fans.models import Fan
from fans.public_forms import PublicForm
from reelrequests.models import Guess, ReelRequest

Kind = ReelRequest.Kind
EMAIL_HELP = "Only to tell you when we cover it. We mail you a link first; one press ends it at any time."


class RequestForm(PublicForm):
    """A new request. It waits for moderation; a valid form is always saved, even if it may be spam."""

    rate_scope, hourly_limit = "reel request", 12

    kind = forms.ChoiceField(label="What you ask for", choices=Kind, initial=Kind.FILM)
    title = forms.CharField(
        label="Which one",
        max_length=160,
        help_text="A title, a name, a subject. Of a film you half remember: what happens in it.",
        widget=forms.TextInput(attrs={"data-suggest": "requests", "autocomplete": "off"}),
    )
    why = forms.CharField(
        label="Why",
        max_length=600,
        required=False,
        help_text="This is what gets read out on air.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    signed = forms.CharField(
        label="What we may call you", max_length=80, required=False, help_text="As in Ana from Tempe."
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text=EMAIL_HELP,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    send_anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ["kind", "title", "why", "signed", "email", "website", "stamp", "send_anyway"]

    def build_request(self, now: datetime) -> ReelRequest:
        """An unsaved request with the values of this form. `held_for` says why it may be spam."""
        data = self.cleaned_data
        spam_signals = self.spam_signals(f"{data['title']} {data['why']}")
        fields = {name: data[name] for name in ("kind", "title", "why", "signed")}
        return ReelRequest(
            **fields,
            held_for=" ".join(spam_signals)[:300],
            submission_hash=self.submission_hash(),
            asked_at=now,
        )


class GuessForm(PublicForm):
    """A guess at the film that a reader is looking for."""

    rate_scope, hourly_limit = "reel guess", 12

    title = forms.CharField(
        label="The film",
        max_length=160,
        widget=forms.TextInput(attrs={"data-suggest": "films", "autocomplete": "off"}),
    )
    why = forms.CharField(label="How you know", max_length=400, required=False)
    signed = forms.CharField(label="What we may call you", max_length=80, required=False)
    field_order = ["title", "why", "signed", "website", "stamp"]

    def build_guess(self, reel_request: ReelRequest, fan: Fan | None, now: datetime) -> Guess:
        """An unsaved guess. It has the fan's e-mail address, so that the fan can export and erase it."""
        data = self.cleaned_data
        spam_signals = " ".join(self.spam_signals(f"{data['title']} {data['why']}"))[:300]
        fields = {name: data[name] for name in ("title", "why", "signed")}
        return Guess(
            **fields, request=reel_request, email=fan.email if fan else "", held_for=spam_signals,
            submission_hash=self.submission_hash(reel_request.pk), guessed_at=now,
        )  # fmt: skip


class VoteForm(forms.Form):
    """A vote: a button, and optionally an e-mail address for the notification."""

    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text=EMAIL_HELP,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False)

    @property
    def is_bot(self) -> bool:
        """Whether the hidden field is filled in, which people do not see."""
        return bool(self.data.get("website"))
