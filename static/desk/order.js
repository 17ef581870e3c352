// Put the pictures of an album in order by dragging, or with two buttons. Without this file, their
// place numbers do it.

const sheet = document.querySelector(".captions");
const lines = () => [...sheet.querySelectorAll(".caption-line")];
const told = document.createElement("p");
told.className = "visually-hidden";
told.setAttribute("role", "status");

function number() {
  lines().forEach((line, place) => {
    line.querySelector("[name$=-order]").value = (place + 1) * 10;
    line.querySelector("[value=earlier]").disabled = place === 0;
    line.querySelector("[value=later]").disabled = place === lines().length - 1;
  });
}

function move(line, other, after) {
  if (!other || other === line) return;
  other[after ? "after" : "before"](line);
  number();
  told.textContent = `Now number ${lines().indexOf(line) + 1} of ${lines().length}.`;
}

function start(line) {
  const steps = document.createElement("p");
  steps.className = "steps";
  steps.innerHTML = '<button type="button" value="earlier">Earlier</button> <button type="button" value="later">Later</button>';
  line.querySelector(".hold").append(steps);
  steps.addEventListener("click", (event) => {
    const way = event.target.value;
    if (!way) return;
    move(line, way === "earlier" ? line.previousElementSibling : line.nextElementSibling, way === "later");
    const button = steps.querySelector(`[value=${way}]`);
    (button.disabled ? steps.querySelector("button:not(:disabled)") : button)?.focus();
  });
  const picture = line.querySelector("img");
  picture.draggable = true;
  picture.addEventListener("dragstart", (event) => {
    line.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(picture, 40, 40);
  });
  picture.addEventListener("dragend", () => line.classList.remove("held"));
  line.addEventListener("dragover", (event) => {
    const held = sheet.querySelector(".held");
    if (!held) return;
    event.preventDefault();
    const box = line.getBoundingClientRect();
    move(held, line, event.clientY > box.top + box.height / 2);
  });
  line.addEventListener("drop", (event) => event.preventDefault());
}

if (sheet && lines().length > 1) {
  sheet.append(told);
  lines().forEach(start);
  number();
}
