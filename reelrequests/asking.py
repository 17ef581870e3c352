"""
Asking, wanting it too, confirming, leaving: one voice a person, however it comes.

A person is a confirmed address; until there is one, a browser by its cookie. A voice and the mail that
asks for its button stand in one transaction, and each step can be repeated without a second voice.
"""

from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from fans.email_addresses import canonical_email
from fans.limits import record_hit
from fans.models import Fan, Mail
from films.models import Film, Person
from reelrequests import deciding, voting
from reelrequests.counting import count, hold
from reelrequests.models import Guess, ReelRequest, TrustedAddress, Voice

SALT = "reelrequests.confirm"
MAILS_A_DAY = 5  # to one address
UNCONFIRMED_KEPT = timedelta(days=30)  # an address that nobody confirmed
BROWSERS_KEPT = timedelta(days=400)  # the voice of a browser


def understood(request):
    """The same request, not saved, with the film or the person that its title names."""
    if request.kind in (ReelRequest.Kind.FILM, ReelRequest.Kind.CLIP):
        request.film = Film.objects.confident_match(request.title)
    if request.kind == ReelRequest.Kind.PERSON:
        request.person = Person.objects.confident_match(request.title)
    return request


def ask(request, email, fan, browser):
    """
    Store a request with the voice of whoever asks; the request that stands. `request` is not saved yet.

    The very same form sent twice is one request. What a trusted person asks for is shown at once.
    """
    try:
        with transaction.atomic():
            request.save(force_insert=True)
            join(request, email, fan, browser, request.asked_at)
    except IntegrityError:  # a double click: this form has come before
        return ReelRequest.objects.get(token=request.token)
    if fan and TrustedAddress.objects.filter(email=fan.email).exists():
        deciding.show(request, "", request.asked_at)
    return request


@transaction.atomic
def join(request, email, fan, browser, now):
    """
    Let this person want it too; the `Voice` that stands. A known fan's counts at once.

    A new address gets a mail with a button; until then the voice is the browser's.
    """
    hold(request)
    if fan:
        return _confirmed_voice(request, fan.email, browser, now)
    standing = Voice.objects.filter(request=request, browser=browser).first()
    if standing and standing.confirmed_at and canonical_email(email) not in ("", standing.email):
        browser = ""  # somebody else at the same browser
    known = {"browser": browser} if browser else {"browser": "", "email": email, "confirmed_at": None}
    voice, is_new = Voice.objects.get_or_create(
        request=request, **known, defaults={"email": email, "given_at": now}
    )
    if email and voice.confirmed_at is None:
        Voice.objects.filter(pk=voice.pk).update(email=email)
        voice.email = email
        _mail_button(voice, now)
    if is_new:
        count(request)
    return voice


def _confirmed_voice(request, email, browser, now):
    standing = Voice.objects.confirmed().filter(request=request, email=email).first()
    if standing:
        return standing
    voice = Voice.objects.filter(request=request, browser=browser, confirmed_at__isnull=True).first()
    voice = voice or Voice(request=request, given_at=now)
    taken = Voice.objects.filter(request=request, browser=browser).exclude(pk=voice.pk).exists()
    voice.email, voice.confirmed_at, voice.browser = email, now, "" if taken else browser
    voice.save()
    count(request)
    return voice


def _mail_button(voice, now):
    if record_hit("voice mail", voice.email, timedelta(days=1)) > MAILS_A_DAY:
        return
    context = {"title": voice.request.title, "token": confirm_token(voice)}
    context["unsubscribe_path"] = reverse("reelrequests:leave", args=[voice.key])
    key = f"reel request confirm {voice.pk} {now:%Y-%m-%d %H:%M:%S.%f}"
    Mail.objects.enqueue("reelrequests/mail/confirm", voice.email, key=key, context=context)


def confirm_token(voice):
    """What the link in the mail carries: the voice, and the one address that may confirm it."""
    return signing.dumps([voice.pk, voice.email], salt=SALT)


def voice_behind(token):
    """The voice that a mailed link was made for; None for a forged or an old one, or where it is gone."""
    try:
        pk, email = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    voices = Voice.objects.select_related("request__piece", "request__merged_into")
    return voices.filter(pk=pk, email=email).exclude(email="").first()


@transaction.atomic
def confirm(voice, browser, now):
    """
    The button is pressed: the address counts. In the browser that gave the voice, its other voices do too.

    The voice that stands; that is another one where this person wanted it already.
    """
    Fan.objects.confirm(voice.email, now)
    voices = [voice]
    if browser and browser == voice.browser:
        others = Voice.objects.filter(browser=browser, confirmed_at__isnull=True).exclude(pk=voice.pk)
        voices += others.filter(Q(email="") | Q(email=voice.email)).select_related("request")
        voting.confirm(browser, voice.email)
    return [_confirm_one(each, voice.email, now) for each in voices][0]


def _confirm_one(voice, email, now):
    hold(voice.request)
    if voice.confirmed_at:
        return voice
    standing = Voice.objects.confirmed().filter(request=voice.request_id, email=email).first()
    if standing:
        voice.delete()
    else:
        voice.email, voice.confirmed_at = email, now
        voice.save(update_fields=["email", "confirmed_at"])
    count(voice.request)
    return standing or voice


@transaction.atomic
def leave(voices):
    """Take these voices back, and what else their owners gave to what was united with it."""
    heads = {voice.request.merged_into or voice.request for voice in voices}
    for voice in voices:
        family = Voice.objects.for_family_of(voice.request.merged_into or voice.request)
        mine = Q(pk=voice.pk)
        if voice.confirmed_at:
            mine |= Q(email=voice.email, confirmed_at__isnull=False)
        family.filter(mine).delete()
    for head in heads:
        count(head)


def guess(guess):
    """Store what somebody thinks a half-remembered film is; the very same form sent twice is one guess."""
    guess.film = Film.objects.confident_match(guess.title)
    try:
        with transaction.atomic():
            guess.save(force_insert=True)
    except IntegrityError:
        return Guess.objects.get(token=guess.token)
    return guess


def forget(now):
    """Forget addresses that nobody confirmed, and browsers that have not been here for a year."""
    old = Voice.objects.filter(confirmed_at__isnull=True)
    typed = old.filter(given_at__lt=now - UNCONFIRMED_KEPT).exclude(email="")
    typed.exclude(browser="").update(email="")
    idle = old.filter(given_at__lt=now - BROWSERS_KEPT)
    leave(list((typed | idle).select_related("request__merged_into")[:500]))
