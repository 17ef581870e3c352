"""The library's one record: a picture, what it shows, whose it is, and where to look in it."""

import hashlib
import shutil

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string

from photos.crops import CROPS, WIDTHS, Size, crop_box, sizes_of
from photos.darkroom import enlarge
from photos.rights import Rights

PERCENT = Q(focal_x__range=(0, 100)) & Q(focal_y__range=(0, 100))


class PhotoQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-pk")


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
        ]

    def __str__(self):
        return self.alt

    @property
    def rights(self):
        return Rights(self.caption, self.credit, self.copyright)

    @property
    def version(self):
        """Changes with anything that a size carries, so that a size can be cached for ever."""
        carried = (self.checksum, self.focal_x, self.focal_y, *vars(self.rights).values())
        return hashlib.sha256(repr(carried).encode()).hexdigest()[:10]

    def take(self, developed):
        """Make `developed` this picture's pixels (not yet saved)."""
        self.width, self.height, self.colour = developed.width, developed.height, developed.colour
        self.checksum = hashlib.sha256(developed.master).hexdigest()
        name = f"{get_random_string(16).lower()}.jpg"
        self.master.save(name, ContentFile(developed.master), save=False)

    def sizes(self, crop):
        """The sizes in which a crop is served, smallest first."""
        return sizes_of(self.width, self.height, crop)

    def stem(self, crop):
        """What the addresses of a crop's sizes begin with; `640.webp` completes it."""
        address = reverse("photos:size", args=[self.pk, self.version, crop, 0, "x"])
        return address.removesuffix("0.x")

    def url(self, crop, width, extension):
        """The address of one size; it changes whenever the picture does."""
        return f"{self.stem(crop)}{width}.{extension}"

    def thumbnail_url(self):
        return self.url("square", WIDTHS[0], "webp")

    def feed_url(self):
        """The picture for feed readers and mails."""
        return self.url("whole", self.sizes("whole")[:3][-1].width, "webp")

    def share_url(self):
        """The picture for share cards, in the one format every reader of cards knows."""
        return self.url("share", self.sizes("share")[-1].width, "jpeg")

    def forgetting(self):
        """What takes the master and every size off the disk, to be called once the row is gone."""
        storage, name = self.master.storage, self.master.name
        sizes = settings.PRINTS_ROOT / str(self.pk)

        def forget():
            storage.delete(name)
            shutil.rmtree(sizes, ignore_errors=True)

        return forget

    def make_sizes(self, at_most):
        """Make up to `at_most` sizes that are not on the disk yet; how many were made."""
        missing = [
            (crop, size, extension)
            for crop in CROPS
            for size in self.sizes(crop)
            for extension in (("jpeg",) if crop == "share" else ("avif", "webp"))
            if not self.size_path(crop, size, extension).exists()
        ]
        for wanted in missing[:at_most]:
            self.size_file(*wanted)
        return len(missing[:at_most])

    def size_path(self, crop, size: Size, extension):
        """Where one size lies, or will lie, on this machine's disk."""
        folder = settings.PRINTS_ROOT / str(self.pk) / self.version
        return folder / f"{crop}-{size.width}.{extension}"

    def size_file(self, crop, size: Size, extension):
        """The path of one size on this machine's disk; made when first asked for."""
        path = self.size_path(crop, size, extension)
        if not path.exists():
            box = crop_box(self.width, self.height, CROPS[crop], self.focal_x, self.focal_y)
            with self.master.open() as master:
                data = enlarge(master, box, size, extension, self.rights)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and moved in one step: a reader never meets half a picture.
            aside = path.with_name(f"{path.name}.{get_random_string(8)}")
            aside.write_bytes(data)
            aside.replace(path)
        return path
