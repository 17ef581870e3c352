// A button that copies a player's result. Without this file the text can be selected and copied.

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
