"""The contact form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from about.forms import LetterForm


@csrf_exempt  # no login here, and a CSRF token would need a cookie; see fans.public_forms
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)  # each form has its own stamp
def contact(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET.get(name, "") for name in ("topic", "page")}
    form = LetterForm(request.POST if request.method == "POST" else None, request=request, initial=initial)
    if not form.is_bound:
        return render(request, "about/contact.html", {"form": form})
    if not form.is_valid():
        return render(request, "about/contact.html", {"form": form}, status=422)
    if form.throttle():
        return render(request, "about/contact.html", {"form": form, "rate_limited": True}, status=429)
    form.save()
    return redirect("about:thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "about/thanks.html")
