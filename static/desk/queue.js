// Keyboard control of a change list: j and k move down and up, x selects a row, and a letter runs the action
// that it stands for. Without this script, the checkboxes and the action menu do the same.

const KEYS = { s: "show", d: "mark_spam", p: "plan", i: "produce", u: "merge", t: "assign_to_me", a: "accept" };

function begin() {
  const form = document.querySelector("#changelist-form");
  const choice = form?.querySelector("select[name=action]");
  const rows = [...(form?.querySelectorAll("#result_list tbody tr") ?? [])];
  if (!choice || !rows.length) return;
  const optionsByName = [...choice.options].map((option) => [option.value.replace("_guess", ""), option]);
  const actions = new Map(optionsByName);
  let current = -1;

  function go(index) {
    rows[current]?.classList.remove("current-row");
    current = Math.max(0, Math.min(rows.length - 1, index));
    rows[current].classList.add("current-row");
    rows[current].querySelector("th a")?.focus();
  }

  function decide(option) {
    const boxes = rows.map((row) => row.querySelector(".action-select"));
    if (!boxes.some((box) => box.checked) && current >= 0) boxes[current].checked = true;
    choice.value = option.value;
    form.requestSubmit(form.querySelector("button[name=index]"));
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(current + 1);
    else if (event.key === "k") go(current - 1);
    else if (event.key === "x" && current >= 0) rows[current].querySelector(".action-select").click();
    else if (actions.has(KEYS[event.key])) decide(actions.get(KEYS[event.key]));
    else return;
    event.preventDefault();
  });
  const help = document.createElement("p");
  help.className = "help keys";
  const available = Object.entries(KEYS).filter(([, name]) => actions.has(name));
  const letters = available.map(([key, name]) => `${key}: ${actions.get(name).textContent}`).join(", ");
  help.textContent = `Keys: j and k go down and up, x chooses; ${letters}.`;
  form.before(help);
}

document.addEventListener("DOMContentLoaded", begin);
