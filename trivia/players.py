"""Who plays from this browser, by a signed cookie that holds a random code and nothing else."""

from datetime import timedelta

from fans import codes, signing
from fans.limits import client_network, record_hit
from fans.visitor_cookies import read_signed_cookie, set_signed_cookie
from trivia.models import Player
from trivia.models.players import PLAYER_LIFETIME

COOKIE, SALT = "player", "trivia.player"
PURPOSE = signing.register(SALT, PLAYER_LIFETIME)
NEW_PLAYERS_AN_HOUR = 60  # from one address
TOO_MANY_NEW_PLAYERS = (
    "Too many new players come from your address in this hour. Please try again in a while."
)


def player_of(request):
    """Whoever plays from this browser; None if nobody has yet. One query, none without the cookie."""
    code = read_signed_cookie(request, COOKIE, PURPOSE)
    return Player.objects.filter(code=code).first() if code else None


def set_player_cookie(response, player):
    """Let this browser be known as `player` for 400 days from now."""
    set_signed_cookie(response, COOKIE, player.code, PURPOSE)


def delete_player(response, player):
    """Delete all we know of `player`, and the cookie."""
    player.delete()
    response.delete_cookie(COOKIE)


def purge_inactive_players(now):
    """Delete those who have not played for as long as the cookie lives; how many rows went."""
    return Player.objects.inactive(now).delete()[0]


def new_player(request):
    """A player for a browser that has none; None where too many come from one address."""
    if record_hit("player", client_network(request), timedelta(hours=1)) > NEW_PLAYERS_AN_HOUR:
        return None
    return Player.objects.create()


def player_by_code(text):
    """The player whose restore code this is, however it is spelled; None if it is nobody's."""
    return Player.objects.filter(code=codes.normalized(text)).first()
