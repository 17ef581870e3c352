"""
Entering a contest: a form that is sent, a mail, a button, a ticket.

Each step stands in one transaction with the mail that tells of it, and each can be repeated: the same
form sent twice, the same button pressed in two tabs, give the same receipt.
"""

import shlex
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from contest.models import Entry
from contest.models.entries import new_code, new_salt
from contest.opening import record_opening
from contest.verify import canonical, ticket_of
from fans.limits import record_hit
from fans.models import Consent, Fan, Mail
from magazine.templatetags.magazine import zoned_datetime
from trivia import attempts

SALT = "contest.confirm"
MAILS_A_DAY = 5  # to one address
NEWSLETTER = "Yes, mail me the cinemaCLIPS newsletter. I can take this back at any time."


class Late(Exception):
    """Confirmed after the time for it was over."""


def send(contest, entry):
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
    entry.bound_to = canonical(entry.email)
    standing = contest.entries.confirmed().by(entry.bound_to).first()
    if standing:
        _mail(standing, "again", f"{entry.sent_at:%Y-%m-%d}")
        return standing
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            if record_hit("entry mail", entry.bound_to, timedelta(days=1)) <= MAILS_A_DAY:
                _mail(entry, "confirm", token=token_of(entry))
    except IntegrityError:  # a double click: this form has come before
        return contest.entries.get(token=entry.token)
    return entry


def token_of(entry):
    """What the link in the mail carries."""
    return signing.dumps(entry.pk, salt=SALT)


def entry_behind(token):
    """The entry that a mailed link was made for; None for a forged one, or where it is gone."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Entry.objects.personal().for_confirming().filter(pk=pk).first()


def confirm(entry, now):
    """
    The entry that stands for this person once the button is pressed: this one, or the one before it.

    Raises `Late` when the time to confirm is over.
    """
    if entry.is_confirmed:
        return entry
    mine = entry.contest.entries.confirmed().by(entry.bound_to)
    if now >= entry.contest.confirm_by:
        if standing := mine.first():
            return standing
        raise Late
    try:
        with transaction.atomic():
            entered = enter(entry, now)
    except IntegrityError:  # this person stands already, by another form
        entered = False
    return entry if entered else mine.get()


def enter(entry, now):
    """
    Give a waiting entry its ticket, its marks and its mail; False where another tab has just done so.

    Raises `IntegrityError` where this person has a ticket already.
    """
    salt = new_salt()
    ticket = ticket_of(entry.contest.draw, salt, entry.bound_to)
    sealed = {"confirmed_at": now, "salt": salt, "code": new_code(), "ticket": ticket}
    if not Entry.objects.waiting().filter(pk=entry.pk).update(**sealed):
        return False
    for name, value in sealed.items():
        setattr(entry, name, value)
    if entry.given:
        given = {int(number): answer for number, answer in entry.given.items()}
        entry.attempt = attempts.create_finished_attempt(entry.contest.question_set, given, now)
        entry.save(update_fields=["attempt"])
    if entry.email:
        _remember(entry, now)
        _mail(entry, "receipt")
    return True


def _remember(entry, now):
    """The address is confirmed; so is the wish for the newsletter, if there was one."""
    Fan.objects.confirm(entry.email, now)
    if not entry.newsletter:
        return
    fan = Fan.objects.get(email=entry.email)
    if not fan.consents.active().filter(purpose="newsletter").exists():
        source = f"Contest {entry.contest.draw}"
        Consent.objects.create(fan=fan, purpose="newsletter", words=NEWSLETTER, source=source, given_at=now)


def _mail(entry, kind, *key, **more):
    Mail.objects.enqueue(
        f"contest/mail/{kind}",
        entry.email,
        key=" ".join([f"contest {kind} {entry.pk}", *key]),
        context=mail_context(entry) | more,
    )


def mail_context(entry):
    """What mails to an entrant tell. Salt and code are theirs: the desk never shows them."""
    fields = ("name", "email", "bound_to", "salt", "ticket", "code", "weight")
    own = {name: getattr(entry, name) for name in fields} | {"quoted": shlex.quote(entry.bound_to)}
    return own | contest_context(entry.contest)


def contest_context(contest):
    """What mails tell of the contest itself."""
    return {
        "title": contest.title,
        "draw": contest.draw,
        "address": contest.get_absolute_url(),
        "closes": zoned_datetime(contest.closes),
        "sponsor": contest.sponsor,
        "sponsor_address": contest.sponsor_address,
        "deletes_on": str(contest.deletes_on),
        "everybody": contest.counts == contest.Counts.ALL,
    }
