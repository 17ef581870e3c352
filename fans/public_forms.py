"""
The base of the forms that anybody may send, without account, cookie or captcha.

Three checks tell programs from people: a field that no person sees, a signed time stamp, and the number
of links. None of them refuses anything: the signs of spam are stored with the letter, and the letter is
held for staff. Only too many submissions are refused, with the words still in the form.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from fans import signing
from fans.client_networks import client_network
from fans.limits import record_hit

MIN_FILL_TIME, MAX_FILL_TIME = timedelta(seconds=3), timedelta(hours=4)
MAX_LINKS = 2
HIDDEN_FIELDS = {"website", "stamp"}
STAMP = signing.register("fans.open_forms", MAX_FILL_TIME)


def new_stamp() -> str:
    """A random text, signed with the current time."""
    return STAMP.sign(get_random_string(12))


class PublicForm(forms.Form):
    """The base of such a form. `rate_scope` and `hourly_limit` are its rate limit."""

    rate_scope, hourly_limit = "form", 5

    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["stamp"].initial = new_stamp
        visible = [name for name in self.fields if name not in HIDDEN_FIELDS]
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(*visible, Div("website", css_class="beyond", aria_hidden="true"), "stamp")

    def throttle(self) -> bool:
        """Count this attempt. True if this visitor has sent more than `hourly_limit` in this hour."""
        hits = record_hit(self.rate_scope, client_network(self.request), timedelta(hours=1))
        return hits > self.hourly_limit

    def submission_hash(self, *context: object) -> str:
        """
        What the very same form sent twice has in common: its stamp and everything that was typed or chosen.

        Corrected or rewritten and sent again, it is another submission. `context` is what else tells two
        apart, such as the page that the form stands on.
        """
        words = {
            name: str(self.cleaned_data[name])
            for name, field in self.fields.items()
            if name not in HIDDEN_FIELDS and not field.widget.is_hidden
        }
        parts = [self.cleaned_data["stamp"], words, [str(each) for each in context]]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def is_first_submission(self) -> bool:
        """Count this submission. False where the very same form came before, as after a double click."""
        return record_hit(f"{self.rate_scope} sent", self.submission_hash(), timedelta(days=1)) == 1

    def spam_signals(self, text: str) -> list[str]:
        """Why this may come from a program, as sentences; [] if there is no sign of that."""
        signals = []
        if self.cleaned_data["website"]:
            signals.append("The hidden field was filled in.")
        if text.lower().count("http") > MAX_LINKS:
            signals.append("There are many links in it.")
        return signals + self._stamp_signals()

    def _stamp_signals(self) -> list[str]:
        stamp = self.cleaned_data["stamp"]
        try:
            STAMP.read(stamp)
        except signing.SignatureExpired:
            return ["The form had been open for over four hours."]
        except signing.BadSignature:
            return ["The time stamp was missing or forged."]
        if STAMP.is_older_than(stamp, MIN_FILL_TIME):
            return []
        return ["It was filled in within three seconds."]
