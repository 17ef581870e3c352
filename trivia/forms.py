"""Forms of players: a guess, an answer, a flag, a nickname, a restore code."""

import re
from typing import Any

from django import forms

from films.titles import folded
from trivia.formats.parsed import LONGEST_ANSWER, plain
from trivia.models import Flag, Option, Player, Question
from trivia.models.players import LONGEST_NICKNAME
from trivia.nicknames import NICKNAME_TAKEN

CLOCKS = [
    (0, "No clock"),
    (20, "20 seconds a question"),
    (45, "45 seconds a question"),
    (90, "90 seconds a question"),
]
NICKNAME_PATTERN = re.compile(r"(?=(?:.*\w){2})[\w .,'’!?&+-]+")
Kind = Question.Kind


class GuessForm(forms.Form):
    """One guess. `guesses_seen` is the number of guesses on the page; an older page is refused by it."""

    title = forms.CharField(
        label="Which film is it?",
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": "films", "enterkeyhint": "go"}),
    )
    guesses_seen = forms.IntegerField(min_value=0, max_value=6, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("title") and "pass" not in self.data:
            raise forms.ValidationError("Write a title, or take the next clue.")
        return cleaned


class RestoreForm(forms.Form):
    """The code that carries a streak to another browser."""

    code = forms.CharField(
        label="Restore code", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class StartForm(forms.Form):
    """Begin a quiz, with or without a clock. `clock` is seconds per question, empty for none."""

    clock = forms.TypedChoiceField(
        label="A clock?",
        choices=CLOCKS,
        coerce=int,
        required=False,
        help_text="It gives no points, and you can lengthen it as you go.",
    )


class AnswerForm(forms.Form):
    """
    An answer to one question. `choices` are (name on the page, option), see trivia/choices.py.

    After validation `submission` is the answer as `Answer.submission` stores it.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question,
        choices: list[tuple[str, Option]],
        token: str,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, initial={"token": token}, prefix=prefix)
        self.question, self.options = question, dict(choices)
        self.is_passed = "pass" in self.data
        getattr(self, f"_add_{question.kind}")([(name, option.text) for name, option in choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_passed:
            self.errors.clear()
        elif self.question.kind == Kind.ORDER and not self.errors:
            positions = sorted(self._positions().values())
            if positions != list(range(1, len(self.options) + 1)):
                raise forms.ValidationError("Give each of them a place of its own, from 1 on.")
        return cleaned

    @property
    def submission(self) -> str:
        if self.is_passed:
            return ""
        if self.question.kind == Kind.TYPED:
            return self.cleaned_data["answer"]
        if self.question.kind == Kind.ORDER:
            positions = self._positions()
            return ",".join(
                str(self.options[name].pk) for name in sorted(positions, key=lambda name: positions[name])
            )
        chosen = self.cleaned_data["answer"]
        names = chosen if isinstance(chosen, list) else [chosen]
        return ",".join(str(pk) for pk in sorted(self.options[name].pk for name in names))

    def _positions(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[f"position_{name}"]) for name in self.options}

    def _add_choice(self, choices: list[tuple[str, str]]) -> None:
        self.fields["answer"] = forms.ChoiceField(
            label=self.question.text, choices=choices, widget=forms.RadioSelect,
            error_messages={"required": "Choose an answer, or pass."},
        )  # fmt: skip

    _add_true_false = _add_choice

    def _add_several(self, choices: list[tuple[str, str]]) -> None:
        self.fields["answer"] = forms.MultipleChoiceField(
            label=self.question.text, choices=choices, widget=forms.CheckboxSelectMultiple,
            help_text="Several may be right: choose all that are.",
            error_messages={"required": "Choose an answer, or pass."},
        )  # fmt: skip

    def _add_typed(self, choices: list[tuple[str, str]]) -> None:
        self.fields["answer"] = forms.CharField(
            label=self.question.text, max_length=LONGEST_ANSWER,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": "Write an answer, or pass."},
        )  # fmt: skip

    def _add_order(self, choices: list[tuple[str, str]]) -> None:
        positions = [("", "Place"), *((position, position) for position in range(1, len(choices) + 1))]
        for name, text in choices:
            self.fields[f"position_{name}"] = forms.ChoiceField(
                label=text, choices=positions, error_messages={"required": "Give it a place, or pass."}
            )


class FlagForm(forms.ModelForm):
    """A report about a question. Question and player come from the attempt, never from the browser."""

    question = forms.ModelChoiceField(Question.objects.all(), widget=forms.HiddenInput, disabled=True)
    player = forms.ModelChoiceField(Player.objects.all(), widget=forms.HiddenInput, disabled=True)
    note = forms.CharField(
        label="What is it?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where can we look it up?",
    )  # fmt: skip

    class Meta:
        model = Flag
        fields = ["question", "player", "reason", "note"]

    def __init__(self, data: Any = None, *, player: Player, question: Question) -> None:
        super().__init__(data, initial={"player": player, "question": question})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        waiting = Flag.objects.waiting().filter(question=cleaned["question"], player=cleaned["player"])
        if waiting.exists():
            raise forms.ValidationError("You have told us already. We will look at it.")
        return cleaned


class NicknameForm(forms.Form):
    """The name that leaderboards show for a player."""

    nickname = forms.CharField(
        label="Nickname", min_length=2, max_length=LONGEST_NICKNAME,
        help_text="Not your own name, if you like. Everybody sees it.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, player: Player, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.player = player

    def clean_nickname(self) -> str:
        nickname = plain(self.cleaned_data["nickname"])
        if not NICKNAME_PATTERN.fullmatch(nickname):
            raise forms.ValidationError("Letters, figures and spaces, at least two of them.")
        others = Player.objects.exclude(pk=self.player.pk)
        if others.filter(nickname_key=folded(nickname)).exists():
            raise forms.ValidationError(NICKNAME_TAKEN)
        return nickname
