// One button that copies what a player shares. Without this file the text can be selected.

for (const text of document.querySelectorAll("textarea.share")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet";
  button.textContent = "Copy";
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  text.after(button, told);
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = " Copied.";
    } catch {
      told.textContent = " It is selected: copy it from here.";
    }
  });
}
