"""
Entering a contest: the form stores an entry, and the button behind the link in the mail gives it a ticket.

Each step and its mail are one transaction. Each step can be repeated: a form that is sent twice, or a button
that is pressed in two tabs, leads to the same receipt.
"""

import shlex
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, transaction

from contest.models import Contest, Entry, Rules
from contest.models.entries import new_code, new_salt
from contest.opening import record_opening
from contest.verify import canonical, ticket_of
from fans import mailed_links, signing, unconfirmed_mail
from fans.mailed_links import MailedLink
from fans.models import Consent, Fan, Mail
from magazine.templatetags.magazine import zoned_datetime
from trivia import attempts

CONFIRM_LINK = signing.register("contest.confirm", mailed_links.MAX_AGE)  # and until Contest.confirm_by
NEWSLETTER_CONSENT = "Yes, mail me the cinemaCLIPS newsletter. I can take this back at any time."


class ConfirmedTooLate(Exception):
    """The button was pressed after `Contest.confirm_by`."""


def submit_entry(contest: Contest, entry: Entry) -> Entry:
    """
    Save `entry` and mail the link to its button. Returns `entry`, or the one saved before for the same form.

    Somebody who has a confirmed entry is mailed its receipt again instead. The page then looks as for a new
    entry, so that it does not tell who has entered.
    """
    entry.rules = _rules_in_force(contest, entry.sent_at)
    entry.identity = canonical(entry.email)
    existing = contest.entries.confirmed().of_person(entry.identity).first()
    if existing:
        _mail_receipt_again(existing, entry.sent_at)
        return existing
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            _mail_confirm_link(entry)
    except IntegrityError:  # the same form token: a double click
        return contest.entries.get(form_token=entry.form_token)
    return entry


def _mail_confirm_link(entry: Entry) -> None:
    """Enqueue the mail with the link to the button. It has no word of what was typed, maybe by a stranger."""
    context = contest_mail_context(entry.contest) | confirm_link(entry).context()
    context["confirm_by"] = zoned_datetime(entry.contest.confirm_by_local)
    key = f"contest confirm {entry.pk}"
    unconfirmed_mail.enqueue("contest/mail/confirm", entry.email, entry.sent_at, key=key, context=context)


def _mail_receipt_again(entry: Entry, now: datetime) -> None:
    """Enqueue the receipt of a confirmed entry once more, at most once a day."""
    key = f"contest receipt_again {entry.pk} {now:%Y-%m-%d}"
    own = {name: getattr(entry, name) for name in ("code", "identity", "salt", "ticket")}
    context = contest_mail_context(entry.contest) | own
    unconfirmed_mail.enqueue("contest/mail/receipt_again", entry.email, now, key=key, context=context)


def _rules_in_force(contest: Contest, now: datetime) -> Rules:
    """The rules of an open contest; its opening is recorded first if the worker has not done so."""
    rules = contest.rules_in_force()
    if rules is None:
        record_opening(contest, now)
        rules = contest.rules_in_force()
    return cast(Rules, rules)  # the opening stores a version


def confirm_link(entry: Entry) -> MailedLink:
    """The link to the entry's button."""
    return MailedLink(CONFIRM_LINK, entry.pk)


def entry_from_token(token: str) -> Entry | None:
    """The entry of a mailed link; None if the token is forged or too old, or the entry erased or deleted."""
    try:
        pk = CONFIRM_LINK.read(token)
    except signing.BadSignature:
        return None
    return Entry.objects.not_erased().for_confirming().filter(pk=pk).first()


def confirm_entry(entry: Entry, now: datetime) -> Entry:
    """
    Confirm an entry whose button was pressed; return the person's confirmed entry, maybe an earlier one.

    Raises `ConfirmedTooLate` if the time to confirm is over and the person has no confirmed entry.
    """
    if entry.is_confirmed:
        return entry
    confirmed = entry.contest.entries.confirmed().of_person(entry.identity)
    if now >= entry.contest.confirm_by:
        if existing := confirmed.first():
            return existing
        raise ConfirmedTooLate
    try:
        with transaction.atomic():
            entered = issue_ticket(entry, now)
    except IntegrityError:  # this person has a confirmed entry from another form
        entered = False
    return entry if entered else confirmed.get()


@transaction.atomic
def press_button(entry: Entry, token: str, now: datetime) -> tuple[Entry | None, bool]:
    """
    Confirm an entry whose button was pressed; returns the person's confirmed entry, and whether this was the
    link's first use. A second use confirms nothing and returns what there is.

    Raises `ConfirmedTooLate` as `confirm_entry` does; the link is not used up then.
    """
    if mailed_links.use(token, now):
        return confirm_entry(entry, now), True
    return entry.contest.entries.confirmed().of_person(entry.identity).first(), False


def issue_ticket(entry: Entry, now: datetime) -> bool:
    """
    Give an unconfirmed entry its ticket, mark its answers and mail the receipt.

    False if another request has just done so. Raises `IntegrityError` if the person has a ticket already.
    """
    salt = new_salt()
    ticket = ticket_of(entry.contest.draw_id, salt, entry.identity)
    ticket_fields = {"confirmed_at": now, "salt": salt, "code": new_code(), "ticket": ticket}
    if not Entry.objects.unconfirmed().filter(pk=entry.pk).update(**ticket_fields):
        return False
    for name, value in ticket_fields.items():
        setattr(entry, name, value)
    _mark_answers(entry, now)
    if entry.email:
        _record_consents(entry, now)
        key, context = f"contest receipt {entry.pk}", mail_context(entry)
        Mail.objects.enqueue("contest/mail/receipt", entry.email, key=key, context=context)
    return True


def _mark_answers(entry: Entry, now: datetime) -> None:
    """Store the answers as a finished attempt, so that rulings on questions mark them again."""
    if entry.answers and entry.contest.question_set:
        answers = {int(question_pk): answer for question_pk, answer in entry.answers.items()}
        entry.attempt = attempts.create_finished_attempt(entry.contest.question_set, answers, now)
        entry.save(update_fields=["attempt"])


def _record_consents(entry: Entry, now: datetime) -> None:
    """Record that the e-mail address is confirmed, and the consent to the newsletter if it was given."""
    Fan.objects.confirm(entry.email, now)
    if not entry.newsletter:
        return
    fan = Fan.objects.get(email=entry.email)
    if not fan.consents.active().filter(purpose="newsletter").exists():
        source = f"Contest {entry.contest.draw_id}"
        Consent.objects.create(
            fan=fan, purpose="newsletter", words=NEWSLETTER_CONSENT, source=source, given_at=now
        )


def mail_context(entry: Entry) -> dict[str, Any]:
    """The context of mails to an entrant. It has salt and code, which staff never see."""
    fields = ("name", "email", "identity", "salt", "ticket", "code", "weight")
    own = {name: getattr(entry, name) for name in fields} | {
        "shell_quoted_identity": shlex.quote(entry.identity)
    }
    return own | contest_mail_context(entry.contest)


def contest_mail_context(contest: Contest) -> dict[str, Any]:
    """The part of the context that is the same for all mails of a contest."""
    return {
        "title": contest.title,
        "draw_id": contest.draw_id,
        "contest_url": contest.get_absolute_url(),
        "closes": zoned_datetime(contest.closes_at_local),
        "sponsor": contest.sponsor,
        "sponsor_postal_address": contest.sponsor_postal_address,
        "entries_deleted_on": str(contest.entries_deleted_on),
        "everybody_is_in": contest.eligibility == contest.Eligibility.ALL,
    }
