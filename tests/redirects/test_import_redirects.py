import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from redirects.models import Redirect
from tests.factories import make_review

MAP = """# the old site
/index2.htm /
http://www.cinemaclips.example/reviews/m.htm	https://cinemaclips.example/reviews/m/
/show.php?id=12, /reviews/m/
"/my films/a.htm";/reviews/m/
/articles/* /blog/:splat
/one
/loop/ /loop/
/nowhere /no/such/room/
/evil //evil.example/
ftp://x/y ftp://x/z
/mail mailto:x@example.com
/bad http://[oops/
/caf%E9.htm /reviews/m/
"""


def imported(tmp_path, text, *, data=None, **options):
    file = tmp_path / "map.txt"
    file.write_bytes(data if data is not None else text.encode())
    out = StringIO()
    call_command("import_redirects", str(file), stdout=out, **options)
    return out.getvalue()


def test_a_map_is_imported_line_by_line(client, db, tmp_path):
    make_review(slug="m")
    report = json.loads(imported(tmp_path, MAP, json=True))

    assert (report["accepted"], report["new"], report["rejected"]) == (6, 6, 7)
    assert [each["line"] for each in report["problems"]] == [7, 8, 9, 10, 11, 12, 13]
    for old, new in (("/index2.htm", "/"), ("/reviews/m.htm", "/reviews/m/"), ("/show.php?id=12", "/reviews/m/"),
                     ("/my%20films/a.htm", "/reviews/m/"), ("/articles/", "/blog/")):  # fmt: skip
        assert client.get(old).headers["Location"] == new


def test_a_second_import_changes_nothing(db, tmp_path):
    imported(tmp_path, MAP)
    again = json.loads(imported(tmp_path, MAP, json=True))

    assert (again["accepted"], again["new"]) == (6, 0)
    assert Redirect.objects.count() == 6


def test_a_dry_run_imports_nothing(db, tmp_path):
    report = imported(tmp_path, MAP, dry_run=True)

    assert "6 addresses would be imported (6 of them new); 7 lines refused." in report
    assert "line 9: Nothing on this site answers at /no/such/room/." in report
    assert Redirect.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_a_map_in_any_encoding_is_read(db, tmp_path, encoding):
    imported(tmp_path, "", data="/café.htm /reviews/\r\n".encode(encoding))
    assert Redirect.objects.get().old_path == "/café.htm"


@pytest.mark.parametrize(
    "data", [b"", b"\0\0\0", b"\xff\xfe\x00", b"/a /b\0c", b"/" + b"a" * 600 + b" /", b"\xff\xfe" + b"x"]
)
def test_invalid_lines_are_reported(db, tmp_path, data):
    assert json.loads(imported(tmp_path, "", data=data, json=True))["accepted"] == 0


def test_an_unreadable_file_is_an_error(db, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_redirects", str(tmp_path / "none.txt"))
    monkeypatch.setattr("redirects.management.commands.import_redirects.MAX_BYTES", 3)
    with pytest.raises(CommandError, match="larger than"):
        imported(tmp_path, MAP)
