"""
Related pieces: which other pieces a page links to, and the reason, which is always printed.

Written in SQL because the ORM took 5.9 of a page's 8 ms to compile this one query (bench/pages.py).
The statement is the same for SQLite and PostgreSQL.
"""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from films.models import Credit
from magazine.publishing import PUBLISHED_SQL

if TYPE_CHECKING:
    from django.db.models import Manager

    from magazine.models import Article

PICKED, SAME_FILM, SAME_DIRECTOR, SAME_PERSON, SAME_TAG = range(5)
LIMIT = 6

# Each row of `reasons` is a piece, the rank of a reason, and the name that the reason mentions.
RELATED = f"""
WITH reasons (article_id, tier, word) AS (
    SELECT to_article_id, {PICKED}, '' FROM magazine_article_see_also WHERE from_article_id = %(piece)s
    UNION ALL
    SELECT id, {SAME_FILM}, '' FROM magazine_article WHERE film_id = %(film)s
    UNION ALL
    SELECT article_id, {SAME_FILM}, '' FROM magazine_article_films WHERE film_id = %(film)s
    UNION ALL
    SELECT other.id, {SAME_FILM}, '' FROM magazine_article_films mention
        JOIN magazine_article other ON other.film_id = mention.film_id WHERE mention.article_id = %(piece)s
    UNION ALL
    SELECT other.id, {SAME_DIRECTOR}, person.name FROM films_credit mine
        JOIN films_credit theirs ON theirs.person_id = mine.person_id AND theirs.role = %(director)s
        JOIN films_person person ON person.id = mine.person_id
        JOIN magazine_article other ON other.film_id = theirs.film_id
        WHERE mine.film_id = %(film)s AND mine.role = %(director)s
    UNION ALL
    SELECT other.article_id, {SAME_PERSON}, person.name FROM magazine_article_people mine
        JOIN magazine_article_people other ON other.person_id = mine.person_id
        JOIN films_person person ON person.id = mine.person_id WHERE mine.article_id = %(piece)s
    UNION ALL
    SELECT other.content_object_id, {SAME_TAG}, tag.name FROM magazine_articletag mine
        JOIN magazine_articletag other ON other.tag_id = mine.tag_id
        JOIN taggit_tag tag ON tag.id = mine.tag_id WHERE mine.content_object_id = %(piece)s
), best (article_id, tier) AS (
    SELECT article_id, MIN(tier) FROM reasons GROUP BY article_id
)
SELECT piece.id, piece.section, piece.slug, piece.title, piece.half_stars, piece.film_id,
    best.tier, film.title AS film_title,
    (SELECT MIN(word) FROM reasons WHERE article_id = piece.id AND tier = best.tier) AS word
FROM best JOIN magazine_article piece ON piece.id = best.article_id
    LEFT JOIN films_film film ON film.id = piece.film_id
WHERE piece.id <> %(piece)s AND piece.{PUBLISHED_SQL}
ORDER BY best.tier, piece.published_at DESC, piece.id DESC
LIMIT {LIMIT}
"""  # noqa: S608 - built from this module's constants alone


def find_related(article: "Article", pieces: "Manager[Article]") -> list["Article"]:
    """
    Up to six published pieces related to `article`, best reason first; one query.

    `pieces` is the model's manager. Each piece gets a `reason`: the editor's choice, the same film,
    director, person or tag.
    """
    parameters = {
        "piece": article.pk,
        "film": article.film_id,
        "director": Credit.Role.DIRECTOR.value,
        "now": timezone.now(),
    }
    return [_add_reason(piece) for piece in pieces.raw(RELATED, parameters)]


def _add_reason(piece: Any) -> "Article":
    # Besides the columns of an article, `piece` has `tier`, `word` and `film_title`.
    about = f"Also on {piece.film_title}" if piece.film_title else "On the same film"
    piece.reason = {
        PICKED: "The editor suggests",
        SAME_FILM: about,
        SAME_DIRECTOR: f"Also directed by {piece.word}",
        SAME_PERSON: f"Also with {piece.word}",
        SAME_TAG: f"Also tagged {piece.word}",
    }[piece.tier]
    return piece
