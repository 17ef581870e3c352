// One scene at a time: any key or a tap shows the next, the left arrow the one before.
// Without this file all scenes stand one below the other.

const scenes = [...document.querySelectorAll(".scene")];
let at = 0;
const show = (next) => {
  at = Math.min(Math.max(next, 0), scenes.length - 1);
  scenes.forEach((scene, place) => (scene.hidden = place !== at));
};
show(0);
addEventListener("keydown", ({ key }) => {
  if (["Tab", "Enter", "Shift"].includes(key)) return;
  show(key === "ArrowLeft" || key === "PageUp" ? at - 1 : at + 1);
});
addEventListener("click", ({ target }) => target.closest("a") || show(at + 1));
