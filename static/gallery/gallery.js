// Enhancements of pages that work without them: arrow keys and swipes between the pictures of an
// album, and a dialog over the album that shows each picture's own page, credit included.

const SWIPE = 60; // pixels

function onStep(element, step) {
  let from = null;
  element.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  element.addEventListener("touchend", (event) => {
    const way = from === null ? 0 : event.changedTouches[0].clientX - from;
    if (Math.abs(way) > SWIPE) step(way > 0 ? "prev" : "next");
  });
  element.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: "prev", ArrowRight: "next" };
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (plain && event.key in ways && !event.target.closest("input, textarea, select")) step(ways[event.key]);
  });
}

const page = document.querySelector(".picture-page");
if (page) onStep(document.documentElement, (way) => page.querySelector(`a[rel=${way}]`)?.click());

const links = [...document.querySelectorAll(".contact-sheet a[href]")];
if (links.length) {
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.setAttribute("aria-label", "Picture");
  dialog.innerHTML = '<div class="stage" aria-live="polite"></div><p class="steps"><button type="button" value="prev">Previous</button>'
    + '<span></span><button type="button" value="next">Next</button><button type="button" value="close">Close</button></p>';
  document.body.append(dialog);
  const stage = dialog.querySelector(".stage");
  let at = 0;

  async function show(number) {
    at = (number + links.length) % links.length;
    const link = links[at];
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.status);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("figure");
      if (link !== links[at]) return; // the reader has gone on meanwhile
      found.querySelector("figcaption").insertAdjacentHTML("beforeend", " <a>Its own page</a>");
      found.querySelector("figcaption a").href = link.href;
      stage.replaceChildren(document.adoptNode(found));
      dialog.querySelector(".steps span").textContent = `${at + 1} of ${links.length}`;
      if (!dialog.open) dialog.showModal();
    } catch {
      location.href = link.href;
    }
  }

  const step = (way) => show(at + (way === "next" ? 1 : -1));
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target === dialog || button?.value === "close") dialog.close();
    else if (button) step(button.value);
  });
  dialog.addEventListener("close", () => links[at].focus());
  onStep(dialog, step);
  links.forEach((link, number) => link.addEventListener("click", (event) => {
    if (event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(number);
  }));
}
