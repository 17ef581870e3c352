// Shows similar requests while a new one is typed, so that readers vote for one instead of sending it again.

const field = document.querySelector("input[data-suggest=requests]");
const container = document.querySelector("#similar");
let timer = 0;
let lastQuery = "";

async function showSimilar() {
  const query = field.value.trim();
  if (query.length < 3 || query === lastQuery) return;
  lastQuery = query;
  const response = await fetch(`/reel-requests/similar/?q=${encodeURIComponent(query)}`).catch(() => null);
  if (!response?.ok || query !== field.value.trim()) return;
  const { similar } = await response.json();
  if (!similar.length) {
    container.replaceChildren();
    return;
  }
  const heading = document.createElement("p");
  heading.textContent = "Asked for already. Is it one of these?";
  const list = document.createElement("ul");
  for (const [title, url, voteCount] of similar) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link, ` (${voteCount} want${voteCount === 1 ? "s" : ""} it)`);
    list.append(item);
  }
  container.replaceChildren(heading, list);
}

field?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(showSimilar, 200);
});
