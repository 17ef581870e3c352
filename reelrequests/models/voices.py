"""Who wants it too: one voice a person, by a confirmed address, or by a browser until there is one."""

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from fans.email_addresses import CanonicalEmailField
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
        heard = Telling.objects.filter(piece=piece).values("voice__email")
        return self.confirmed().exclude(email__in=heard)

    def note_told(self, piece):
        """Keep with each voice that its owner has heard of this piece: one statement, however many."""
        told, params = self.order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(NOTE_TOLD.format(told=told), [piece.pk, *params])


NOTE_TOLD = """
INSERT INTO reelrequests_telling (voice_id, piece_id)
SELECT voice.pk, %s FROM ({told}) AS voice WHERE TRUE ON CONFLICT DO NOTHING
"""


class Voice(models.Model):
    """One person's wish for one request. It is theirs: they take it back whenever they like."""

    affects_pages = False

    request = models.ForeignKey(ReelRequest, on_delete=models.CASCADE, related_name="voice_rows")
    email = CanonicalEmailField(blank=True)
    browser = models.CharField(max_length=32, blank=True, editable=False)
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    given_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

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
        ]

    def __str__(self):
        return f"{self.email or 'A browser'}: {self.request}"


class Telling(models.Model):
    """That the owner of a voice has heard of a piece: kept as long as the voice, so nobody hears twice."""

    affects_pages = False

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="tellings")
    piece = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["piece", "voice"], name="telling_once")]

    def __str__(self):
        return f"{self.voice}: {self.piece}"


class TrustedAddress(models.Model):
    """An address whose requests are shown without a look, because staff know its owner."""

    affects_pages = False

    email = CanonicalEmailField("e-mail", unique=True)

    class Meta:
        verbose_name_plural = "trusted addresses"

    def __str__(self):
        return self.email
