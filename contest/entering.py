"""
Entering a contest: a form that is sent, a mail, a button, a ticket.

Each step stands in one transaction with the mail that tells of it, and each can be repeated: the same
form sent twice, the same button pressed in two tabs, give the same receipt.
"""

import shlex
from datetime import timedelta

from django.db import IntegrityError, transaction

from contest.models import Entry
from contest.models.entries import new_code, new_salt
from contest.opening import record_opening
from contest.verify import canonical, ticket_of
from fans import signing
from fans.limits import record_hit
from fans.models import Consent, Fan, Mail
from magazine.templatetags.magazine import zoned_datetime
from trivia import attempts

CONFIRM_LINK = signing.register("contest.confirm", None)  # Contest.confirm_by says until when it is good
MAX_MAILS_PER_DAY = 5  # to one address
NEWSLETTER_CONSENT = "Yes, mail me the cinemaCLIPS newsletter. I can take this back at any time."


class ConfirmedTooLate(Exception):
    """Confirmed after the time for it was over."""


def submit_entry(contest, entry):
    """
    Store an entry that was sent, with the mail that leads to its button; the entry that stands.

    `entry` is not saved yet. A form that comes again is the entry it was the first time. Who has
    entered already gets the receipt once more instead; the page does not tell the difference.
    """
    rules = contest.rules_in_force()
    if rules is None:
        record_opening(contest, entry.sent_at)
        rules = contest.rules_in_force()
    entry.rules = rules
    entry.identity = canonical(entry.email)
    existing = contest.entries.confirmed().of_person(entry.identity).first()
    if existing:
        _post_mail(existing, "receipt_again", f"{entry.sent_at:%Y-%m-%d}")
        return existing
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            if record_hit("entry mail", entry.identity, timedelta(days=1)) <= MAX_MAILS_PER_DAY:
                _post_mail(entry, "confirm", token=confirm_token(entry))
    except IntegrityError:  # a double click: this form has come before
        return contest.entries.get(form_token=entry.form_token)
    return entry


def confirm_token(entry):
    """What the link in the mail carries."""
    return CONFIRM_LINK.sign(entry.pk)


def entry_from_token(token):
    """The entry that a mailed link was made for; None for a forged one, or where it is gone."""
    try:
        pk = CONFIRM_LINK.read(token)
    except signing.BadSignature:
        return None
    return Entry.objects.not_erased().for_confirming().filter(pk=pk).first()


def confirm_entry(entry, now):
    """
    The entry that stands for this person once the button is pressed: this one, or the one before it.

    Raises `ConfirmedTooLate` when the time to confirm is over.
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
    except IntegrityError:  # this person stands already, by another form
        entered = False
    return entry if entered else confirmed.get()


def issue_ticket(entry, now):
    """
    Give a waiting entry its ticket, its marks and its mail; False where another tab has just done so.

    Raises `IntegrityError` where this person has a ticket already.
    """
    salt = new_salt()
    ticket = ticket_of(entry.contest.draw_id, salt, entry.identity)
    ticket_fields = {"confirmed_at": now, "salt": salt, "code": new_code(), "ticket": ticket}
    if not Entry.objects.unconfirmed().filter(pk=entry.pk).update(**ticket_fields):
        return False
    for name, value in ticket_fields.items():
        setattr(entry, name, value)
    if entry.answers:
        answers = {int(question_pk): answer for question_pk, answer in entry.answers.items()}
        entry.attempt = attempts.create_finished_attempt(entry.contest.question_set, answers, now)
        entry.save(update_fields=["attempt"])
    if entry.email:
        _record_consents(entry, now)
        _post_mail(entry, "receipt")
    return True


def _record_consents(entry, now):
    """The address is confirmed; so is the wish for the newsletter, if there was one."""
    Fan.objects.confirm(entry.email, now)
    if not entry.newsletter:
        return
    fan = Fan.objects.get(email=entry.email)
    if not fan.consents.active().filter(purpose="newsletter").exists():
        source = f"Contest {entry.contest.draw_id}"
        Consent.objects.create(
            fan=fan, purpose="newsletter", words=NEWSLETTER_CONSENT, source=source, given_at=now
        )


def _post_mail(entry, kind, *key, **more):
    Mail.objects.enqueue(
        f"contest/mail/{kind}",
        entry.email,
        key=" ".join([f"contest {kind} {entry.pk}", *key]),
        context=mail_context(entry) | more,
    )


def mail_context(entry):
    """What mails to an entrant tell. Salt and code are theirs: the desk never shows them."""
    fields = ("name", "email", "identity", "salt", "ticket", "code", "weight")
    own = {name: getattr(entry, name) for name in fields} | {
        "shell_quoted_identity": shlex.quote(entry.identity)
    }
    return own | contest_mail_context(entry.contest)


def contest_mail_context(contest):
    """What mails tell of the contest itself."""
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
