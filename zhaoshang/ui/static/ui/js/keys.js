// Keys: / searches, ? shows them all, g and a letter goes somewhere. Can be switched off, for those who speak to their machine.
const SWITCH = "zhaoshang-keys-off";
const help = document.getElementById("keys-help");
let going = false;

function off() {
  return localStorage.getItem(SWITCH) === "1";
}

function typing(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function go(key) {
  const link = [...document.querySelectorAll("[data-go]")].find((found) => found.dataset.go === key);
  if (link) link.click();
}

function search(event) {
  const field = document.querySelector("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

document.addEventListener("keydown", (event) => {
  if (off() || typing(event) || document.querySelector("dialog[open]")) return;
  if (going) {
    going = false;
    event.stopImmediatePropagation();
    go(event.key);
  } else if (event.key === "g") {
    going = true;
    setTimeout(() => { going = false; }, 1500);
  } else if (event.key === "/") {
    search(event);
  } else if (event.key === "?" && help) {
    help.showModal();
  }
});

const control = help?.querySelector("[data-keys-switch]");
if (control) {
  control.checked = !off();
  control.addEventListener("change", () => localStorage.setItem(SWITCH, control.checked ? "0" : "1"));
}
