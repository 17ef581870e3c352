"""The search form."""

from django import forms


class SearchForm(forms.Form):
    q = forms.CharField(
        label="A film, a person, a word",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
