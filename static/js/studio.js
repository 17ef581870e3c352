// One slide at a time: any key or a tap shows the next, the left arrow the one before.
// Without this file all slides stand one below the other.

const slides = [...document.querySelectorAll(".slide")];
let at = 0;
const show = (next) => {
  at = Math.min(Math.max(next, 0), slides.length - 1);
  slides.forEach((slide, place) => (slide.hidden = place !== at));
};
show(0);
addEventListener("keydown", ({ key }) => {
  if (["Tab", "Enter", "Shift"].includes(key)) return;
  show(key === "ArrowLeft" || key === "PageUp" ? at - 1 : at + 1);
});
addEventListener("click", ({ target }) => target.closest("a") || show(at + 1));
