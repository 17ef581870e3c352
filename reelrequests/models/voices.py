"""Who wants it too: one voice a person, by a confirmed address, or by a browser until there is one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from fans.addresses import AddressField
from magazine.models import Article
from reelrequests.models.requests import ReelRequest


def new_key():
    """What a mail carries so that one press takes a voice back: nobody can guess it."""
    return get_random_string(22)


class VoiceQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def for_family_of(self, request):
        """The voices for a request and for all that were made part of it."""
        return self.filter(request__in=ReelRequest.objects.family_of(request).values("pk"))

    def by(self, email, browser):
        """The voices of one person: of this address once confirmed, or of this browser."""
        mine = Q(email=email, confirmed_at__isnull=False) if email else Q()
        if browser:
            mine |= Q(browser=browser)
        return self.filter(mine) if mine else self.none()

    def unheard(self, piece):
        """Confirmed voices whose owner has not heard of this piece, for whichever request."""
        heard = Voice.objects.filter(told_for=piece).values("email")
        return self.confirmed().exclude(email__in=heard)


class Voice(models.Model):
    """One person's wish for one request. It is theirs: they take it back whenever they like."""

    never_printed = True

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="voice_rows")
    email = AddressField(blank=True)
    browser = models.CharField(max_length=32, blank=True, editable=False)
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    given_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_for = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "email"], condition=Q(confirmed_at__isnull=False),
                name="voice_one_an_address",
            ),
            models.UniqueConstraint(
                fields=["request", "browser"], condition=~Q(browser=""), name="voice_one_a_browser"
            ),
            models.CheckConstraint(condition=~Q(email="", browser=""), name="voice_is_somebodys"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(email=""), name="voice_confirmed_by_an_address"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["email"], condition=~Q(email=""), name="voice_by_address"),
            models.Index(fields=["browser"], condition=~Q(browser=""), name="voice_by_browser"),
            models.Index(
                fields=["told_for", "email"], condition=Q(told_for__isnull=False), name="voice_told_for"
            ),
        ]

    def __str__(self):
        return f"{self.email or 'A browser'}: {self.request}"


class TrustedAddress(models.Model):
    """An address whose requests are shown without a look, because staff know its owner."""

    never_printed = True

    email = AddressField("e-mail", unique=True)

    class Meta:
        verbose_name_plural = "trusted addresses"

    def __str__(self):
        return self.email
