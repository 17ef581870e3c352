"""Small files that other programs look for: robots.txt, security.txt, the manifest, OpenSearch."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cinemaclips.sitemaps import sitemaps

VALID = timedelta(days=180)
daily = cache_control(public=True, max_age=86400)


@require_safe
@daily
def robots(request):
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /search/", ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@daily
def sitemap_index(request):
    """Every page of every sitemap, under the site's own name, with its last change."""
    parts = []
    for section, pages in sitemaps().items():
        address, changed = (
            settings.SITE_URL + reverse("sitemap_of", args=[section]),
            pages.get_latest_lastmod(),
        )
        for page in pages.paginator.page_range:
            location = f"{address}?p={page}" if page > 1 else address
            parts.append((location, changed))
    return render(request, "sitemap_index.xml", {"parts": parts}, content_type="application/xml")


@require_safe
@daily
def security(request):
    """Whom to tell of a weakness (RFC 9116); it never runs out while the site runs."""
    expires = (timezone.now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    address = settings.SITE_URL + reverse("security")
    lines = [
        f"Contact: {settings.SITE_URL}{reverse('about:contact')}?topic=other",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {address}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@daily
def manifest(request):
    icons = [
        {
            "src": static(f"img/icon-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": use,
        }
        for side, use in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    about = {
        "name": "cinemaCLIPS",
        "short_name": "CLIPS",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#f7f2e8",
        "theme_color": "#14110f",
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
@daily
def opensearch(request):
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml")


@require_safe
def favicon(request):
    """For those who ask at the old place."""
    return redirect(static("img/favicon.svg"), permanent=True)
