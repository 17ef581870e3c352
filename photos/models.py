"""The library's one record: a picture, what it shows, whose it is, and where to look in it."""

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

KEY_LENGTH = 10  # characters of a version that stay when the picture changes
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
    """A picture in the library. `master` is ours, re-encoded; readers only ever get sizes of it."""

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
        help_text="Printed beside the picture wherever it stands. Left empty, it is read from the file.",
    )
    copyright = models.CharField(max_length=200, blank=True, help_text="Travels inside every size.")
    source = models.CharField(max_length=200, blank=True, help_text="Where we got it. Not printed.")
    licence = models.URLField(blank=True, help_text="The address of its licence, if it has one.")
    usable_from = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="Before this moment the picture shows nowhere."
    )
    usable_until = models.DateTimeField(
        "rights end",
        null=True,
        blank=True,
        db_index=True,
        help_text="From this moment the picture shows nowhere: pages, feeds, cards and downloads drop it.",
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
        """Keeps addresses from being guessed: a picture of a draft is nobody's to find by counting."""
        return salted_hmac("photos.key", str(self.pk), algorithm="sha256").hexdigest()[:KEY_LENGTH]

    @property
    def version(self) -> str:
        """Changes with anything that a size carries, so that a size can be cached for ever."""
        content = (self.checksum, self.focal_x, self.focal_y, *vars(self.rights).values())
        return self.url_key + hashlib.sha256(repr(content).encode()).hexdigest()[:8]

    def has_version(self, version: str) -> bool:
        """Whether `version` is one that this picture has, or has had."""
        return constant_time_compare(version[:KEY_LENGTH], self.url_key)

    def set_image(self, processed: "ProcessedImage") -> None:
        """Make `processed` this picture's pixels (not yet saved)."""
        self.width, self.height, self.colour = processed.width, processed.height, processed.colour
        self.checksum = hashlib.sha256(processed.master).hexdigest()
        name = f"{get_random_string(16).lower()}.jpg"
        self.master.save(name, ContentFile(processed.master), save=False)

    def sizes(self, crop: str) -> list[Size]:
        """The sizes in which a crop is served, smallest first."""
        return sizes_of(self.width, self.height, crop)

    def url_prefix(self, crop: str) -> str:
        """What the URLs of a crop's sizes begin with; `640.webp` completes it."""
        url = reverse("photos:size", args=[self.pk, self.version, crop, 0, "x"])
        return url.removesuffix("0.x")

    def url(self, crop: str, width: int, extension: str) -> str:
        """The address of one size; it changes whenever the picture does."""
        return f"{self.url_prefix(crop)}{width}.{extension}"

    def thumbnail_url(self) -> str:
        return self.url("square", WIDTHS[0], "webp")

    def feed_url(self) -> str:
        """The picture for feed readers and mails."""
        return self.url("whole", self.sizes("whole")[:3][-1].width, "webp")

    def share_url(self) -> str:
        """The picture for share cards, in the one format every reader of cards knows."""
        return self.url("share", self.sizes("share")[-1].width, "jpeg")

    def press_sizes(self) -> dict[str, Size]:
        """The sizes the press may download, by name."""
        web = [size for size in self.sizes("whole") if size.width <= WEB_WIDTH][-1:]
        return {"web": (web or self.sizes("whole"))[0], "print": Size(self.width, self.height)}

    def download_name(self, size: str) -> str:
        """What a downloaded size is called: "camera-before-red-dunes-web-12.jpg"."""
        return f"{slugify(self.caption or self.alt)[:60].strip('-') or 'picture'}-{size}-{self.pk}.jpg"

    def file_deleter(self) -> Callable[..., Any]:
        """What takes the master and every size off the disk, to be called once the row is gone."""
        storage, name = self.master.storage, str(self.master.name)
        renditions = settings.RENDITIONS_ROOT / str(self.pk)

        def delete_files() -> None:
            storage.delete(name)
            shutil.rmtree(renditions, ignore_errors=True)

        return delete_files

    def make_missing_renditions(self, at_most: int) -> int:
        """Make up to `at_most` sizes that are not on the disk yet; how many were made."""
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
        """Where one size lies, or will lie, on this machine's disk."""
        folder = settings.RENDITIONS_ROOT / str(self.pk) / self.version
        return folder / f"{crop}-{size.width}.{extension}"

    def ensure_rendition(self, crop: str, size: Size, extension: str) -> Path:
        """The path of one size on this machine's disk; made when first asked for."""
        path = self.rendition_path(crop, size, extension)
        if not path.exists():
            box = crop_box(self.width, self.height, CROPS[crop], self.focal_x, self.focal_y)
            with self.master.open() as master:
                data = make_rendition(master, box, size, extension, self.rights)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and moved in one step: a reader never meets half a picture.
            unfinished = path.with_name(f"{path.name}.{get_random_string(8)}")
            unfinished.write_bytes(data)
            unfinished.replace(path)
        return path
