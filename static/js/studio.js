// Shows one slide at a time: any key or tap shows the next, the left arrow the previous one.
// Without this file all slides stand below one another.

const slides = [...document.querySelectorAll(".slide")];
let current = 0;
const show = (next) => {
  current = Math.min(Math.max(next, 0), slides.length - 1);
  slides.forEach((slide, index) => (slide.hidden = index !== current));
};
show(0);
addEventListener("keydown", ({ key }) => {
  if (["Tab", "Enter", "Shift"].includes(key)) return;
  show(key === "ArrowLeft" || key === "PageUp" ? current - 1 : current + 1);
});
addEventListener("click", ({ target }) => target.closest("a") || show(current + 1));
