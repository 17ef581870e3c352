"""The forms of entrants and winners."""

import hashlib
from datetime import datetime
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.crypto import salted_hmac

from contest.entering import NEWSLETTER_CONSENT
from contest.models import Award, Contest, Entry, Region
from contest.winners_list import listed_name
from fans import codes
from fans.client_networks import client_network
from fans.public_forms import PublicForm
from trivia.choices import pseudonym, shuffled_choices
from trivia.forms import AnswerForm

AGE_CHOICES = [("yes", "Yes"), ("no", "No")]
PROOF_OF_WORK_BITS = 14  # a phone does it in a second or two
TOO_YOUNG = "too young"


class EntryForm(PublicForm):
    """
    An entry: the questions of the contest, name, e-mail address, region, age and consent to the rules.

    If `is_too_young`, nothing of the form may be stored, not even a count.
    """

    rate_scope, hourly_limit = "entry", 20

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We mail you a link. Your entry counts once you have pressed the button behind it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    region: "forms.ModelChoiceField[Region]" = forms.ModelChoiceField(
        None, label="Where you live", empty_label="Choose one"
    )
    of_age = forms.ChoiceField(choices=AGE_CHOICES, widget=forms.RadioSelect)
    rules = forms.BooleanField(
        label="I have read the rules, and take part by them.",
        error_messages={"required": "Nobody can take part without the rules."},
    )
    newsletter = forms.BooleanField(label=NEWSLETTER_CONSENT, required=False)
    work = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "email", "region", "of_age", "rules", "newsletter", "website", "stamp", "work"]

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest
        region = cast("forms.ModelChoiceField[Region]", self.fields["region"])
        region.queryset = contest.regions.all()
        self.fields["of_age"].label = f"Are you {contest.minimum_age} or older today?"
        self.question_forms = self._question_forms()

    @property
    def stamp(self) -> str:  # type: ignore[override]  # the form's metaclass removes the field of this name
        """The signed stamp: a new one for an empty form, else the one that was sent ("" if none was)."""
        return (self.data.get("stamp") if self.is_bound else self["stamp"].value()) or ""

    def _form_token(self, answers: dict[str, Any]) -> str:
        """A token that is the same if the same form is sent twice, so that it is one entry."""
        identifying = [self.cleaned_data[name] for name in ("name", "email", "region", "newsletter")]
        return hashlib.sha256(f"{self.stamp} {identifying} {sorted(answers.items())}".encode()).hexdigest()

    def _question_forms(self) -> list[AnswerForm]:
        """An `AnswerForm` for each question that this form asks."""
        if self.contest.question_set is None:
            return []
        secret = salted_hmac("contest.questions", self.stamp, algorithm="sha256").hexdigest()
        pool = list(self.contest.question_set.questions.prefetch_related("options").select_related("photo"))
        if self.contest.questions_per_entry:  # chosen by the stamp, so that each form asks others
            pool.sort(key=lambda question: pseudonym(secret, "question", question.pk))
        data = self.data if self.is_bound else None
        return [
            AnswerForm(
                data,
                question=question,
                choices=shuffled_choices(secret, question),
                token="",
                prefix=f"q{number}",
            )
            for number, question in enumerate(pool[: self.contest.questions_per_entry], 1)
        ]

    def is_valid(self) -> bool:
        answers_valid = [form.is_valid() for form in self.question_forms]
        return super().is_valid() and all(answers_valid)

    @property
    def is_too_young(self) -> bool:
        """Whether the form says that its sender is under the minimum age."""
        return self.is_bound and self.data.get("of_age") == "no"

    @property
    def has_proof_of_work(self) -> bool:
        """Whether the browser has done the proof of work. It is optional: it raises the hourly limit."""
        solution = f"{self.data.get('stamp', '')} {self.data.get('work', '')}"
        return int(hashlib.sha256(solution.encode()).hexdigest(), 16) >> (256 - PROOF_OF_WORK_BITS) == 0

    def throttle(self) -> bool:
        """Count this form. Returns True if its network has sent too many. Proof of work triples the limit."""
        self.hourly_limit = self.hourly_limit * 3 if self.has_proof_of_work else self.hourly_limit
        return super().throttle()

    def build_entry(self, now: datetime) -> Entry:
        """An unsaved entry with the values of this form, which must be valid."""
        data = self.cleaned_data
        answers = {str(form.question.pk): form.submission for form in self.question_forms}
        return Entry(
            contest=self.contest,
            form_token=self._form_token(answers),
            name=data["name"],
            email=data["email"],
            region=data["region"],
            newsletter=data["newsletter"],
            answers=answers,
            network_pseudonym=self._network_pseudonym(),
            doubts=" ".join(self.spam_signals(data["name"]))[:300],
            sent_at=now,
        )

    def _network_pseudonym(self) -> str:
        """A keyed hash of the sender's network, different in each contest so that nobody can be followed."""
        purpose = f"contest.network {self.contest.draw_id}"
        return salted_hmac(purpose, client_network(self.request), algorithm="sha256").hexdigest()


class ReceiptCodeForm(forms.Form):
    """The code of a receipt, in upper or lower case, with or without groups."""

    code = forms.CharField(
        label="The code on your receipt", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_code(self) -> str:
        return codes.normalized(self.cleaned_data["code"])


class TicketForm(forms.Form):
    """A search for a ticket by its hex digits or the first of them."""

    ticket = forms.RegexField(
        r"^\s*[0-9a-fA-F]{8,64}\s*$",
        label="Find a ticket",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "A ticket has 64 signs from 0 to 9 and a to f; eight of them are enough."},
    )

    def clean_ticket(self) -> str:
        return self.cleaned_data["ticket"].strip().lower()


class ClaimForm(forms.Form):
    """The claim of a prize: the only form of entrants that asks for a postal address."""

    full_name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    street = forms.CharField(
        label="Street and number",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    town = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))
    state = forms.CharField(
        label="State or province", max_length=60, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level1"}),
    )  # fmt: skip
    postcode = forms.CharField(
        label="ZIP or postcode", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    country = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "country-name"}))
    skill_answer = forms.IntegerField(label="Your answer", required=True)
    listed = forms.BooleanField(
        label="List me as a winner with my first name, the initial of my last name, and my town.",
        required=False,
    )

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award = award
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        if award.skill_sum:
            self.fields["skill_answer"].label = f"Without help, and by hand: {award.skill_sum} ="
        else:
            del self.fields["skill_answer"]

    def award_fields(self) -> dict[str, str]:
        """The fields of the award that `awarding.claim` stores."""
        data = self.cleaned_data
        fields = {
            name: data[name] for name in ("full_name", "street", "town", "state", "postcode", "country")
        }
        return fields | {"listed_as": listed_name(data["full_name"], data["town"]) if data["listed"] else ""}
