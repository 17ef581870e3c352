"""Asking for the way to one's own data, and erasing it."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from django import forms

from fans import signing
from fans.limits import record_hit
from fans.models import Mail
from fans.personal_data import export_all
from fans.public_forms import PublicForm

LOGIN_LINK_SALT = "fans.door"
LOGIN_LINK_MAX_AGE = timedelta(hours=24)
LOGIN_LINK = signing.register(LOGIN_LINK_SALT, LOGIN_LINK_MAX_AGE)
LINKS_A_DAY = 5  # to one address


class LoginLinkForm(PublicForm):
    """Where to send the link. The answer is the same whether we hold anything or not."""

    rate_scope, hourly_limit = "my data", 10

    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def send_link(self):
        """Mail the link, if there is anything to see at its end."""
        email = self.cleaned_data["email"]
        if self.spam_signals("") or not export_all(email):
            return
        if record_hit("my data address", email, timedelta(days=1)) <= LINKS_A_DAY:
            token = LOGIN_LINK.sign(email)
            key = f"my data {token}"[:200]
            Mail.objects.enqueue("fans/mail/login_link", email, key=key, context={"token": token})


class EraseForm(forms.Form):
    """The one thing here that cannot be taken back asks twice."""

    sure = forms.BooleanField(label="Yes, erase everything now. I know that this cannot be undone.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True


def email_from_token(token):
    """The address that a mailed link was made for; None for a forged or an old one."""
    try:
        return LOGIN_LINK.read(token)
    except signing.BadSignature:
        return None
