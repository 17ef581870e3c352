"""Asking for the way to one's own data, and erasing it."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.core import signing

from fans.holdings import all_on
from fans.limits import knock
from fans.models import Mail
from fans.open_forms import OpenForm

DOOR_SALT = "fans.door"
DOOR_OPEN = timedelta(hours=24)
LINKS_A_DAY = 5  # to one address


class MyDataForm(OpenForm):
    """Where to send the link. The answer is the same whether we hold anything or not."""

    door, an_hour = "my data", 10

    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def send_link(self):
        """Mail the link, if there is anything to see at its end."""
        email = self.cleaned_data["email"]
        if self.suspicions("") or not all_on(email):
            return
        if knock("my data address", email, timedelta(days=1)) <= LINKS_A_DAY:
            token = signing.dumps(email, salt=DOOR_SALT)
            key = f"my data {token}"[:200]
            Mail.objects.post("fans/mail/door", email, key=key, context={"token": token})


class EraseForm(forms.Form):
    """The one thing here that cannot be taken back asks twice."""

    sure = forms.BooleanField(label="Yes, erase everything now. I know that this cannot be undone.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True


def address_behind(token):
    """The address that a mailed link was made for; None for a forged or an old one."""
    try:
        return signing.loads(token, salt=DOOR_SALT, max_age=DOOR_OPEN)
    except signing.BadSignature:
        return None
