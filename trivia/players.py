"""The player of a browser, known by a signed cookie that holds the player's random code."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fans import codes, signing
from fans.client_networks import client_network
from fans.limits import record_hit
from fans.signed_cookies import read_signed_cookie, set_signed_cookie
from trivia.models import Player
from trivia.models.players import PLAYER_LIFETIME

COOKIE, SALT = f"{settings.COOKIE_PREFIX}player", "trivia.player"
PURPOSE = signing.register(SALT, PLAYER_LIFETIME)
NEW_PLAYERS_AN_HOUR = 60  # from one client network
TOO_MANY_NEW_PLAYERS = (
    "Too many new players come from your address in this hour. Please try again in a while."
)


def player_of(request: HttpRequest) -> Player | None:
    """The player of this browser; None if it has none. One query, or none without the cookie."""
    code = read_signed_cookie(request, COOKIE, PURPOSE)
    return Player.objects.filter(code=code).first() if code else None


def set_player_cookie(response: HttpResponse, player: Player) -> None:
    """Set the cookie that identifies `player` in this browser for 400 days from now."""
    set_signed_cookie(response, COOKIE, player.code, PURPOSE)


def delete_player(response: HttpResponse, player: Player) -> None:
    """Delete `player` with all attempts and plays, and the cookie."""
    player.delete()
    response.delete_cookie(COOKIE)


def purge_inactive_players(now: datetime) -> int:
    """Delete players who have begun no game for 400 days. Returns how many rows were deleted."""
    return Player.objects.inactive(now).delete()[0]


def new_player(request: HttpRequest) -> Player | None:
    """Create a player for a browser that has none. None if too many came from this network in an hour."""
    if record_hit("player", client_network(request), timedelta(hours=1)) > NEW_PLAYERS_AN_HOUR:
        return None
    return Player.objects.create()


def player_by_code(text: str) -> Player | None:
    """The player with this restore code, in any case and grouping; None if there is none."""
    return Player.objects.filter(code=codes.normalized(text)).first()
