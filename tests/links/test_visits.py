"""The checker against a real server on this machine, with every answer a server may give."""

import socket
import ssl
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError

import pytest

from links import visits
from links.visits import visit


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        getattr(self, f"say_{self.path.strip('/').partition('/')[0]}")()

    def say(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_fine(self):
        self.say(
            200,
            "<html><TITLE lang=en>\n Am&eacute;lie’s\n page </title>".encode(),
            Content_Type="text/html; charset=utf-8",
        )

    def say_old(self):
        body = "<meta charset=windows-1252><title>Café</title>".encode("windows-1252")
        self.say(200, body, Content_Type="text/html")

    def say_odd(self):
        self.say(200, b"<title>Caf\xe9</title>", Content_Type="text/html; charset=klingon")

    def say_bare(self):
        self.say(200, b"%PDF-1.4", Content_Type="application/pdf")

    def say_status(self):
        self.say(int(self.path.split("/")[2]))

    def say_busy(self):
        self.say(429, Retry_After="7200")

    def say_moved(self):
        self.say(301, Location="/fine")

    def say_inside(self):
        self.say(302, Location="http://10.0.0.1/secret")

    def say_loop(self):
        self.say(302, Location="/loop")

    def say_rubbish(self):
        self.wfile.write(b"what?\r\n\r\n")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "title"), [("fine", "Amélie’s page"), ("old", "Café"), ("odd", "Café"), ("bare", "")]
)
def test_a_good_response_works_and_has_a_title(server, path, title):
    finding = visit(f"{server}/{path}", local=True)

    assert (finding.works, finding.hard, finding.title) == (True, False, title)


def test_a_page_that_moved_works_and_says_where(server):
    finding = visit(f"{server}/moved", local=True)
    assert finding.works and finding.sentence.endswith("/fine")


@pytest.mark.parametrize("status", [404, 410])
def test_gone_is_a_hard_failure(server, status):
    finding = visit(f"{server}/status/{status}", local=True)
    assert (finding.works, finding.hard, finding.unreachable) == (False, True, False)


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 502, 503])
def test_a_refused_request_is_unsure(server, status):
    finding = visit(f"{server}/status/{status}", local=True)
    assert (finding.works, finding.hard) == (False, False)
    assert str(status) in finding.sentence


def test_a_busy_server_is_given_the_time_it_asks_for(server):
    assert visit(f"{server}/busy", local=True).retry_after == timedelta(hours=2)


@pytest.mark.parametrize("path", ["loop", "rubbish"])
def test_a_malformed_response_is_unsure(server, path):
    finding = visit(f"{server}/{path}", local=True)
    assert (finding.works, finding.hard) == (False, False)


def test_a_refused_connection_is_unsure_and_unreachable():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    finding = visit(f"http://127.0.0.1:{port}/", local=True)
    assert (finding.works, finding.hard, finding.unreachable) == (False, False, True)


def test_no_such_host_is_a_hard_failure(monkeypatch):
    def nowhere(*args):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(visits.socket, "getaddrinfo", nowhere)
    finding = visit("http://gone.example/")
    assert (finding.hard, finding.unreachable, finding.sentence) == (True, True, "There is no such host.")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ssl.SSLError("expired"), "certificate is broken"),
        (TimeoutError(), "within 15 seconds"),
        (OSError("reset"), "reset"),
    ],
)
def test_a_network_error_is_unsure_with_a_sentence(monkeypatch, error, sentence):
    def fail(*args, **kwargs):
        raise URLError(error)

    monkeypatch.setattr(visits.socket, "getaddrinfo", lambda *args: [(0, 0, 0, "", ("93.184.216.34", 0))])
    monkeypatch.setattr("urllib.request.OpenerDirector.open", fail)
    finding = visit("https://example.com/")
    assert not finding.works and not finding.hard and sentence in finding.sentence


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://10.1.2.3/", "http://[::1]/", "http://169.254.169.254/latest/"]
)
def test_the_checker_visits_no_private_network(url):
    assert visit(url).sentence == "The address leads into a private network."


def test_the_checker_follows_no_redirect_into_a_private_network(server, monkeypatch):
    refuse = visits.refuse_private
    monkeypatch.setattr(
        visits, "refuse_private", lambda url, local: refuse(url, local and "10.0.0.1" not in url)
    )
    assert visit(f"{server}/inside", local=True).sentence == "The address leads into a private network."
