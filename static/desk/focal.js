// A click on the picture sets its focal point, and all crops are drawn anew. Without this file the two
// number fields set it.
function box(width, height, ratio, x, y) {
  const w = Math.min(width, height * ratio);
  const h = w / ratio;
  const left = Math.min(Math.max((width * x) / 100 - w / 2, 0), width - w);
  const top = Math.min(Math.max((height * y) / 100 - h / 2, 0), height - h);
  return [left, top, w, h];
}

function start(picker) {
  const x = document.getElementById("id_focal_x");
  const y = document.getElementById("id_focal_y");
  const image = picker.querySelector("img");
  const whole = document.createElement("span");
  whole.className = "whole";
  const point = document.createElement("span");
  point.className = "point";
  image.replaceWith(whole);
  whole.append(image, point);
  const crops = picker.dataset.crops.split(" ").map((entry) => {
    const [name, ratio] = entry.split(":");
    const figure = document.createElement("figure");
    const canvas = document.createElement("canvas");
    canvas.height = 220;
    canvas.width = Math.round(220 * ratio);
    const caption = document.createElement("figcaption");
    caption.textContent = name;
    figure.append(canvas, caption);
    picker.append(figure);
    return [canvas, Number(ratio)];
  });
  function draw() {
    point.style.left = `${x.value}%`;
    point.style.top = `${y.value}%`;
    for (const [canvas, ratio] of crops) {
      const part = box(image.naturalWidth, image.naturalHeight, ratio, Number(x.value), Number(y.value));
      canvas.getContext("2d").drawImage(image, ...part, 0, 0, canvas.width, canvas.height);
    }
  }
  whole.addEventListener("click", (event) => {
    const frame = image.getBoundingClientRect();
    x.value = Math.round(((event.clientX - frame.left) / frame.width) * 100);
    y.value = Math.round(((event.clientY - frame.top) / frame.height) * 100);
    draw();
  });
  for (const field of [x, y]) field.addEventListener("input", draw);
  if (image.complete) draw();
  else image.addEventListener("load", draw);
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".focal-picker").forEach(start));
