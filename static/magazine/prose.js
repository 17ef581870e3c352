// Extensions of the rich-text editor: spoiler, picture from the library, film card, cleaning of pasted text.
import { Extension, Node, Plugin } from "django-prose-editor/editor";

// The admin's autocomplete view; a review has the fields for both a photo and a film.
const SEARCH = "/desk/autocomplete/?app_label=reviews&model_name=review&field_name=";

async function find(field, term) {
  const answer = await fetch(`${SEARCH}${field}&term=${encodeURIComponent(term)}`);
  return answer.ok ? (await answer.json()).results : [];
}

// Opens a dialog to search for an object. Resolves with the chosen result, or null.
function choose(title, field) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "desk-finder";
    const label = document.createElement("label");
    label.textContent = title;
    const box = document.createElement("input");
    box.type = "search";
    const list = document.createElement("ul");
    label.append(box);
    dialog.append(label, list);
    let chosen = null;
    let lastRequest = 0;
    async function showResults() {
      const request = ++lastRequest;
      const results = await find(field, box.value);
      if (request !== lastRequest) return; // there is a newer request
      list.replaceChildren(
        ...results.map((result) => {
          const item = document.createElement("li");
          const button = document.createElement("button");
          button.type = "button";
          const image = document.createElement("img");
          image.src = result.thumbnail || "";
          image.alt = "";
          button.append(image, result.text);
          button.addEventListener("click", () => {
            chosen = result;
            dialog.close();
          });
          item.append(button);
          return item;
        }),
      );
    }
    box.addEventListener("input", showResults);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
    showResults();
  });
}

const SpoilerSummary = Node.create({
  name: "spoilerSummary",
  content: "text*",
  marks: "",
  defining: true,
  parseHTML: () => [{ tag: "summary" }],
  renderHTML: () => ["summary", { class: "spoiler-summary" }, 0],
});

export const Spoiler = Node.create({
  name: "spoiler",
  group: "block",
  content: "spoilerSummary block+",
  defining: true,
  parseHTML: () => [{ tag: "details" }],
  renderHTML: () => ["details", 0],
  addExtensions: () => [SpoilerSummary],
  addNodeView: () => () => {
    // A <div> in the editor, because a closed <details> would hide the text that is being edited.
    const dom = document.createElement("div");
    dom.className = "spoiler-block";
    return { dom, contentDOM: dom };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "spoiler",
      groups: "nodes",
      button: buttons.text("Spoiler"),
      command(editor) {
        const { from, to } = editor.state.selection;
        const text = editor.state.doc.textBetween(from, to, "\n").split("\n");
        editor
          .chain()
          .focus()
          .insertContent({
            type: "spoiler",
            content: [
              { type: "spoilerSummary", content: [{ type: "text", text: "what it gives away" }] },
              ...text.map((line) => ({ type: "paragraph", content: line ? [{ type: "text", text: line }] : [] })),
            ],
          })
          .run();
      },
      active: (editor) => editor.isActive("spoiler"),
    });
  },
});

export const LibraryPhoto = Node.create({
  name: "libraryPhoto",
  group: "block",
  atom: true,
  addAttributes: () => ({
    photo: {
      default: null,
      parseHTML: (element) => element.dataset.photo,
      renderHTML: ({ photo }) => ({ "data-photo": photo }),
    },
  }),
  parseHTML: () => [{ tag: "figure[data-photo]" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes],
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("div");
    dom.className = "library-photo";
    dom.textContent = `Picture ${node.attrs.photo} from the library, with its caption and credit`;
    return { dom };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "libraryPhoto",
      groups: "nodes",
      button: buttons.text("Photo"),
      async command(editor) {
        const photo = await choose("A picture from the library", "lead_photo");
        if (photo) editor.chain().focus().insertContentAt(editor.state.selection.to, { type: "libraryPhoto", attrs: { photo: photo.id } }).run();
      },
      active: (editor) => editor.isActive("libraryPhoto"),
    });
  },
});

export const FilmCard = Node.create({
  name: "filmCard",
  group: "block",
  atom: true,
  addAttributes: () => ({
    film: {
      default: null,
      parseHTML: (element) => element.dataset.film,
      renderHTML: ({ film }) => ({ "data-film": film }),
    },
    title: { default: "", parseHTML: (element) => element.textContent, renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "aside[data-film]" }],
  renderHTML: ({ node, HTMLAttributes }) => ["aside", HTMLAttributes, node.attrs.title],
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("div");
    dom.className = "film-card";
    dom.textContent = `Film card: ${node.attrs.title}`;
    return { dom };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "filmCard",
      groups: "nodes",
      button: buttons.text("Film"),
      async command(editor) {
        const film = await choose("A film", "film");
        if (film) editor.chain().focus().insertContentAt(editor.state.selection.to, { type: "filmCard", attrs: { film: film.slug, title: film.text } }).run();
      },
      active: (editor) => editor.isActive("filmCard"),
    });
  },
});

// Word and Google Docs write italics as a style, which the page's Content-Security-Policy blocks. So they are
// turned into <em> before the pasted HTML is parsed. magazine.markup.clean does the same when the text is saved.
export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        transformPastedHTML: (html) =>
          html
            .replace(/<b\b[^>]*font-weight:\s*normal[^>]*>([\s\S]*)<\/b>/gi, "$1")
            .replace(/<span\b[^>]*font-style:\s*italic[^>]*>([\s\S]*?)<\/span>/gi, "<em>$1</em>")
            .replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ""),
      },
    }),
  ],
});
