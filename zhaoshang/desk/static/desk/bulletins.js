// The draft's editor: marks in the words become chips that move and go as one piece; the text areas stay the truth that is sent.
const form = document.getElementById("draft");
const printed = JSON.parse(form.dataset.chips);
const MARK = /\{\{[^{}]*\}\}/g;
let last = null;

function chip(token) {
  const made = document.createElement("span");
  made.className = "chip";
  made.contentEditable = "false";
  made.dataset.token = token;
  made.title = token.slice(2, -2);
  made.textContent = printed[token] ?? token;
  return made;
}

function filled(editable, text) {
  let place = 0;
  for (const match of text.matchAll(MARK)) {
    editable.append(text.slice(place, match.index), chip(match[0]));
    place = match.index + match[0].length;
  }
  editable.append(text.slice(place));
}

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.dataset?.token) return node.dataset.token;
  return [...node.childNodes].map(textOf).join("");
}

function sent(editable) {
  const area = editable.nextElementSibling;
  area.value = textOf(editable).replace(/\s*\n\s*/g, " ");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function makeEditable(area) {
  const editable = document.createElement("div");
  editable.className = "editable";
  editable.contentEditable = "true";
  editable.setAttribute("role", "textbox");
  editable.setAttribute("aria-multiline", "true");
  editable.setAttribute("aria-label", area.getAttribute("aria-label"));
  filled(editable, area.value);
  area.before(editable);
  area.hidden = true;
  editable.addEventListener("input", (event) => { event.stopPropagation(); sent(editable); remember(); });
  editable.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  editable.addEventListener("paste", (event) => {
    event.preventDefault();
    insert(editable, document.createTextNode(event.clipboardData.getData("text/plain").replace(/\s*\n\s*/g, " ")));
  });
  editable.addEventListener("drop", (event) => event.preventDefault());
  for (const kind of ["keyup", "mouseup", "focus"]) editable.addEventListener(kind, remember);
}

function remember() {
  const selection = getSelection();
  const editable = selection.rangeCount && selection.anchorNode && (selection.anchorNode.closest?.(".editable") ?? selection.anchorNode.parentElement?.closest(".editable"));
  if (editable) last = { editable, range: selection.getRangeAt(0).cloneRange() };
}

function insert(editable, node) {
  const selection = getSelection();
  const here = selection.rangeCount && editable.contains(selection.anchorNode);
  const range = here ? selection.getRangeAt(0) : last?.editable === editable ? last.range : null;
  if (range) {
    range.deleteContents();
    range.insertNode(node);
    range.setStartAfter(node);
    range.collapse(true);
    selection.removeAllRanges();
    selection.addRange(range);
  } else {
    editable.append(node);
  }
  sent(editable);
  remember();
}

for (const area of form.querySelectorAll("textarea[data-block]")) makeEditable(area);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  printed[button.dataset.insert] = button.dataset.text;
  const where = last;
  const editable = where?.editable ?? form.querySelector(".block-paragraph .editable");
  button.closest("dialog").close();
  if (!editable) return;
  editable.focus();
  if (where) {
    getSelection().removeAllRanges();
    getSelection().addRange(where.range);
  }
  insert(editable, chip(button.dataset.insert));
});
