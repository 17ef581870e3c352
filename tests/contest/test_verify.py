"""contest/verify.py: the published test vectors, files that must be refused, and properties of all draws."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from contest import verify
from fans import email_addresses

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
SCRIPT = settings.BASE_DIR / "contest/verify.py"
EQUAL = VECTORS["draws"][0]
named = pytest.mark.parametrize("vector", VECTORS["draws"], ids=lambda each: each["name"])


def run(*words):
    """Run the published script. Returns (exit status, lines of output, error message)."""
    done = subprocess.run([sys.executable, "-I", SCRIPT, *words], capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines(), done.stderr


def files(folder, vector):
    """Write the files of a vector, as a reader downloads them."""
    texts = {
        "manifest.txt": vector["manifest"],
        "entries.txt": vector["entries"],
        "beacon.txt": "".join(f"{line}\n" for line in vector["beacon_lines"]),
        "disqualified.txt": "".join(f"{ticket} declined\n" for ticket in vector["disqualified"]),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return [str(folder / name) for name in texts]


def all_of(vector):
    return (
        vector["manifest"],
        vector["entries"],
        "\n".join(vector["beacon_lines"]),
        "\n".join(vector["disqualified"]),
    )


def made(entries, prizes=2, kinds=("numbers",), top=9999):
    """A manifest and a list for these (ticket, weight) pairs."""
    listed = "".join(f"{ticket} {weight}\n" for ticket, weight in sorted(entries))
    lines = [
        "cinemaclips-draw-1",
        "draw: any-draw",
        f"rules-sha256: {'0' * 64}",
        *("opened: 2026-01-01T00:00:00Z", "closed: 2026-01-02T00:00:00Z", "frozen: 2026-01-03T00:00:00Z"),
        f"entries: {len(entries)}",
        f"weight: {sum(weight for _, weight in entries)}",
        f"max-weight: {top}",
        f"prizes: {prizes}",
        f"entries-sha256: {verify.sha(listed)}",
        *(f"beacon: {kind} Source {number}" for number, kind in enumerate(kinds, 1)),
    ]
    return "".join(f"{line}\n" for line in lines), listed


def test_the_script_is_short_and_imports_the_standard_library_only():
    source = SCRIPT.read_text()
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}

    assert len(source.splitlines()) < 100
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("vector", VECTORS["tickets"], ids=lambda each: each["email_as_typed"])
def test_tickets_match_the_vectors(vector):
    asked = [vector["draw_id"], vector["salt"], vector["email_as_typed"]]

    assert verify.canonical(vector["email_as_typed"]) == vector["email_canonical"]
    assert run("--ticket", *asked) == (0, [vector["ticket"]], "")


@pytest.mark.parametrize("vector", VECTORS["beacons"], ids=lambda each: "; ".join(each["lines"]))
def test_beacons_match_the_vectors(vector):
    sources = [(kind, "Any") for kind in vector["kinds"]]
    if vector.get("error"):
        with pytest.raises(ValueError, match=r"gives no|has \d+ lines"):
            verify.beacon_of(sources, vector["lines"])
    else:
        assert verify.beacon_of(sources, vector["lines"]) == vector["string"]


def test_beacons_match_the_example_of_rfc_3797():
    sources = [("digits", ""), ("numbers", ""), ("numbers", "")]
    beacon_lines = [
        line.replace(" ", "") if not number else line
        for number, line in enumerate(VECTORS["rfc3797"]["inputs"])
    ]

    assert verify.beacon_of(sources, beacon_lines) == VECTORS["rfc3797"]["key"]


@named
def test_draws_match_the_vectors(vector, tmp_path):
    status, lines, complaint = run(*files(tmp_path, vector))
    result = vector["result"]
    by_place = {"prize": [], "alternate": [], "disqualified": []}
    for line in lines[3:]:
        place, *_, ticket, _ = line.split()
        by_place[place].append(ticket)

    assert (status, complaint) == (0, "")
    assert lines[:3] == [
        f"manifest {result['manifest_sha256']}", f"beacon {result['beacon']}", f"seed {result['seed']}",
    ]  # fmt: skip
    assert by_place["prize"] == result["winners"]
    assert by_place["alternate"] == result["alternates"]
    assert sorted(by_place["disqualified"]) == sorted(vector["disqualified"])
    assert [line.split()[-2:] for line in lines[3:]] == [[t, str(w)] for _, t, w in result["ranking"]]


@named
def test_scores_match_the_vectors(vector):
    fields, entries = verify.read_files(vector["manifest"], vector["entries"])
    beacon = verify.beacon_of(fields["beacon"], vector["beacon_lines"])

    assert verify.ranked(vector["manifest"], beacon, entries) == (
        vector["result"]["seed"], [tuple(line) for line in vector["result"]["ranking"]],
    )  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS["rejects"], ids=lambda each: each["name"])
def test_invalid_files_of_the_vectors_are_refused(vector, tmp_path):
    status, lines, complaint = run(*files(tmp_path, vector))

    assert (status, lines) == (1, [])
    assert complaint.endswith(".\n")
    assert "Traceback" not in complaint


LIST = EQUAL["entries"]
FIRST = LIST.splitlines()[0]


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        (LIST + FIRST + "\n", "out of order"),
        ("".join(reversed(LIST.splitlines(keepends=True))), "out of order"),
        (LIST.replace("\n", "\r\n"), "malformed"),
        ("\ufeff" + LIST, "malformed"),
        (LIST[:-1], "malformed"),
        (LIST.replace(FIRST, FIRST[:-1] + "0"), "malformed"),
        (LIST.replace(FIRST, FIRST[:-1] + "01"), "malformed"),
        (LIST.replace(FIRST, FIRST[:-1] + "10000"), "malformed"),
        (LIST.upper(), "malformed"),
        (LIST.replace(FIRST, FIRST[:-1] + "2"), "counts"),
        (LIST.replace(FIRST + "\n", ""), "counts"),
        (LIST.replace(FIRST, FIRST[:-1] + "11"), "above the maximum"),
    ],
    ids=["twice", "unsorted", "CRLF", "BOM", "no last newline", "weight 0", "01", "five digits", "upper case",
         "another weight", "one left out", "above the maximum"],
)  # fmt: skip
def test_an_invalid_list_with_a_fitting_manifest_is_refused(listed, why):
    """The list's hash in the manifest is right, so that the other rules are what refuses it."""
    manifest = EQUAL["manifest"].replace(verify.sha(LIST), verify.sha(listed))
    if why == "above the maximum":
        manifest = manifest.replace("weight: 12\n", "weight: 22\n", 1)

    with pytest.raises(ValueError, match=why):
        verify.read_files(manifest, listed)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("cinemaclips-draw-1", "cinemaclips-draw-2"), ("cinemaclips-draw-1", "\ufeffcinemaclips-draw-1"),
        ("entries: 12", "entries: 012"), ("prizes: 3", "prizes: three"), ("prizes: 3\n", ""), ("\n", "\r\n"),
        ("beacon: numbers", "beacon: letters"), ("2026-12-05T06:00:00Z", "2026-12-05"),
        ("draw: dvd-2026-12\n", "draw: dvd-2026-12\nnote: more\n"), ("beacon:", "# beacon:"),
    ],
)  # fmt: skip
def test_a_malformed_manifest_is_refused(was, becomes):
    with pytest.raises(ValueError, match="malformed"):
        verify.read_files(EQUAL["manifest"].replace(was, becomes), LIST)


def test_a_manifest_without_its_last_newline_is_refused():
    with pytest.raises(ValueError, match="malformed"):
        verify.read_files(EQUAL["manifest"][:-1], LIST)


def test_a_disqualified_ticket_that_is_not_listed_is_refused(tmp_path):
    unknown = EQUAL | {"disqualified": ["0" * 64]}
    status, lines, complaint = run(*files(tmp_path, unknown))

    assert (status, lines) == (1, [])
    assert "not in the list" in complaint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Check a draw"), (["manifest.txt"], "Check a draw"), (["--ticket", "a", "b"], "Check a draw"),
        (["no-such", "files", "here"], "No such file"),
    ],
)  # fmt: skip
def test_wrong_arguments_print_a_message(words, said):
    status, lines, complaint = run(*words)

    assert (status, lines) == (1, [])
    assert said in complaint
    assert "Traceback" not in complaint


def test_no_entries_leave_all_prizes_unawarded():
    manifest, listed = made([])

    assert len(list(verify.verified(manifest, listed, "1 2 3"))) == 3


def test_all_entries_win_if_there_are_fewer_than_prizes():
    manifest, listed = made([("a" * 64, 1)], prizes=3)

    assert list(verify.verified(manifest, listed, "1 2 3"))[3:] == [f"prize 1 {'a' * 64} 1"]


def test_all_entries_may_be_disqualified():
    vector = EQUAL | {"disqualified": [line[:64] for line in LIST.splitlines()]}

    assert {line.split()[0] for line in list(verify.verified(*all_of(vector)))[3:]} == {"disqualified"}


TICKETS = st.lists(st.integers(0, 2**256 - 1).map("{:064x}".format), unique=True, max_size=30)
ENTRIES = TICKETS.flatmap(
    lambda tickets: st.tuples(*(st.tuples(st.just(each), st.integers(1, 20)) for each in tickets)).map(list)
)
BALLS = st.lists(st.integers(0, 99), min_size=1, max_size=6)


@given(ENTRIES, BALLS, st.randoms(use_true_random=False))
def test_the_order_of_balls_and_of_entries_does_not_matter(entries, balls, chance):
    shuffled, balls_shuffled = chance.sample(entries, len(entries)), chance.sample(balls, len(balls))
    manifest, listed = made(entries)

    assert made(shuffled) == (manifest, listed)
    assert list(verify.verified(manifest, listed, " ".join(map(str, balls)))) == list(
        verify.verified(manifest, listed, ", ".join(f"{ball:03}" for ball in balls_shuffled))
    )


@given(ENTRIES.filter(len), BALLS, st.data())
def test_a_disqualification_moves_only_those_behind_it(entries, balls, data):
    manifest, listed = made(entries)
    out = data.draw(st.sets(st.sampled_from([ticket for ticket, _ in entries])))
    beacon = verify.beacon_of([("numbers", "")], [" ".join(map(str, balls))])
    ranking = verify.ranked(manifest, beacon, entries)[1]
    before, after = list(verify.placed(ranking, 2)), list(verify.placed(ranking, 2, out))

    ahead = next((number for number, line in enumerate(after) if line[0] == "disqualified"), len(after))
    assert before[:ahead] == after[:ahead]
    assert [line[1:] for line in before] == [line[1:] for line in after]
    kept = [ticket for _, ticket, _ in ranking if ticket not in out]
    assert kept == [ticket for place, ticket, _ in after if place != "disqualified"]


@given(st.data())
@effort(max_examples=300)
def test_any_changed_byte_is_caught(data):
    """With one changed byte in manifest or list, the files are refused or the seed is another."""
    which = data.draw(st.sampled_from(["manifest", "entries"]))
    text = EQUAL[which]
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters(codec="ascii").filter(lambda each: each != text[place]))
    forged = EQUAL | {which: text[:place] + sign + text[place + 1 :]}

    try:
        lines = list(verify.verified(*all_of(forged)))
    except ValueError:
        return
    assert which == "manifest"
    assert lines[0] != f"manifest {EQUAL['result']['manifest_sha256']}"
    assert lines[2] != f"seed {EQUAL['result']['seed']}"


@given(st.data())
def test_another_number_gives_another_draw(data):
    lines = list(EQUAL["beacon_lines"])
    which = data.draw(st.integers(0, len(lines) - 1))
    lines[which] = " ".join(map(str, data.draw(BALLS)))
    sources = verify.read_files(EQUAL["manifest"], EQUAL["entries"])[0]["beacon"]
    beacon = verify.beacon_of(sources, lines)
    seed = verify.ranked(EQUAL["manifest"], beacon, [])[0]

    assert (seed == EQUAL["result"]["seed"]) == (beacon == EQUAL["result"]["beacon"])


def odds_against(counts, weights):
    """Pearson's chi-square of the number of wins against the expectation by weight."""
    rounds, total = sum(counts.values()), sum(weights.values())
    expected = {ticket: rounds * weight / total for ticket, weight in weights.items()}
    return sum((counts[ticket] - share) ** 2 / share for ticket, share in expected.items())


def test_winners_are_distributed_by_weight():
    """Weights 1, 2, 3, 4 and 10 over 4,000 seeds. Chance exceeds a chi-square of 18.5 once in a thousand."""
    weights = {verify.sha(str(number)): weight for number, weight in enumerate((1, 2, 3, 4, 10))}
    manifest, _ = made(list(weights.items()))
    firsts = Counter(
        verify.ranked(manifest, f"{number}./", weights.items())[1][0][1] for number in range(4_000)
    )

    assert odds_against(firsts, weights) < 18.5
    assert odds_against(firsts, dict.fromkeys(weights, 1)) > 1_000  # negative control


@given(st.text())
def test_site_and_script_have_the_same_canonical_address(email):
    """The rule is written twice: the script imports nothing, and `fans` must not import a section."""
    assert email_addresses.canonical_email(email) == verify.canonical(email)
