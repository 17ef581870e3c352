// Suggests titles and names while a reader types in the search box or a guess. Fills a <datalist>.

const field = document.querySelector("input[type=search][name=q], input[data-suggest]");
const source = field?.dataset.suggest === "films" ? "/trivia/daily/titles/" : "/search/suggest/";
if (field) {
  const list = document.createElement("datalist");
  list.id = "suggestions";
  field.after(list);
  field.setAttribute("list", list.id);
  let timer = 0;
  let lastQuery = "";

  async function suggest() {
    const query = field.value.trim();
    if (query.length < 2 || query === lastQuery) return;
    lastQuery = query;
    const response = await fetch(`${source}?q=${encodeURIComponent(query)}`).catch(() => null);
    if (!response?.ok || query !== field.value.trim()) return;
    const [, titles] = await response.json();
    list.replaceChildren(...titles.map((title) => new Option(title, title)));
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 150);
  });
}
