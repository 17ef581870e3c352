// Optional enhancements of albums: arrow keys and swipes go from picture to picture, and a dialog shows the
// picture of a picture's page, with its credit.

const SWIPE_DISTANCE = 60; // pixels

function listenForSteps(element, step) {
  let startX = null;
  element.addEventListener("touchstart", (event) => {
    startX = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  element.addEventListener("touchend", (event) => {
    const distance = startX === null ? 0 : event.changedTouches[0].clientX - startX;
    if (Math.abs(distance) > SWIPE_DISTANCE) step(distance > 0 ? "prev" : "next");
  });
  element.addEventListener("keydown", (event) => {
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
  dialog.innerHTML = '<div class="stage" aria-live="polite"></div><p class="steps"><button type="button" value="prev">Previous</button>'
    + '<span></span><button type="button" value="next">Next</button><button type="button" value="close">Close</button></p>';
  document.body.append(dialog);
  const stage = dialog.querySelector(".stage");
  let current = 0;

  async function show(index) {
    current = (index + links.length) % links.length;
    const link = links[current];
    try {
      const response = await fetch(link.href);
      if (!response.ok) throw new Error(response.status);
      const figure = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("figure");
      if (link !== links[current]) return; // the reader has moved to another picture
      figure.querySelector("figcaption").insertAdjacentHTML("beforeend", " <a>Its own page</a>");
      figure.querySelector("figcaption a").href = link.href;
      stage.replaceChildren(document.adoptNode(figure));
      dialog.querySelector(".steps span").textContent = `${current + 1} of ${links.length}`;
      if (!dialog.open) dialog.showModal();
    } catch {
      location.href = link.href;
    }
  }

  const step = (direction) => show(current + (direction === "next" ? 1 : -1));
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target === dialog || button?.value === "close") dialog.close();
    else if (button) step(button.value);
  });
  dialog.addEventListener("close", () => links[current].focus());
  listenForSteps(dialog, step);
  links.forEach((link, index) => link.addEventListener("click", (event) => {
    if (event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(index);
  }));
}
