// One button that copies what a player shares. Without this file the text can be selected.

for (const text of document.querySelectorAll("textarea.share")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet";
  button.textContent = "Copy";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  text.after(button, status);
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = " Copied.";
    } catch {
      status.textContent = " It is selected: copy it from here.";
    }
  });
}
