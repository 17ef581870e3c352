"""How many people want something: people, not voices, however many of their requests were united."""

from django.db.models import Count

from magazine.models import Article
from reelrequests.models import ReelRequest, Voice


def hold(request):
    """Wait for whoever else is writing voices of this request, till the end of the transaction."""
    ReelRequest.objects.select_for_update().get(pk=request.merged_into_id or request.pk)


def count(request):
    """Count the people behind a request anew, or behind the one that it is part of."""
    head = request.merged_into or request
    voices = Voice.objects.for_family_of(head)
    sure = voices.confirmed()
    known = sure.exclude(browser="").values("browser")
    vague = voices.filter(confirmed_at__isnull=True).exclude(browser="").exclude(browser__in=known)
    head.voices = sure.aggregate(people=Count("email", distinct=True))["people"]
    head.unconfirmed = vague.aggregate(browsers=Count("browser", distinct=True))["browsers"]
    head.save(update_fields=["voices", "unconfirmed"])


def count_askers(piece):
    """Print on the piece (its number) how many people have asked for it: "You asked for it"."""
    heads = ReelRequest.objects.filter(piece=piece)
    families = ReelRequest.objects.filter(pk__in=heads.values("pk")) | ReelRequest.objects.filter(
        merged_into__in=heads.values("pk")
    )
    voices = Voice.objects.confirmed().filter(request__in=families.values("pk"))
    people = voices.aggregate(people=Count("email", distinct=True))["people"]
    Article.objects.filter(pk=piece).update(request_count=people or None)
