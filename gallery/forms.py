"""Many pictures at once: what they have in common is written once."""

from django import forms

from gallery.models import Picture
from photos.image_processing import ImageRefused, process_upload
from photos.models import Photo


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several uploads as a list."""

    widget = MultipleFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """Pictures for an album; credit and copyright of the file win over what is written here."""

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

    def add_pictures(self, album):
        """
        Put every good picture into `album`, after those that are in it.

        Returns the pictures, and a sentence for each file that was refused; the others are kept.
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

    def _create_photo(self, developed, name):
        rights, common = developed.rights, self.cleaned_data
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
        photo.set_image(developed)
        photo.save()
        return photo


class CaptionForm(forms.ModelForm):
    """One line of the caption table: the words of a photo, and its place in the album."""

    order = forms.IntegerField(min_value=0, label="Place")

    class Meta:
        model = Photo
        fields = ["alt", "caption", "credit", "press_use"]
        widgets = {
            **dict.fromkeys(["alt", "caption"], forms.Textarea(attrs={"rows": 2})),
        }

    def __init__(self, *args, picture, **kwargs):
        super().__init__(*args, instance=picture.photo, initial={"order": picture.order}, **kwargs)
        self.picture = picture

    def save(self, commit=True):
        self.picture.order = self.cleaned_data["order"]
        self.picture.save(update_fields=["order"])
        return super().save(commit)


def caption_forms(album, data=None):
    """A `CaptionForm` for each picture of `album`, in order."""
    pictures = album.pictures.in_order().select_related("photo")
    return [CaptionForm(data, prefix=f"picture-{picture.pk}", picture=picture) for picture in pictures]
