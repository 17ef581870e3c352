// On the proof page: repeats the whole draw in the browser, from the files that the page links to.

import { verify } from "./draw.js";

const verifier = document.querySelector("#verifier");
if (verifier && crypto.subtle) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Check it in this browser" });
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  verifier.append(button, status);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const names = ["manifest.txt", "entries.txt", "beacon.txt", "disqualified.txt"];
      const links = [...document.querySelectorAll("#files a")];
      const files = names.map((name) => fetch(links.find((link) => link.textContent === name).href).then((answer) => answer.text()));
      const steps = verify(...(await Promise.all(files)));
      let step = await steps.next();
      while (!step.done) {
        status.textContent = `${step.value[0]} of ${step.value[1]} tickets …`;
        step = await steps.next();
      }
      const { seed, lines } = step.value;
      const shown = [...document.querySelectorAll("#order + table th code")].map((code) => code.textContent);
      const prizes = lines.filter((line) => line.startsWith("prize ")).map((line) => line.split(" ")[2]);
      if (seed !== verifier.dataset.seed || shown.join() !== prizes.join()) throw new Error("The page shows another order than the files give.");
      status.textContent = `It adds up: ${lines.length} tickets ranked anew in this browser, and the winners are the same.`;
    } catch (error) {
      status.textContent = `It does not add up. ${error.message}`;
    }
    button.disabled = false;
  });
}
