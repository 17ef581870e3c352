// A queue worked through by keyboard: j and k go down and up, x chooses, and a letter takes the decision it
// stands for. Without this file the boxes and the list of actions do it.

const KEYS = { s: "show", d: "mark_spam", p: "plan", i: "produce", u: "merge", t: "assign_to_me", a: "accept" };

function begin() {
  const form = document.querySelector("#changelist-form");
  const choice = form?.querySelector("select[name=action]");
  const rows = [...(form?.querySelectorAll("#result_list tbody tr") ?? [])];
  if (!choice || !rows.length) return;
  const named = [...choice.options].map((option) => [option.value.replace("_guess", ""), option]);
  const actions = new Map(named);
  let at = -1;

  function go(to) {
    rows[at]?.classList.remove("at");
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].classList.add("at");
    rows[at].querySelector("th a")?.focus();
  }

  function decide(option) {
    const boxes = rows.map((row) => row.querySelector(".action-select"));
    if (!boxes.some((box) => box.checked) && at >= 0) boxes[at].checked = true;
    choice.value = option.value;
    form.requestSubmit(form.querySelector("button[name=index]"));
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "x" && at >= 0) rows[at].querySelector(".action-select").click();
    else if (actions.has(KEYS[event.key])) decide(actions.get(KEYS[event.key]));
    else return;
    event.preventDefault();
  });
  const told = document.createElement("p");
  told.className = "help keys";
  const said = Object.entries(KEYS).filter(([, name]) => actions.has(name));
  const letters = said.map(([key, name]) => `${key}: ${actions.get(name).textContent}`).join(", ");
  told.textContent = `Keys: j and k go down and up, x chooses; ${letters}.`;
  form.before(told);
}

document.addEventListener("DOMContentLoaded", begin);
