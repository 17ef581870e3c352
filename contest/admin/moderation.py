"""The screens for moderation, for statistics, and for typing in postal cards."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contest import awarding, entering, moderation
from contest.admin.draws import contest_or_404, desk_screen, may_see_entrants
from contest.entry_statistics import entry_statistics
from contest.models import AuditEvent, Contest, Disqualification, Entry, Region, Rules
from contest.verify import canonical
from magazine.roles import staff_name

MAX_SHOWN = 200


class DecisionForm(forms.Form):
    """A decision on the entries that are ticked."""

    REASONS = [("fine", "They are fine: say no more of them"), *Disqualification.Reason.choices]

    decision = forms.ChoiceField(choices=REASONS)
    seconded_by: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        None, required=False, empty_label="nobody else is here"
    )
    note = forms.CharField(max_length=300, required=False, help_text="For staff; never published.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(pk=user.pk)
        cast("forms.ModelChoiceField[User]", self.fields["seconded_by"]).queryset = colleagues


@may_see_entrants
@require_http_methods(["GET", "POST"])
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """The suspicious entries. Staff decide on each, and every decision goes into the audit log."""
    contest = contest_or_404(pk)
    suspicious = moderation.suspicious_entries(contest) if not hasattr(contest, "freeze") else {}
    form = DecisionForm(request.POST if request.method == "POST" else None, user=cast(User, request.user))
    if form.is_valid():
        chosen = contest.entries.eligible().filter(pk__in=request.POST.getlist("entry"))
        messages.success(
            request, _record_decision(contest, chosen, form.cleaned_data, cast(User, request.user))
        )
        return redirect("admin:contest_moderation", pk)
    context = {
        "suspicious": list(suspicious.items())[:MAX_SHOWN],
        "suspicious_count": len(suspicious),
        "form": form,
    }
    context["disqualifications"] = Disqualification.objects.of_contest(contest)
    return desk_screen(request, "moderation", contest, **context)


@may_see_entrants
@require_POST
def reinstate(request: HttpRequest, pk: int, disqualification_pk: int) -> HttpResponse:
    """Delete a disqualification, unless the list is frozen."""
    contest = contest_or_404(pk)
    if hasattr(contest, "freeze"):
        messages.error(request, "The list is frozen: a disqualification cannot be undone.")
    else:
        awarding.reinstate(
            get_object_or_404(Disqualification.objects.of_contest(contest), pk=disqualification_pk),
            staff_name(cast(User, request.user)),
            timezone.now(),
        )
        messages.success(request, "The disqualification is undone; the audit log says by whom.")
    return redirect("admin:contest_moderation", pk)


@transaction.atomic
def _record_decision(contest: Contest, chosen: Iterable[Entry], decision: dict[str, Any], user: User) -> str:
    """Store a decision on the chosen entries; return the sentence that is shown."""
    entries, now = list(chosen), timezone.now()
    if decision["decision"] == "fine":
        Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(reviewed_at=now)
        AuditEvent.objects.append(contest, "cleared", staff_name(user), entries=len(entries), at=now)
        return f"Found fine: {_entry_count(entries)}."
    colleague = decision["seconded_by"]
    names = [staff_name(user), *([staff_name(colleague)] if colleague else [])]
    for entry in entries:
        awarding.disqualify(entry, decision["decision"], now, *names, note=decision["note"])
    return f"Disqualified, with the reason on record: {_entry_count(entries)}."


def _entry_count(entries: list[Entry]) -> str:
    return f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"


@may_see_entrants
@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The statistics of the entries."""
    contest = contest_or_404(pk)
    return desk_screen(request, "figures", contest, figures=entry_statistics(contest))


class CardForm(forms.ModelForm):
    """An entry that came by post, typed in by staff."""

    of_age = forms.BooleanField(label="The card says that they are old enough")
    email = forms.EmailField(required=False, help_text="Where the card gives one; the receipt goes there.")

    class Meta:
        model = Entry
        fields = ["name", "card_postal_address", "email", "region", "postmarked_on"]
        widgets = {"postmarked_on": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = cast("forms.ModelChoiceField[Region]", self.fields["region"])
        region.queryset, region.required = contest.regions.all(), True
        for name in ("name", "card_postal_address", "postmarked_on"):
            self.fields[name].required = True
        self.contest = contest

    def clean_postmarked_on(self) -> date:
        day = self.cleaned_data["postmarked_on"]
        if day > self.contest.closes_at_local.date():
            raise forms.ValidationError("It was posted after the contest had closed: it is too late.")
        return day

    def identity(self) -> str:
        """What the ticket binds: the e-mail address if there is one, else name and postal address."""
        data = self.cleaned_data
        return canonical(data["email"] or " ".join(f"{data['name']}, {data['card_postal_address']}".split()))


@may_see_entrants
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in a postal card. It gets a ticket with the same chance as an entry on the site."""
    contest, now = contest_or_404(pk), timezone.now()
    form = CardForm(request.POST if request.method == "POST" else None, contest=contest)
    if form.is_valid():
        entry = form.save(commit=False)
        problem = _enter_card(contest, entry, form.identity(), staff_name(cast(User, request.user)), now)
        if not problem:
            messages.success(request, f"Entered, with the ticket {entry.ticket[:8]}…. The next card?")
            return redirect("admin:contest_card", pk)
        form.add_error(None, problem)
    return desk_screen(request, "card", contest, form=form)


def _enter_card(contest: Contest, entry: Entry, identity: str, actor: str, now: datetime) -> str:
    """Store a card with its ticket; return why it cannot be entered, as a sentence, else ""."""
    today = now.astimezone(contest.closes_at_local.tzinfo).date()
    if hasattr(contest, "freeze") or today > cast(date, contest.cards_received_by):
        return f"Cards were taken until {contest.cards_received_by}, and while the list is not frozen."
    if not contest.audit_log.filter(kind="opened").exists():
        return "The contest has not opened yet."
    entry.contest, entry.channel, entry.form_token = contest, Entry.Channel.CARD, get_random_string(32)
    entry.identity, entry.rules, entry.sent_at = identity, cast(Rules, contest.current_rules), now
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            entering.issue_ticket(entry, now)
            AuditEvent.objects.append(contest, "card", actor, ticket=entry.ticket, at=now)
    except IntegrityError:
        return "This person has entered already: one entry a person, by whatever way."
    return ""
