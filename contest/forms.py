"""What entrants and winners send."""

import hashlib

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.crypto import salted_hmac

from contest.awarding import listed_name
from contest.entering import NEWSLETTER_CONSENT
from contest.models import Entry
from fans import codes
from fans.limits import client_network
from fans.public_forms import PublicForm
from trivia.attempts import pseudonym, shuffled_choices
from trivia.forms import AnswerForm

AGE_CHOICES = [("yes", "Yes"), ("no", "No")]
PROOF_OF_WORK_BITS = 14  # a phone does it in a second or two
TOO_YOUNG = "too young"


class EntryForm(PublicForm):
    """
    An entry: the questions, who you are, where you live, old enough or not, and the rules.

    Says "too young" by its `is_too_young`; nothing of such an entry may be kept, not even a tally.
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
    region = forms.ModelChoiceField(None, label="Where you live", empty_label="Choose one")
    of_age = forms.ChoiceField(choices=AGE_CHOICES, widget=forms.RadioSelect)
    rules = forms.BooleanField(
        label="I have read the rules, and take part by them.",
        error_messages={"required": "Nobody can take part without the rules."},
    )
    newsletter = forms.BooleanField(label=NEWSLETTER_CONSENT, required=False)
    work = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "email", "region", "of_age", "rules", "newsletter", "website", "stamp", "work"]

    def __init__(self, *args, contest, **kwargs):
        super().__init__(*args, **kwargs)
        self.contest = contest
        self.fields["region"].queryset = contest.regions.all()
        self.fields["of_age"].label = f"Are you {contest.minimum_age} or older today?"
        self.question_forms = self._question_forms()

    @property
    def stamp(self):
        return (self.data.get("stamp") if self.is_bound else self["stamp"].value()) or ""

    def _form_token(self, answers):
        """What makes the very same form sent twice one entry. Corrected and sent again, it is another."""
        identifying = [self.cleaned_data[name] for name in ("name", "email", "region", "newsletter")]
        return hashlib.sha256(f"{self.stamp} {identifying} {sorted(answers.items())}".encode()).hexdigest()

    def _question_forms(self):
        """An `AnswerForm` for each question that this form asks."""
        if self.contest.question_set is None:
            return []
        secret = salted_hmac("contest.questions", self.stamp, algorithm="sha256").hexdigest()
        pool = list(self.contest.question_set.questions.prefetch_related("options").select_related("photo"))
        pool.sort(
            key=lambda question: (
                pseudonym(secret, "question", question.pk) if self.contest.questions_per_entry else ""
            )
        )
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

    def is_valid(self):
        answers_valid = [form.is_valid() for form in self.question_forms]
        return super().is_valid() and all(answers_valid)

    @property
    def is_too_young(self):
        return self.is_bound and self.data.get("of_age") == "no"

    @property
    def has_proof_of_work(self):
        """Whether the browser has done the proof of work: a price for programs, no condition for people."""
        solution = f"{self.data.get('stamp', '')} {self.data.get('work', '')}"
        return int(hashlib.sha256(solution.encode()).hexdigest(), 16) >> (256 - PROOF_OF_WORK_BITS) == 0

    def throttle(self):
        """Who has worked for each entry may send three times as many: a school, a library."""
        self.hourly_limit = self.hourly_limit * 3 if self.has_proof_of_work else self.hourly_limit
        return super().throttle()

    def build_entry(self, now):
        """The entry that this form makes; not saved."""
        data, answers = (
            self.cleaned_data,
            {str(form.question.pk): form.submission for form in self.question_forms},
        )
        network = salted_hmac(
            f"contest.network {self.contest.draw_id}", client_network(self.request), algorithm="sha256"
        )
        return Entry(
            contest=self.contest,
            form_token=self._form_token(answers),
            name=data["name"],
            email=data["email"],
            region=data["region"],
            newsletter=data["newsletter"],
            answers=answers,
            network_pseudonym=network.hexdigest(),
            doubts=" ".join(self.spam_signals(data["name"]))[:300],
            sent_at=now,
        )


class ReceiptCodeForm(forms.Form):
    """The code of a receipt, however it is spelled."""

    code = forms.CharField(
        label="The code on your receipt", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_code(self):
        return codes.normalized(self.cleaned_data["code"])


class TicketForm(forms.Form):
    """A ticket of the list, or the beginning of one."""

    ticket = forms.RegexField(
        r"^\s*[0-9a-fA-F]{8,64}\s*$",
        label="Find a ticket",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "A ticket has 64 signs from 0 to 9 and a to f; eight of them are enough."},
    )

    def clean_ticket(self):
        return self.cleaned_data["ticket"].strip().lower()


class ClaimForm(forms.Form):
    """Where the prize goes. The only place that asks for a postal address."""

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

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        self.award = award
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        if award.skill_sum:
            self.fields["skill_answer"].label = f"Without help, and by hand: {award.skill_sum} ="
        else:
            del self.fields["skill_answer"]

    def award_fields(self):
        """What `awarding.claim` stores."""
        data = self.cleaned_data
        fields = {
            name: data[name] for name in ("full_name", "street", "town", "state", "postcode", "country")
        }
        return fields | {"listed_as": listed_name(data["full_name"], data["town"]) if data["listed"] else ""}
