"""The upload form: what a picture must bring, and what is read from the file itself."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

from photos.image_processing import ImageRefused, process_upload
from photos.models import Photo


class PhotoForm(forms.ModelForm):
    """Upload or replace a picture; a refusal says why and keeps the rest of the form."""

    upload = forms.FileField(
        label="Picture",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text="JPEG, PNG, WebP or AVIF; 40 megapixels and 25 MB at most. Place and camera data "
        "are dropped; caption, credit and copyright are read into empty fields.",
    )

    replaced_master = ""  # the name of the master that a new upload takes the place of

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None
        self.fields["credit"].required = False

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        try:
            return upload and process_upload(upload.read())
        except ImageRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self):
        cleaned = super().clean()
        processed = cleaned.get("upload")
        if processed:
            for name in ("caption", "credit", "copyright"):
                cleaned[name] = (
                    cleaned.get(name) or getattr(processed.rights, name)[: self.fields[name].max_length]
                )
        if not cleaned.get("credit") and "upload" not in self.errors:
            self.add_error("credit", "The file names no photographer: write the credit here.")
        return cleaned

    def save(self, commit=True):
        if self.cleaned_data.get("upload"):
            self.replaced_master = self.instance.master.name
            self.instance.set_image(self.cleaned_data["upload"])
        return super().save(commit)


class PhotoPicker(AutocompleteSelect):
    """A picture chosen by its look: search as you type, thumbnails in the list and in the field."""

    class Media:
        js = ["admin/js/jquery.init.js", "admin/js/autocomplete.js", "desk/picker.js"]

    def __init__(self, field, admin_site, attrs=None):
        super().__init__(field, admin_site, {"class": "photo-picker", **(attrs or {})})

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        photo = Photo.objects.filter(pk=str(value)).first() if str(value).isdigit() else None
        if photo:
            option["attrs"]["data-thumbnail"] = photo.thumbnail_url()
        return option
