"""
The base class of forms that anybody may send, without account, cookie or captcha.

Three checks look for programs that send spam: a field that people do not see, a signed time stamp, and the
number of links. They refuse nothing: what they find is stored with the submission, which is held for review
by staff. Only the rate limit refuses a submission, and the form then still contains what was typed.
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
    """The base class of such forms. `rate_scope` and `hourly_limit` define the rate limit."""

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
        """Count this submission. Returns True if this visitor has sent too many in this hour."""
        hits = record_hit(self.rate_scope, client_network(self.request), timedelta(hours=1))
        return hits > self.hourly_limit

    def submission_hash(self, *context: object) -> str:
        """
        A hash of the stamp and of everything typed or chosen: the same if the same form is sent twice.

        A form that is corrected and sent again has another hash. `context` is hashed too, for example the
        page that contains the form.
        """
        words = {
            name: str(self.cleaned_data[name])
            for name, field in self.fields.items()
            if name not in HIDDEN_FIELDS and not field.widget.is_hidden
        }
        parts = [self.cleaned_data["stamp"], words, [str(each) for each in context]]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def is_first_submission(self) -> bool:
        """Record this submission. Returns False if the same form was sent before, as by a double click."""
        return record_hit(f"{self.rate_scope} sent", self.submission_hash(), timedelta(days=1)) == 1

    def spam_signals(self, text: str) -> list[str]:
        """A sentence for each sign that a program has sent this; [] if there is none."""
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
