import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from links import checking
from links.jobs import check_links
from links.models import CHECK_INTERVAL, RECHECK_INTERVAL, Category, Link
from links.visits import Finding
from tests.factories import make_link, make_staff

FINE = Finding(True, "Works.", title="Silent films")
GONE = Finding(False, "404", hard=True)
BUSY = Finding(False, "403")
NOWHERE = Finding(False, "There is no such host.", hard=True, unreachable=True)
NOW = timezone.now()


@pytest.fixture
def found(monkeypatch):
    """What visits find, by URL; every URL visited is recorded."""
    findings, visited = {}, []

    def visit(url, *, local=False):
        visited.append(url)
        return findings.get(url, FINE)

    monkeypatch.setattr(checking, "visit", visit)
    findings["visited"] = visited
    return findings


def after(link, *findings, days=1):
    """`link` after these findings, `days` apart."""
    for number, finding in enumerate(findings):
        link.record_finding(finding, NOW + timedelta(days=days * number))
        link.save()
    return link


def test_a_link_is_gone_only_after_three_hard_failures_over_a_week(db):
    assert after(make_link(), GONE, GONE, GONE).state == "unsure"  # three, but within two days
    assert after(make_link(), GONE, GONE, days=30).state == "unsure"  # long, but only two
    link = after(make_link(), GONE, GONE, GONE, days=4)
    assert link.state == "gone"
    assert link not in Link.objects.listed()


def test_unsure_findings_never_make_a_link_gone(db):
    link = after(make_link(), FINE, *[BUSY] * 30)

    assert (link.state, link.failures, link.worked_at) == ("unsure", 0, NOW)
    assert link in Link.objects.listed()


def test_one_good_answer_makes_up_for_all_failures(db):
    link = after(make_link(), GONE, GONE, GONE, FINE, days=4)

    assert (link.state, link.failures, link.failing_since) == ("works", 0, None)


def test_the_database_keeps_a_link_from_being_called_gone_too_soon(db):
    with pytest.raises(IntegrityError):
        make_link(state="gone")


def test_the_next_check_depends_on_the_finding(db):
    link = make_link()
    assert after(link, FINE).next_check == NOW + CHECK_INTERVAL
    assert after(link, BUSY).next_check == NOW + RECHECK_INTERVAL
    assert after(link, BUSY._replace(retry_after=timedelta(hours=2))).next_check == NOW + timedelta(hours=2)


def test_a_check_visits_few_links_the_most_overdue_first_one_per_host(db, found):
    make_link(url="https://a.example/1", next_check=NOW - timedelta(days=2))
    make_link(url="https://a.example/2", next_check=NOW - timedelta(days=1))
    make_link(url="https://b.example/1", next_check=NOW - timedelta(days=1))
    make_link(url="https://c.example/1")
    make_link(url="https://d.example/1", next_check=NOW + timedelta(days=1))

    checking.check_due_links(limit=2)
    assert found["visited"] == ["https://c.example/1", "https://a.example/1"]
    checking.check_due_links(limit=9)
    assert sorted(found["visited"][2:]) == ["https://a.example/2", "https://b.example/1"]
    assert checking.check_due_links(limit=9) == []


def test_a_parked_domain_is_recognised_by_its_title(db, found):
    link = make_link(page_title="The Silent Film Society of Tempe", state="works")
    found[link.url] = FINE._replace(title="Buy this domain now")
    checking.check_due_links(9)
    link.refresh_from_db()

    assert (link.state, link.failures) == ("unsure", 0)
    assert "Buy this domain now" in link.finding and link.page_title.startswith("The Silent")


@pytest.mark.parametrize("title", ["Silent Film Society, Tempe: home", "THE SILENT FILM SOCIETY", ""])
def test_a_page_that_changed_its_title_a_little_works(db, found, title):
    link = make_link(page_title="The Silent Film Society of Tempe")
    found[link.url] = FINE._replace(title=title)
    checking.check_due_links(9)

    assert Link.objects.get().state == "works"


def test_no_failure_is_recorded_when_this_machine_is_offline(db, found, monkeypatch):
    worked = make_link(state="works", worked_at=NOW - timedelta(days=1), next_check=NOW - timedelta(hours=1))
    found[worked.url] = NOWHERE

    def offline(*args):
        raise OSError

    monkeypatch.setattr(checking.socket, "getaddrinfo", offline)
    assert checking.check_due_links(9) == []
    worked.refresh_from_db()
    assert (worked.state, worked.failures) == ("works", 0)
    assert worked.next_check > timezone.now()

    monkeypatch.setattr(checking.socket, "getaddrinfo", lambda *args: [])
    Link.objects.update(next_check=None)
    checking.check_due_links(9)
    worked.refresh_from_db()
    assert (worked.state, worked.failures) == ("unsure", 1)


def test_a_new_directory_is_not_checked_while_offline(db, found):
    found[make_link().url] = NOWHERE
    assert checking.check_due_links(9) == []


def test_the_command_prints_the_findings(db, found):
    link = make_link(url="https://a.example/")
    out = StringIO()
    call_command("check_links", stdout=out)
    assert (
        out.getvalue().startswith("works   https://a.example/  Works.")
        and "1 links checked" in out.getvalue()
    )

    out = StringIO()
    call_command("check_links", stdout=out)
    assert out.getvalue() == "No link could or had to be checked.\n"

    Link.objects.update(next_check=None)
    out = StringIO()
    call_command("check_links", json=True, stdout=out)
    assert json.loads(out.getvalue()) == {
        "checked": [{"url": link.url, "state": "works", "finding": "Works."}]
    }


def test_the_worker_checks_a_few(db, found):
    for number in range(9):
        make_link(url=f"https://{number}.example/")
    check_links()

    assert len(found["visited"]) == 4


def test_staff_can_confirm_a_page(client, db, found):
    link = make_link(page_title="Old name", state="unsure", next_check=NOW + timedelta(days=3))
    found[link.url] = FINE._replace(title="Wholly different")
    client.force_login(make_staff("editor"))
    client.post("/desk/links/link/", {"action": "confirm_page", "_selected_action": link.pk})
    checking.check_due_links(9)

    link.refresh_from_db()
    assert (link.state, link.page_title) == ("works", "Wholly different")


def test_links_are_listed_by_category_in_order(client, db):
    second = Category.objects.create(name="A", slug="a", order=2)
    first = Category.objects.create(name="B", slug="b", order=1)
    for category in (second, first):
        make_link(category=category)
    page = client.get("/links/")

    assert [category for category, _ in page.context["categories"]] == [first, second]
    assert (str(first), str(Link.objects.first())) == ("B", Link.objects.first().title)
