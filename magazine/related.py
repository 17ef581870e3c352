"""Which other pieces belong beside a piece, and why. The reason is always printed."""

from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, Subquery, Value, When

from films.models import Credit

PICKED, SAME_FILM, SAME_MAKER, SAME_PERSON, SAME_TAG = range(5)


def related_to(article, pieces, limit=6):
    """
    Up to `limit` of `pieces` (a queryset) that belong beside `article`, best reason first.

    Each gets a `reason`: the editor's choice, the same film, director, person or tag.
    """
    makers = Credit.objects.filter(film=article.film_id, role=Credit.Role.DIRECTOR)
    films_by_them = Credit.objects.filter(role=Credit.Role.DIRECTOR, person__in=makers.values("person"))
    picked = article.see_also.through.objects.filter(from_article=article).values("to_article")
    in_films = article.films.through.objects.filter(article=article).values("film")
    people = article.people.through.objects.filter(article=article).values("person")
    with_them = article.people.through.objects.filter(person__in=people)
    tags = article.tags.through.objects.filter(content_object=article).values("tag")
    tagged = article.tags.through.objects.filter(tag__in=tags)
    same_film = Q(film__in=in_films)
    if article.film_id:
        speaking_of_it = article.films.through.objects.filter(film=article.film_id)
        same_film |= Q(film=article.film_id) | Q(pk__in=speaking_of_it.values("article"))
    tiers = [
        (PICKED, Q(pk__in=picked)),
        (SAME_FILM, same_film),
        (SAME_MAKER, Q(film__in=films_by_them.values("film"))),
        (SAME_PERSON, Q(pk__in=with_them.values("article"))),
        (SAME_TAG, Q(pk__in=tagged.values("content_object"))),
    ]
    found = (
        pieces.published()
        .filter(Q.create([question for _, question in tiers], connector=Q.OR))
        .exclude(pk=article.pk)
        .annotate(
            tier=Case(
                *[When(question, then=Value(tier)) for tier, question in tiers],
                output_field=IntegerField(),
            ),
            maker=_first(films_by_them.filter(film=OuterRef("film")), "person__name"),
            person=_first(with_them.filter(article=OuterRef("pk")), "person__name"),
            tag=_first(tagged.filter(content_object=OuterRef("pk")), "tag__name"),
        )
        .order_by("tier", F("published_at").desc(), "-pk")[:limit]
    )
    return [_with_reason(piece) for piece in found]


def _first(rows, column):
    return Subquery(rows.order_by("pk").values(column)[:1], output_field=CharField())


def _with_reason(piece):
    about = f"Also on {piece.film.title}" if piece.film_id else "On the same film"
    piece.reason = {
        PICKED: "The editor suggests",
        SAME_FILM: about,
        SAME_MAKER: f"Also directed by {piece.maker}",
        SAME_PERSON: f"Also with {piece.person}",
        SAME_TAG: f"Also about {piece.tag}",
    }[piece.tier]
    return piece
