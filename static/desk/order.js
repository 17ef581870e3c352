// Reorders the pictures of an album by dragging or with two buttons. Without this file the number fields
// set the order.

const sheet = document.querySelector(".captions");
const lines = () => [...sheet.querySelectorAll(".caption-line")];
const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");

function renumber() {
  lines().forEach((line, index) => {
    line.querySelector("[name$=-order]").value = (index + 1) * 10;
    line.querySelector("[value=earlier]").disabled = index === 0;
    line.querySelector("[value=later]").disabled = index === lines().length - 1;
  });
}

function move(line, other, after) {
  if (!other || other === line) return;
  other[after ? "after" : "before"](line);
  renumber();
  status.textContent = `Now number ${lines().indexOf(line) + 1} of ${lines().length}.`;
}

function button(value, label) {
  return Object.assign(document.createElement("button"), { type: "button", value, textContent: label });
}

function makeMovable(line) {
  const steps = document.createElement("p");
  steps.className = "steps";
  steps.append(button("earlier", "Earlier"), " ", button("later", "Later"));
  line.querySelector(".drag-handle").append(steps);
  steps.addEventListener("click", (event) => {
    const direction = event.target.value;
    if (!direction) return;
    move(line, direction === "earlier" ? line.previousElementSibling : line.nextElementSibling, direction === "later");
    const button = steps.querySelector(`[value=${direction}]`);
    (button.disabled ? steps.querySelector("button:not(:disabled)") : button)?.focus();
  });
  const picture = line.querySelector("img");
  picture.draggable = true;
  picture.addEventListener("dragstart", (event) => {
    line.classList.add("dragging");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(picture, 40, 40);
  });
  picture.addEventListener("dragend", () => line.classList.remove("dragging"));
  line.addEventListener("dragover", (event) => {
    const dragged = sheet.querySelector(".dragging");
    if (!dragged) return;
    event.preventDefault();
    const box = line.getBoundingClientRect();
    move(dragged, line, event.clientY > box.top + box.height / 2);
  });
  line.addEventListener("drop", (event) => event.preventDefault());
}

if (sheet && lines().length > 1) {
  sheet.append(status);
  lines().forEach(makeMovable);
  renumber();
}
