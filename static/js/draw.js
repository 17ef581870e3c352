// The draw CLIPS-DRAW-1, repeated in the reader's browser. Written from the definition, independently of the
// other implementation, contest/verify.py.

const SCHEME = "cinemaclips-draw-1";
const FIELDS = ["draw", "rules-sha256", "opened", "closed", "frozen", "entries", "weight", "max-weight", "prizes", "entries-sha256"];
const must = (holds, why) => {
  if (!holds) throw new Error(why);
};

export const sha = async (text) => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

export const canonical = (email) => email.normalize("NFC").trim().toLowerCase();

export const ticketOf = (draw, salt, email) => sha(`${SCHEME} ticket\n${draw}\n${salt}\n${canonical(email)}\n`);

export const readManifest = (text) => {
  const lines = text.split("\n");
  must(lines[0] === SCHEME && lines.at(-1) === "", "The manifest does not begin or end as it must.");
  const fields = {};
  FIELDS.forEach((name, place) => {
    const line = lines[place + 1] ?? "";
    must(line.startsWith(`${name}: `), `The manifest lacks ${name}.`);
    fields[name] = line.slice(name.length + 2);
  });
  fields.sources = lines.slice(FIELDS.length + 1, -1).map((line) => {
    const found = line.match(/^beacon: (numbers|digits|hex) ([^\r]+)$/);
    must(found, "A beacon line of the manifest is malformed.");
    return [found[1], found[2]];
  });
  must(fields.sources.length, "The manifest names no beacon.");
  return fields;
};

export const readEntries = async (text, fields) => {
  must((await sha(text)) === fields["entries-sha256"], "The entries are not those of the manifest.");
  must(text === "" || text.endsWith("\n"), "The entries have no last newline.");
  let before = "", total = 0;
  const entries = text.split("\n").slice(0, -1).map((line) => {
    const found = line.match(/^([0-9a-f]{64}) ([1-9][0-9]{0,3})$/);
    must(found && found[1] > before, "A line of the entries is malformed or out of order.");
    before = found[1];
    total += Number(found[2]);
    must(Number(found[2]) <= Number(fields["max-weight"]), "A weight is above the maximum.");
    return [found[1], Number(found[2])];
  });
  must(String(entries.length) === fields.entries && String(total) === fields.weight, "The counts do not fit.");
  return entries;
};

export const beaconOf = (sources, lines) => {
  must(sources.length === lines.length, "The beacon has too many or too few lines.");
  return sources.map(([kind], place) => {
    const typed = lines[place].trim().replace(/^[\s,]+|[\s,]+$/g, "");
    if (kind === "hex") {
      must(/^[0-9a-fA-F]{32,128}$/.test(typed), "A line of the beacon is no hex.");
      return `${typed.toLowerCase()}/`;
    }
    const parts = typed.split(/[\s,]+/);
    must(parts.every((part) => /^[0-9]+$/.test(part)), "A line of the beacon has no whole numbers.");
    const numbers = parts.map(BigInt);
    if (kind === "numbers") numbers.sort((one, two) => (one < two ? -1 : one > two ? 1 : 0));
    return `${numbers.map((number) => `${number}.`).join("")}/`;
  }).join("");
};

// Yields [tickets ranked, tickets in all] as progress; returns {manifest, beacon, seed, lines}.
export async function* verify(manifest, entriesText, beaconText, outText = "") {
  const fields = readManifest(manifest);
  const entries = await readEntries(entriesText, fields);
  const beacon = beaconOf(fields.sources, beaconText.split("\n").slice(0, beaconText.endsWith("\n") ? -1 : undefined));
  const fingerprint = await sha(manifest);
  const seed = await sha(`${SCHEME} seed\n${fingerprint}\n${beacon}\n`);
  const scored = [];
  for (const [ticket, weight] of entries) {
    const scores = [];
    for (let j = 1; j <= weight; j++) scores.push(await sha(`${SCHEME} score\n${seed}\n${ticket}\n${j}\n`));
    scored.push([scores.sort()[0], ticket, weight]);
    if (scored.length % 500 === 0) yield [scored.length, entries.length];
  }
  scored.sort((one, two) => (one[0] + one[1] < two[0] + two[1] ? -1 : 1));
  const out = new Set(outText.split("\n").filter((line) => line.trim()).map((line) => line.split(" ")[0]));
  const listed = new Set(entries.map(([ticket]) => ticket));
  must([...out].every((ticket) => listed.has(ticket)), "A disqualified ticket is not in the list.");
  let number = 0;
  const lines = scored.map(([, ticket, weight]) => {
    if (out.has(ticket)) return `disqualified ${ticket} ${weight}`;
    number++;
    const prizes = Number(fields.prizes);
    return `${number <= prizes ? `prize ${number}` : `alternate ${number - prizes}`} ${ticket} ${weight}`;
  });
  return { manifest: fingerprint, beacon, seed, lines };
}
