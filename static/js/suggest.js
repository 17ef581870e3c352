// Titles and names while typing, in the search box or as a guess: a plain datalist, filled from what the site knows.

const field = document.querySelector("input[type=search][name=q], input[data-suggest]");
const source = field?.dataset.suggest === "films" ? "/trivia/daily/titles/" : "/search/suggest/";
if (field) {
  const list = document.createElement("datalist");
  list.id = "suggestions";
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  let asked = "";

  async function suggest() {
    const words = field.value.trim();
    if (words.length < 2 || words === asked) return;
    asked = words;
    const answer = await fetch(`${source}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || words !== field.value.trim()) return;
    const [, titles] = await answer.json();
    list.replaceChildren(...titles.map((title) => new Option(title, title)));
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 150);
  });
}
