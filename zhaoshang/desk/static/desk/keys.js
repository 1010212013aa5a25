// Keys that press a button: data-press="v". With data-row the row under the cursor is ticked first, unless others are.
function typing(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (typing(event) || localStorage.getItem("zhaoshang-keys-off") === "1" || document.querySelector("dialog[open]")) return;
  const button = document.querySelector(`[data-press="${CSS.escape(event.key)}"]:not(:disabled)`)
    ?? (event.key === "r" ? document.querySelector('[data-open="return"]') : null);
  if (!button) return;
  const form = button.closest("[data-decide]");
  if (form && "row" in button.dataset && !form.querySelector("[data-check]:checked")) {
    const box = form.querySelector("tr.is-at [data-check]");
    if (!box) return;
    box.checked = true;
  }
  event.preventDefault();
  button.click();
});
