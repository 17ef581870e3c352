"""Check a draw of cinemaCLIPS from its published files, with Python's standard library alone:
python verify.py manifest.txt entries.txt beacon.txt [disqualified.txt]
python verify.py --ticket DRAW SALT EMAIL      prints the ticket that a receipt must show
"""

import hashlib
import re
import sys
from unicodedata import normalize

SCHEME = "cinemaclips-draw-1"
HEX, TIME, COUNT = "[0-9a-f]{64}", "[0-9T:-]{19}Z", "0|[1-9][0-9]{0,8}"
FIELDS = {"draw": r"\S+", "rules-sha256": HEX, "opened": TIME, "closed": TIME, "frozen": TIME}
FIELDS |= {"entries": COUNT, "weight": COUNT, "max-weight": COUNT, "prizes": COUNT, "entries-sha256": HEX}
SOURCE = "beacon: (numbers|digits|hex) ([^\r\n]+)\n"


def must(holds: object, why: str) -> None:
    if not holds:
        raise ValueError(why)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(email: str) -> str:
    return normalize("NFC", email).strip().lower()


def ticket_of(draw: str, salt: str, email: str) -> str:
    return sha(f"{SCHEME} ticket\n{draw}\n{salt}\n{canonical(email)}\n")


def read_files(manifest_text: str, entries_text: str) -> tuple[dict, list[tuple[str, int]]]:
    """The manifest's fields by name, and (ticket, weight) of every entry."""
    head = "".join(f"{name}: ({form})\n" for name, form in FIELDS.items())
    found = re.findall(f"\\A{SCHEME}\n{head}({SOURCE})+\\Z", manifest_text)
    must(found, "The manifest is malformed.")
    fields: dict = {name: int(x) if FIELDS[name] == COUNT else x for name, x in zip(FIELDS, found[0])}  # noqa: B905
    must(sha(entries_text) == fields["entries-sha256"], "The entries are not those of the manifest.")
    must(re.fullmatch(f"({HEX} [1-9][0-9]{{0,3}}\n)*", entries_text), "A line of the entries is malformed.")
    entries = [(line[:64], int(line[65:])) for line in entries_text.splitlines()]
    weights = [weight for _, weight in entries]
    must(entries == sorted(dict(entries).items()), "Tickets are out of order, or one is there twice.")
    must([len(entries), sum(weights)] == [fields["entries"], fields["weight"]], "The counts are wrong.")
    must(all(weight <= fields["max-weight"] for weight in weights), "A weight is above the maximum.")
    return fields | {"beacon": re.findall(SOURCE, manifest_text)}, entries


def beacon_of(sources: list[tuple[str, str]], lines: list[str]) -> str:
    """The digits typed in `lines` for `sources`, in canonical form, such as `9.18.26./fe29…dd/`."""
    must(len(sources) == len(lines), f"The beacon has {len(lines)} lines, not {len(sources)}.")
    spelled, tidy = "", [line.lower().strip(" ,\t\r\n") for line in lines]
    for (kind, _), typed in zip(sources, tidy):  # noqa: B905
        form = "[0-9a-f]{32,128}" if kind == "hex" else r"[0-9]+([\s,]+[0-9]+)*"
        must(re.fullmatch(form, typed), f"A source of {kind} gives no {typed!r}.")
        numbers = [] if kind == "hex" else [int(x) for x in re.split(r"[\s,]+", typed)]
        numbers = sorted(numbers) if kind == "numbers" else numbers
        spelled += ("".join(f"{number}." for number in numbers) or typed) + "/"
    return spelled


def ranked(manifest_text: str, beacon: str, entries: list[tuple[str, int]]) -> tuple[str, list]:
    """The seed, and (score, ticket, weight) of every entry, best first."""
    seed = sha(f"{SCHEME} seed\n{sha(manifest_text)}\n{beacon}\n")
    head = f"{SCHEME} score\n{seed}\n"
    return seed, sorted((min(sha(f"{head}{t}\n{j + 1}\n") for j in range(w)), t, w) for t, w in entries)


def placed(ranking: list, prizes: int, out: frozenset = frozenset()) -> list[tuple[str, str, int]]:
    """(place, ticket, weight) of every entry in ranking order; tickets in `out` are disqualified."""
    must({ticket for _, ticket, _ in ranking}.issuperset(out), "A disqualified ticket is not in the list.")
    number, places = 0, []
    for _, ticket, weight in ranking:
        number += ticket not in out
        place = f"prize {number}" if number <= prizes else f"alternate {number - prizes}"
        places.append(("disqualified" if ticket in out else place, ticket, weight))
    return places


def verified(manifest_text: str, entries_text: str, beacon_text: str, out_text: str = "") -> list[str]:
    """The lines to print; a `ValueError` says what is wrong."""
    fields, entries = read_files(manifest_text, entries_text)
    beacon = beacon_of(fields["beacon"], beacon_text.splitlines())
    seed, ranking = ranked(manifest_text, beacon, entries)
    out = frozenset(line.split()[0] for line in out_text.splitlines() if line.strip())
    lines = [" ".join(map(str, line)) for line in placed(ranking, fields["prizes"], out)]
    return [f"manifest {sha(manifest_text)}", f"beacon {beacon}", f"seed {seed}", *lines]


if __name__ == "__main__":
    try:
        words, asked = sys.argv[1:], "--ticket" in sys.argv
        must(len(words) in (3 + asked, 4), str(__doc__))
        read = [] if asked else [open(name, "rb").read().decode() for name in words]  # noqa: SIM115
        sys.stdout.write("\n".join([*([ticket_of(*words[1:])] if asked else verified(*read)), ""]))
    except (ValueError, OSError) as error:
        sys.exit(str(error))
