// What others have asked for already, while a request is typed: before it is sent, and without sending anything.

const field = document.querySelector("input[data-suggest=requests]");
const place = document.querySelector("#similar");
let waiting = 0;
let asked = "";

async function look() {
  const words = field.value.trim();
  if (words.length < 3 || words === asked) return;
  asked = words;
  const answer = await fetch(`/reel-requests/similar/?q=${encodeURIComponent(words)}`).catch(() => null);
  if (!answer?.ok || words !== field.value.trim()) return;
  const { similar } = await answer.json();
  if (!similar.length) {
    place.replaceChildren();
    return;
  }
  const said = document.createElement("p");
  said.textContent = "Asked for already. Is it one of these?";
  const list = document.createElement("ul");
  for (const [title, address, voices] of similar) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const line = document.createElement("li");
    line.append(link, ` (${voices} want${voices === 1 ? "s" : ""} it)`);
    list.append(line);
  }
  place.replaceChildren(said, list);
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
});
