// Select words in an answer to make them its pull quote: the script fills in the two word numbers.
const STAGE_DIRECTION = /\[[a-z][^[\]<>]{1,60}\]|\((?:he |she |they )?(?:laugh|sigh|pause|smile|shrug|applau)[a-z]*\.?\)/gi;

function countWords(text) {
  // Stage directions are not part of a quote, so they are not counted; see Turn.quotable_text.
  return text.replace(STAGE_DIRECTION, " ").split(/\s+/).filter(Boolean).length;
}

function addPullQuoteButton(turn) {
  const firstWordField = turn.querySelector("[name$=-pull_from]");
  const lastWordField = turn.querySelector("[name$=-pull_to]");
  if (!firstWordField || !lastWordField) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Marked words become the pull quote";
  button.addEventListener("click", () => {
    const editor = turn.querySelector(".tiptap");
    const selection = document.getSelection();
    if (!editor || selection.isCollapsed || !editor.contains(selection.anchorNode)) return;
    const markedRange = selection.getRangeAt(0);
    const precedingRange = document.createRange();
    precedingRange.selectNodeContents(editor);
    precedingRange.setEnd(markedRange.startContainer, markedRange.startOffset);
    const wordsBefore = countWords(precedingRange.toString());
    firstWordField.value = wordsBefore + 1;
    lastWordField.value = wordsBefore + countWords(markedRange.toString());
  });
  lastWordField.after(button);
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".inline-related").forEach(addPullQuoteButton);
  document.addEventListener("formset:added", (event) => addPullQuoteButton(event.target));
});
