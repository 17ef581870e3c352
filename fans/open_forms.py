"""
A form that anybody may send: no account, no cookie, no puzzle.

Three quiet checks tell programs from people: a field that no person sees, a signed time stamp,
and the number of links. None of them refuses anything: what they say is kept with the letter,
and the letter is held for staff. Only a flood is refused, with the words still in the form.
"""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core import signing
from django.utils.crypto import get_random_string

from fans.limits import address_of, knock

QUICKEST, SLOWEST = timedelta(seconds=3), timedelta(hours=4)
LINKS = 2
UNSEEN = {"website", "stamp"}
SALT = "fans.open_forms"


def new_stamp():
    """A signed note of this moment, different every time."""
    return signing.TimestampSigner(salt=SALT).sign(get_random_string(12))


class OpenForm(forms.Form):
    """The base of such a form. `door` names it for the limits; `an_hour` is how many may be sent."""

    door, an_hour = "form", 5

    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["stamp"].initial = new_stamp
        shown = [name for name in self.fields if name not in UNSEEN]
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(*shown, Div("website", css_class="beyond", aria_hidden="true"), "stamp")

    def floods(self):
        """Whether this visitor has sent too much in this hour; counts this attempt."""
        return knock(self.door, address_of(self.request), timedelta(hours=1)) > self.an_hour

    def comes_again(self):
        """Whether these very words came with this very stamp: a double click, not a second letter."""
        return knock(f"{self.door} stamp", self.cleaned_data["stamp"], timedelta(days=1)) > 1

    def suspicions(self, text):
        """Why this may come from a program, as sentences; [] if nothing speaks for it."""
        found = []
        if self.cleaned_data["website"]:
            found.append("The hidden field was filled in.")
        if text.lower().count("http") > LINKS:
            found.append("There are many links in it.")
        return found + self._about_the_stamp()

    def _about_the_stamp(self):
        signer, stamp = signing.TimestampSigner(salt=SALT), self.cleaned_data["stamp"]
        try:
            signer.unsign(stamp, max_age=SLOWEST)
        except signing.SignatureExpired:
            return ["The form had been open for over four hours."]
        except signing.BadSignature:
            return ["The time stamp was missing or forged."]
        try:
            signer.unsign(stamp, max_age=QUICKEST)
        except signing.SignatureExpired:
            return []
        return ["It was filled in within three seconds."]
