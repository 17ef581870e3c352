"""The forms of "my data": one that asks for the login link, one that erases everything."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from fans import signing, unconfirmed_mail
from fans.email_addresses import pseudonym
from fans.mailed_links import MailedLink
from fans.models.fan_sessions import FRESHNESS
from fans.personal_data import export_all
from fans.public_forms import PublicForm

LOGIN_LINK_SALT = "fans.door"
LOGIN_LINK = signing.register(LOGIN_LINK_SALT, FRESHNESS)


class LoginLinkForm(PublicForm):
    """Asks where to send the log-in link. The answer is the same whether we hold data or not."""

    rate_scope, hourly_limit = "my data", 10

    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def send_link(self, now: datetime) -> None:
        """Mail the link if we hold any data on this address."""
        email = self.cleaned_data["email"]
        if self.spam_signals("") or not export_all(email):
            return
        mail_login_link(email, now)


class EraseForm(forms.Form):
    """The box that must be ticked before everything is erased, since this cannot be undone."""

    sure = forms.BooleanField(label="Yes, erase everything now. I know that this cannot be undone.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf = False, True


def mail_login_link(email: str, now: datetime) -> None:
    """Enqueue the mail with the log-in link for this address."""
    key = f"my data {pseudonym(email, 'my data')} {now:%Y-%m-%d %H:%M:%S.%f}"
    context = MailedLink(LOGIN_LINK, email).context()
    unconfirmed_mail.enqueue("fans/mail/login_link", email, now, key=key, context=context)


def email_from_token(token: str) -> str | None:
    """The e-mail address that a mailed link was made for; None if the link is forged or too old."""
    try:
        return LOGIN_LINK.read(token)
    except signing.BadSignature:
        return None
