"""The model of a photo: its file, alternative text, caption, rights and focal point."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.text import slugify

from photos.crops import CROPS, WIDTHS, Size, crop_box, sizes_of
from photos.image_processing import make_rendition
from photos.rights import Rights

if TYPE_CHECKING:
    from photos.image_processing import ProcessedImage

KEY_LENGTH = 10  # characters of `Photo.version` that do not change with the photo
WEB_WIDTH = 1280
PERCENT = Q(focal_x__range=(0, 100)) & Q(focal_y__range=(0, 100))


class PhotoQuerySet(models.QuerySet["Photo"]):
    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def usable(self) -> Self:
        """Pictures whose rights run at this moment."""
        now = timezone.now()
        begun = Q(usable_from__isnull=True) | Q(usable_from__lte=now)
        return self.filter(begun & (Q(usable_until__isnull=True) | Q(usable_until__gt=now)))


class Photo(models.Model):
    """A photo of the library. `master` is the re-encoded original; readers get only renditions of it."""

    withdrawal_fields = ["usable_from", "usable_until", "press_use"]

    master = models.FileField(upload_to="masters/", editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    colour = models.CharField(max_length=7, editable=False)
    checksum = models.CharField(max_length=64, editable=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    alt = models.CharField(
        "alt text",
        max_length=300,
        help_text="What a person who cannot see the picture should know. Not the caption.",
    )
    caption = models.CharField(
        max_length=500, blank=True, help_text="Printed under the picture, before the credit."
    )
    credit = models.CharField(
        max_length=200,
        help_text="Printed with the picture on every page. If left empty, it is read from the file.",
    )
    copyright = models.CharField(
        max_length=200, blank=True, help_text="Written into every file that is sent out."
    )
    source = models.CharField(max_length=200, blank=True, help_text="Where we got it. Not printed.")
    licence = models.URLField(blank=True, help_text="The address of its licence, if it has one.")
    usable_from = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="The picture is shown nowhere before this time."
    )
    usable_until = models.DateTimeField(
        "rights end",
        null=True,
        blank=True,
        db_index=True,
        help_text="From this time on, no page, feed, card or download shows the picture.",
    )
    press_use = models.BooleanField(
        "the press may use it",
        default=False,
        help_text="Offers the picture for download, with the press terms beside it.",
    )

    focal_x = models.PositiveSmallIntegerField(
        "focal point, from the left",
        default=50,
        help_text="In percent. No crop cuts this point off.",
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, help_text="In percent."
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=PERCENT,
                name="photo_focal_point_inside",
                violation_error_message="The focal point lies between 0 and 100 percent.",
            ),
            models.CheckConstraint(
                condition=~Q(alt="") & ~Q(credit=""),
                name="photo_has_alt_and_credit",
                violation_error_message="A picture needs an alt text and a credit.",
            ),
            models.CheckConstraint(
                condition=Q(usable_from__isnull=True)
                | Q(usable_until__isnull=True)
                | Q(usable_until__gt=F("usable_from")),
                name="photo_rights_end_after_they_begin",
                violation_error_message="The rights end before they begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def is_usable(self) -> bool:
        """The instance's side of `usable()`."""
        if self.usable_from is None and self.usable_until is None:
            return True
        now = timezone.now()
        begun = self.usable_from is None or self.usable_from <= now
        return begun and (self.usable_until is None or self.usable_until > now)

    @property
    def rights(self) -> Rights:
        return Rights(self.caption, self.credit, self.copyright)

    @property
    def url_key(self) -> str:
        """A part of the URLs that cannot be guessed, so that nobody finds photos of drafts by counting."""
        return salted_hmac("photos.key", str(self.pk), algorithm="sha256").hexdigest()[:KEY_LENGTH]

    @property
    def version(self) -> str:
        """Changes with the pixels, the focal point and the rights, so that renditions can be cached."""
        content = (self.checksum, self.focal_x, self.focal_y, *vars(self.rights).values())
        return self.url_key + hashlib.sha256(repr(content).encode()).hexdigest()[:8]

    def has_version(self, version: str) -> bool:
        """Whether `version` is the present version of this photo or an earlier one."""
        return constant_time_compare(version[:KEY_LENGTH], self.url_key)

    def set_image(self, processed: "ProcessedImage") -> None:
        """Store `processed` as this photo's master and set its columns. The caller saves the row."""
        self.width, self.height, self.colour = processed.width, processed.height, processed.colour
        self.checksum = hashlib.sha256(processed.master).hexdigest()
        name = f"{get_random_string(16).lower()}.jpg"
        self.master.save(name, ContentFile(processed.master), save=False)

    def sizes(self, crop: str) -> list[Size]:
        """The sizes in which a crop is served, smallest first."""
        return sizes_of(self.width, self.height, crop)

    def url_prefix(self, crop: str) -> str:
        """The beginning of the URLs of a crop's sizes, to be completed with, for example, `640.webp`."""
        url = reverse("photos:size", args=[self.pk, self.version, crop, 0, "x"])
        return url.removesuffix("0.x")

    def url(self, crop: str, width: int, extension: str) -> str:
        """The URL of one rendition; it contains `version`."""
        return f"{self.url_prefix(crop)}{width}.{extension}"

    def thumbnail_url(self) -> str:
        return self.url("square", WIDTHS[0], "webp")

    def feed_url(self) -> str:
        """The URL of the rendition for feeds and mails."""
        return self.url("whole", self.sizes("whole")[:3][-1].width, "webp")

    def share_url(self) -> str:
        """The URL of the rendition for share cards, a JPEG, since not every site reads newer formats."""
        return self.url("share", self.sizes("share")[-1].width, "jpeg")

    def press_sizes(self) -> dict[str, Size]:
        """The sizes that the press may download, by name ("web", "print")."""
        web = [size for size in self.sizes("whole") if size.width <= WEB_WIDTH][-1:]
        return {"web": (web or self.sizes("whole"))[0], "print": Size(self.width, self.height)}

    def download_name(self, size: str) -> str:
        """The name of a downloaded file, such as "camera-before-red-dunes-web-12.jpg"."""
        return f"{slugify(self.caption or self.alt)[:60].strip('-') or 'picture'}-{size}-{self.pk}.jpg"

    def file_deleter(self) -> Callable[..., Any]:
        """A function that deletes the master and all renditions, to be called after the row is deleted."""
        storage, name = self.master.storage, str(self.master.name)
        renditions = settings.RENDITIONS_ROOT / str(self.pk)

        def delete_files() -> None:
            storage.delete(name)
            shutil.rmtree(renditions, ignore_errors=True)

        return delete_files

    def make_missing_renditions(self, at_most: int) -> int:
        """Make up to `at_most` renditions that do not exist yet. Returns how many were made."""
        missing = [
            (crop, size, extension)
            for crop in CROPS
            for size in self.sizes(crop)
            for extension in (("jpeg",) if crop == "share" else ("avif", "webp"))
            if not self.rendition_path(crop, size, extension).exists()
        ]
        for rendition in missing[:at_most]:
            self.ensure_rendition(*rendition)
        return len(missing[:at_most])

    def rendition_path(self, crop: str, size: Size, extension: str) -> Path:
        """The path of the file of one rendition, whether it exists or not."""
        folder = settings.RENDITIONS_ROOT / str(self.pk) / self.version
        return folder / f"{crop}-{size.width}.{extension}"

    def ensure_rendition(self, crop: str, size: Size, extension: str) -> Path:
        """The path of the file of one rendition, which is made if it does not exist yet."""
        path = self.rendition_path(crop, size, extension)
        if not path.exists():
            box = crop_box(self.width, self.height, CROPS[crop], self.focal_x, self.focal_y)
            with self.master.open() as master:
                data = make_rendition(master, box, size, extension, self.rights)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written to a temporary file and then renamed, so that no request reads an incomplete file.
            unfinished = path.with_name(f"{path.name}.{get_random_string(8)}")
            unfinished.write_bytes(data)
            unfinished.replace(path)
        return path
