"""A new password by a mailed link that works for an hour and once. Every address gets the same answer."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cinemaclips.sign_in import notify_of_new_password
from fans import unconfirmed_mail
from fans.client_networks import client_network
from fans.limits import record_hit

ASKS_AN_HOUR = 10  # from one client network


class OutboxResetForm(PasswordResetForm):
    """Django's form, whose mail goes through the outbox, within the budget of its mailbox."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        subject_template, template, context, sender, address = args[:5]
        words = {"uidb64": context["uid"], "token": context["token"]}
        path = reverse("password_reset_confirm", kwargs=words)
        unconfirmed_mail.enqueue(
            "cinemaclips/mail/password_reset",
            address,
            timezone.now(),
            key=f"password reset {context['token']}",
            context={"username": context["user"].username, "path": path},
        )


class AskView(views.PasswordResetView):
    """Asks for the address of an account."""

    form_class = OutboxResetForm
    success_url = reverse_lazy("password_reset_done")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if record_hit("password reset", client_network(request), timedelta(hours=1)) > ASKS_AN_HOUR:
            form = self.get_form()
            form.add_error(None, "Too many mails were asked for from here. Try again in an hour.")
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().post(request, *args, **kwargs)


class ConfirmView(views.PasswordResetConfirmView):
    """Takes the new password. All sessions of the account end, because their hash has the password in it."""

    success_url = reverse_lazy("password_reset_complete")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        notify_of_new_password(form.user, timezone.now())
        return response
