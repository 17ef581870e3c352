"""The share cards, as files."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from magazine.share_cards import find_subject, share_card_for


@require_safe
def share_card(request: HttpRequest, kind: str, slug: str, digest: str) -> HttpResponseBase:
    subject = find_subject(kind, slug)
    if subject is None:
        raise Http404
    card = share_card_for(subject)
    if digest != card.digest:
        return redirect(card.url)
    headers = {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(card.jpeg_path().open("rb"), content_type="image/jpeg", headers=headers)
