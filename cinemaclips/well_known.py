"""Small files that other programs look for: robots.txt, security.txt, the manifest, OpenSearch."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cinemaclips.sitemaps import sitemaps

SECURITY_TXT_LIFETIME = timedelta(days=180)
cache_for_a_day = cache_control(public=True, max_age=86400)


@require_safe
@cache_for_a_day
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /search/", ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_for_a_day
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemap index: each page of each sitemap, under SITE_URL, with the time of its last change."""
    sitemap_urls = []
    for section, pages in sitemaps().items():
        url, changed = (
            settings.SITE_URL + reverse("section_sitemap", args=[section]),
            pages.get_latest_lastmod(),
        )
        for page in pages.paginator.page_range:
            page_url = f"{url}?p={page}" if page > 1 else url
            sitemap_urls.append((page_url, changed))
    return render(
        request, "sitemap_index.xml", {"sitemap_urls": sitemap_urls}, content_type="application/xml"
    )


@require_safe
@cache_for_a_day
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a vulnerability (RFC 9116). Its date of expiry is computed, so it never passes."""
    expires = (timezone.now() + SECURITY_TXT_LIFETIME).replace(hour=0, minute=0, second=0, microsecond=0)
    url = settings.SITE_URL + reverse("security")
    lines = [
        f"Contact: {settings.SITE_URL}{reverse('about:contact')}?topic=other",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {url}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_for_a_day
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {
            "src": static(f"img/icon-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for side, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    manifest_data = {
        "name": "cinemaCLIPS",
        "short_name": "CLIPS",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#f7f2e8",
        "theme_color": "#14110f",
        "icons": icons,
    }
    return JsonResponse(manifest_data, content_type="application/manifest+json")


@require_safe
@cache_for_a_day
def opensearch(request: HttpRequest) -> HttpResponse:
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect /favicon.ico, which some programs request without reading the page."""
    return redirect(static("img/favicon.svg"), permanent=True)
