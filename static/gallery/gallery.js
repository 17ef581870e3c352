// Optional enhancements of albums: arrow keys and swipes go from picture to picture, and a dialog shows the
// picture of a picture's page, with its credit.

const SWIPE_DISTANCE = 60; // pixels

const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);
const button = (value, textContent) => element("button", { type: "button", value, textContent });

// XMLHttpRequest gives a document, of which no script runs. DOMParser is refused by our Trusted Types policy.
function loadPage(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject(request.status));
    request.onerror = request.onabort = reject;
    request.send();
  });
}

function listenForSteps(target, step) {
  let startX = null;
  target.addEventListener("touchstart", (event) => {
    startX = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  target.addEventListener("touchend", (event) => {
    const distance = startX === null ? 0 : event.changedTouches[0].clientX - startX;
    if (Math.abs(distance) > SWIPE_DISTANCE) step(distance > 0 ? "prev" : "next");
  });
  target.addEventListener("keydown", (event) => {
    const directions = { ArrowLeft: "prev", ArrowRight: "next" };
    const isUnmodified = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (isUnmodified && event.key in directions && !event.target.closest("input, textarea, select")) step(directions[event.key]);
  });
}

const page = document.querySelector(".picture-page");
if (page) listenForSteps(document.documentElement, (direction) => page.querySelector(`a[rel=${direction}]`)?.click());

const links = [...document.querySelectorAll(".contact-sheet a[href]")];
if (links.length) {
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.setAttribute("aria-label", "Picture");
  const stage = element("div", { className: "stage", ariaLive: "polite" });
  const place = element("span");
  const steps = element("p", { className: "steps" });
  steps.append(button("prev", "Previous"), place, button("next", "Next"), button("close", "Close"));
  dialog.append(stage, steps);
  document.body.append(dialog);
  let current = 0;

  async function show(index) {
    current = (index + links.length) % links.length;
    const link = links[current];
    try {
      const figure = (await loadPage(link.href)).querySelector("figure");
      if (link !== links[current]) return; // the reader has moved to another picture
      figure.querySelector("figcaption").append(" ", element("a", { href: link.href, textContent: "Its own page" }));
      stage.replaceChildren(document.adoptNode(figure));
      place.textContent = `${current + 1} of ${links.length}`;
      if (!dialog.open) dialog.showModal();
    } catch {
      location.href = link.href;
    }
  }

  const step = (direction) => show(current + (direction === "next" ? 1 : -1));
  dialog.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (event.target === dialog || pressed?.value === "close") dialog.close();
    else if (pressed) step(pressed.value);
  });
  dialog.addEventListener("close", () => links[current].focus());
  listenForSteps(dialog, step);
  links.forEach((link, index) => link.addEventListener("click", (event) => {
    if (event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(index);
  }));
}
