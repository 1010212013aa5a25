// Tables: rows walked by keys, copied as text for a spreadsheet, ticked all at once; heads stay when the table is wider than the page.
const MOVES = { j: [1, 0], ArrowDown: [1, 0], k: [-1, 0], ArrowUp: [-1, 0], l: [0, 1], ArrowRight: [0, 1], h: [0, -1], ArrowLeft: [0, -1] };
let at = null;

function table() {
  if (at?.isConnected) return at.closest("table");
  const scope = document.querySelector("dialog[open]") ?? document;
  return document.activeElement?.closest(".sheet")?.querySelector("table") ?? scope.querySelector("table[data-keys]");
}

function mark(row) {
  at?.classList.remove("is-at");
  at = row;
  row.classList.add("is-at");
  row.scrollIntoView({ block: "nearest" });
  const stop = stops(row)[0] ?? row;
  if (stop === row) row.tabIndex = -1;
  stop.focus({ preventScroll: true });
}

function stops(row) {
  return [...row.querySelectorAll("a, button")];
}

function step(rows) {
  const found = table();
  if (!found) return false;
  const list = [...found.tBodies[0].rows].filter((row) => !row.classList.contains("row-group"));
  const next = at && found.contains(at) ? list.indexOf(at) + rows : rows > 0 ? 0 : list.length - 1;
  if (list[next]) mark(list[next]);
  return true;
}

function across(cells) {
  const list = at ? stops(at) : [];
  const next = list[list.indexOf(document.activeElement) + cells];
  if (next) next.focus();
  return list.length > 0;
}

function busy(event) {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || event.target.closest("input:not([type=checkbox]), textarea, select, summary, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (busy(event)) return;
  const letters = localStorage.getItem("zhaoshang-keys-off") !== "1";
  if (event.key.length === 1 && !letters) return;
  const arrow = event.key.startsWith("Arrow");
  if (arrow && !at?.isConnected && !event.target.closest(".sheet")) return;
  const move = MOVES[event.key];
  if (move && (move[0] ? step(move[0]) : across(move[1]))) event.preventDefault();
  if (event.key === "Enter" && at?.isConnected && !event.target.closest("a, button") && at.dataset.href) location.assign(at.dataset.href);
  if (event.key === "x" && at?.isConnected) at.querySelector("[data-check]")?.click();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("table[data-keys] tbody tr");
  if (!row || row === at) return;
  at?.classList.remove("is-at");
  at = row;
  row.classList.add("is-at");
});

function plain(cell) {
  const copy = cell.cloneNode(true);
  for (const extra of copy.querySelectorAll(".vh, svg, small, .rank-change")) extra.remove();
  return copy.textContent.replace(/[\u2007\u2008]/g, "").replace(/\s+/g, " ").trim();
}

function asText(found) {
  const heads = [...found.tHead.rows[0].cells].map((cell) => {
    const unit = cell.querySelector("small")?.textContent;
    const [open, close] = document.documentElement.lang.startsWith("zh") ? ["（", "）"] : [" (", ")"];
    return plain(cell) + (unit ? open + unit + close : "");
  });
  const rows = [...found.tBodies[0].rows].map((row) => [...row.cells].map((cell) => plain(cell).replace(/,(?=\d{3})/g, "")));
  return [heads, ...rows].map((cells) => cells.join("\t")).join("\n");
}

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy-table]");
  if (copy) {
    await write(asText(copy.closest(".sheet").querySelector("table")));
    const word = copy.querySelector("span");
    const before = word.textContent;
    word.textContent = copy.dataset.done;
    setTimeout(() => { word.textContent = before; }, 1600);
    return;
  }
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input, label, summary") && !String(getSelection())) location.assign(row.dataset.href);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-check-all]")) return;
  for (const box of event.target.closest("table").querySelectorAll("[data-check]")) box.checked = event.target.checked;
});

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) target.classList.toggle("is-wide", target.firstElementChild.offsetWidth > target.clientWidth + 1);
});

function watch() {
  for (const sheet of document.querySelectorAll(".sheet-scroll")) widths.observe(sheet);
}
watch();
document.addEventListener("htmx:load", watch);
