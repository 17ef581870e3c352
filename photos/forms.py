"""The upload form, which reads caption and rights from the file, and the field to choose a photo."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect

from photos.image_processing import ImageRefused, process_upload
from photos.models import Photo

if TYPE_CHECKING:
    from photos.image_processing import ProcessedImage


class PhotoForm(forms.ModelForm):
    """Upload or replace a photo. A refused file gives an error message, and the rest of the form is kept."""

    upload = forms.FileField(
        label="Picture",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text="JPEG, PNG, WebP or AVIF; 40 megapixels and 25 MB at most. Place and camera data "
        "are dropped; caption, credit and copyright are read into empty fields.",
    )

    replaced_master = ""  # the file name of the master that a new upload replaces

    class Meta:
        model = Photo
        fields = [
            *("upload", "alt", "caption", "credit", "copyright", "source", "licence"),
            *("usable_from", "usable_until", "press_use", "focal_x", "focal_y"),
        ]
        widgets = {
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "credit" in self.fields:  # not for those who may only look
            self.fields["upload"].required = self.instance.pk is None
            self.fields["credit"].required = False

    def clean_upload(self) -> "ProcessedImage | None":
        upload = self.cleaned_data["upload"]
        try:
            return upload and process_upload(upload.read())
        except ImageRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        processed = cleaned.get("upload")
        if processed:
            for name in ("caption", "credit", "copyright"):
                cleaned[name] = (
                    cleaned.get(name)
                    or getattr(processed.rights, name)[: getattr(self.fields[name], "max_length", None)]
                )
        if not cleaned.get("credit") and "upload" not in self.errors:
            self.add_error("credit", "The file names no photographer: write the credit here.")
        return cleaned

    def save(self, commit: bool = True) -> Photo:
        if self.cleaned_data.get("upload"):
            self.replaced_master = self.instance.master.name
            self.instance.set_image(self.cleaned_data["upload"])
        return super().save(commit)


class PhotoPicker(AutocompleteSelect):
    """An autocomplete field with thumbnails, in the list of results and for the chosen photo."""

    class Media:
        js = ["admin/js/jquery.init.js", "admin/js/autocomplete.js", "desk/picker.js"]

    def __init__(self, field: Any, admin_site: AdminSite, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(field, admin_site, {"class": "photo-picker", **(attrs or {})})

    def create_option(self, name: str, value: int | str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        photo = Photo.objects.filter(pk=str(value)).first() if str(value).isdigit() else None
        if photo:
            option["attrs"]["data-thumbnail"] = photo.thumbnail_url()
        return option
