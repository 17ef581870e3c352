// Mark words in an answer and make them its pull quote: the two numbers are counted for you.
const ASIDE = /\[[a-z][^[\]<>]{1,60}\]|\((?:he |she |they )?(?:laugh|sigh|pause|smile|shrug|applau)[a-z]*\.?\)/gi;

function words(text) {
  // Stage directions are not part of a quote, so they are not counted; see Turn.words.
  return text.replace(ASIDE, " ").split(/\s+/).filter(Boolean).length;
}

function offer(turn) {
  const from = turn.querySelector("[name$=-pull_from]");
  const to = turn.querySelector("[name$=-pull_to]");
  if (!from || !to) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Marked words become the pull quote";
  button.addEventListener("click", () => {
    const editor = turn.querySelector(".tiptap");
    const selection = document.getSelection();
    if (!editor || selection.isCollapsed || !editor.contains(selection.anchorNode)) return;
    const chosen = selection.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(editor);
    before.setEnd(chosen.startContainer, chosen.startOffset);
    const skipped = words(before.toString());
    from.value = skipped + 1;
    to.value = skipped + words(chosen.toString());
  });
  to.after(button);
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".inline-related").forEach(offer);
  document.addEventListener("formset:added", (event) => offer(event.target));
});
