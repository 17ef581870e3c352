"""Upload many pictures with common credit and rights, and edit all captions of an album."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.files.uploadedfile import UploadedFile

from gallery.models import Album, Picture
from photos.image_processing import ImageRefused, ProcessedImage, process_upload
from photos.models import Photo
from photos.photo_uses import may_change_photo

type User = AbstractUser | AnonymousUser


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several uploads as a list."""

    widget = MultipleFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """Pictures for an album. Credit and copyright in a file take precedence over what is typed here."""

    uploads = MultipleFileField(
        label="Pictures",
        help_text="Choose as many as you like, 100 at most: JPEG, PNG, WebP or AVIF, 25 MB each.",
    )
    credit = forms.CharField(
        max_length=200, required=False, help_text="For pictures whose file names no photographer."
    )
    copyright = forms.CharField(max_length=200, required=False)
    caption = forms.CharField(
        max_length=500,
        required=False,
        help_text="For pictures whose file has none; each can be changed next.",
    )
    press_use = forms.BooleanField(label="The press may use them", required=False)

    def add_pictures(self, album: Album) -> tuple[list[Picture], list[str]]:
        """
        Add every accepted picture to `album`, after the ones that it has.

        Returns the new pictures, and a sentence for each file that was refused.
        """
        added, refused = [], []
        last_position = album.pictures.count()
        for upload in self.cleaned_data["uploads"]:
            try:
                photo = self._create_photo(process_upload(upload.read()), upload.name)
            except ImageRefused as refusal:
                refused.append(f"{upload.name}: {refusal}")
            else:
                last_position += 1
                added.append(Picture.objects.create(album=album, photo=photo, order=last_position * 10))
        return added, refused

    def _create_photo(self, processed: ProcessedImage, name: str) -> Photo:
        rights, common = processed.rights, self.cleaned_data
        credit = rights.credit or common["credit"]
        if not credit:
            raise ImageRefused("the file names no photographer, and no credit was written. Write the credit.")
        caption = (rights.caption or common["caption"])[:500]
        photo = Photo(
            alt=(caption or f"Picture {name}")[:300],
            caption=caption,
            credit=credit[:200],
            copyright=(rights.copyright or common["copyright"])[:200],
            press_use=common["press_use"],
        )
        photo.set_image(processed)
        photo.save()
        return photo


class CaptionForm(forms.ModelForm):
    """One row of the caption table: the texts of a photo, and its place in the album."""

    order = forms.IntegerField(min_value=0, label="Place")

    class Meta:
        model = Photo
        fields = ["alt", "caption", "credit", "press_use"]
        widgets = {
            **dict.fromkeys(["alt", "caption"], forms.Textarea(attrs={"rows": 2})),
        }

    def __init__(self, *args: Any, picture: Picture, user: User, **kwargs: Any) -> None:
        kwargs |= {"instance": picture.photo, "initial": {"order": picture.order}}
        super().__init__(*args, **kwargs)
        self.picture = picture
        if not may_change_photo(user, picture.photo):
            for name in self._meta.fields or ():
                self.fields[name].disabled = True
            self.fields[
                "alt"
            ].help_text = "Readers see this picture elsewhere, so an editor changes its words."

    def save(self, commit: bool = True) -> Photo:
        self.picture.order = self.cleaned_data["order"]
        self.picture.save(update_fields=["order"])
        return super().save(commit)


def caption_forms(album: Album, user: User, data: Any = None) -> list[CaptionForm]:
    """A `CaptionForm` for each picture of `album`, in order, with the words that `user` may change."""
    pictures = album.pictures.in_order().select_related("photo")
    return [
        CaptionForm(data, prefix=f"picture-{picture.pk}", picture=picture, user=user) for picture in pictures
    ]
