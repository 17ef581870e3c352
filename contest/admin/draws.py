"""The two screens of the draw: freezing the list, and typing in the beacon."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from contest import drawing, freezing, moderation, rehearsal
from contest.eligibility import weighted_tickets
from contest.models import Contest
from magazine.roles import staff_name

if TYPE_CHECKING:
    from contest.beacons import BeaconLine

may_draw = permission_required("contest.draw_contest", raise_exception=True)


SCREENS = {
    "moderation": "What is odd about the entries",
    "card": "Type in a card",
    "figures": "Figures",
    "freeze": "Freeze the list",
    "numbers": "The numbers of the draw",
    "winners": "Winners",
}


def desk_screen(request: HttpRequest, template: str, contest: Contest, **context: object) -> TemplateResponse:
    """Render one of `SCREENS` for a contest."""
    base = {"contest": contest, "opts": Contest._meta, "title": SCREENS[template], "subtitle": str(contest)}
    whole: dict[str, Any] = admin.site.each_context(request) | base | context
    return TemplateResponse(request, f"admin/contest/{template}.html", whole)


def contest_or_404(pk: int) -> Contest:
    """The contest with its terms, freeze and outcome."""
    return get_object_or_404(Contest.objects.with_terms().with_draw(), pk=pk)


@may_draw
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the list as it is now, with the button that freezes it; on POST, freeze it."""
    contest, now = contest_or_404(pk), timezone.now()
    if request.method == "POST":
        try:
            frozen = freezing.freeze(contest, now, staff_name(cast(User, request.user)))
        except freezing.NotAllowedNow as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Frozen. Its fingerprint {frozen.sha256} goes to every entrant now.")
            return redirect("admin:contest_numbers", pk)
    if hasattr(contest, "freeze"):
        return redirect("admin:contest_numbers", pk)
    listed = weighted_tickets(contest)
    context = {
        "plan": freezing.plan_numbers(contest, now),
        "ticket_count": len(listed),
        "weight": sum(weight for *_, weight in listed),
        "suspicious_count": len(moderation.suspicious_entries(contest)),
        "is_too_early": now < contest.confirm_by,
        "rehearsed": rehearsal.rehearse(contest) if "rehearse" in request.GET else None,
        "auto_freeze_at": cast(datetime, contest.numbers_at) - freezing.AUTO_FREEZE_LEAD,
    }
    return desk_screen(request, "freeze", contest, **context)


class NumbersForm(forms.Form):
    """The beacon, with a field for each of its lines."""

    def __init__(self, *args: Any, beacon_inputs: list[tuple[str, "BeaconLine"]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beacon_inputs = beacon_inputs
        for place, (name, line) in enumerate(beacon_inputs):
            self.fields[f"line_{place}"] = forms.CharField(
                label=name,
                help_text=line.hint,
                max_length=300,
                widget=forms.TextInput(attrs={"size": 70, "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Check each line by its format."""
        cleaned = super().clean() or self.cleaned_data
        for place, (_, line) in enumerate(self.beacon_inputs):
            typed = cleaned.get(f"line_{place}")
            if typed and (error := line.error_in(typed)):
                self.add_error(f"line_{place}", error)
        return cleaned

    @property
    def lines(self) -> list[str]:
        """The typed lines with runs of blanks reduced to one. Call it on a valid form only."""
        return [
            " ".join(self.cleaned_data[f"line_{place}"].split()) for place in range(len(self.beacon_inputs))
        ]


@may_draw
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in the beacon. The second reading that agrees makes the draw."""
    contest, now = contest_or_404(pk), timezone.now()
    if not hasattr(contest, "freeze"):
        return redirect("admin:contest_freeze", pk)
    form = NumbersForm(
        request.POST if request.method == "POST" else None, beacon_inputs=drawing.beacon_inputs(contest)
    )
    if form.is_valid():
        _record_reading(request, contest, form.lines, now)
        return redirect("admin:contest_numbers", pk)
    readings = contest.freeze.readings.select_related("typed_by")
    context = {
        "form": form,
        "readings": readings,
        "has_colleague": _others_may_draw(cast(User, request.user)),
        "needs_two": drawing.needs_two_readers(contest),
        "now": now,
    }
    return desk_screen(request, "numbers", contest, **context)


def _record_reading(request: HttpRequest, contest: Contest, lines: list[str], now: datetime) -> None:
    """Store the typed lines as a reading, and tell the user whether the contest is drawn by it."""
    user = cast(User, request.user)
    try:
        outcome = drawing.record_reading(contest, lines, user, now, second_reader=_others_may_draw(user))
    except freezing.NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        said = "Drawn. The winners are being mailed." if outcome else SECOND_READING_NEEDED
        messages.success(request, said)


SECOND_READING_NEEDED = (
    "Noted. It is drawn when a second reading gives the same: look at the source again, and do not copy."
)


def _others_may_draw(user: User) -> bool:
    """Whether another member of staff may draw; then the second reading must be theirs."""
    may = get_user_model().objects.with_perm(
        "contest.draw_contest", backend="django.contrib.auth.backends.ModelBackend", include_superusers=True
    )
    return may.filter(is_staff=True).exclude(pk=user.pk).exists()


def may_see_entrants[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Decorate a view so that users without the permission `see_entrants` get a 403."""

    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = cast(HttpRequest, args[0])
        if not request.user.has_perm("contest.see_entrants"):
            raise PermissionDenied
        return view(*args, **kwargs)

    return guarded
