// The drawer: every link marked data-drawer opens its page at the right; the link itself still works without this file.
const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
const trail = [];

function show(href) {
  trail.push(href);
  drawer.querySelector("[data-drawer-page]").href = href;
  drawer.querySelector("[data-drawer-back]").hidden = trail.length < 2;
  state(body.dataset.loading);
  if (!drawer.open) drawer.showModal();
  drawer.scrollTop = 0;
  window.htmx.ajax("GET", href, { target: "#drawer-body", swap: "innerHTML" });
}

function state(text) {
  const line = document.createElement("p");
  line.className = "drawer-state";
  line.textContent = text;
  body.replaceChildren(line);
}

function plainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

if (drawer && body) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || !plainClick(event) || !window.htmx) return;
    event.preventDefault();
    show(link.href);
  });
  drawer.querySelector("[data-drawer-back]").addEventListener("click", () => {
    trail.pop();
    show(trail.pop());
  });
  drawer.addEventListener("close", () => { trail.length = 0; });
  body.addEventListener("htmx:beforeSwap", (event) => {
    if (!/^\s*<!doctype/i.test(event.detail.serverResponse)) return;
    event.detail.shouldSwap = false; // a whole page: signing in again, or a page that knows no drawer
    location.assign(trail.at(-1));
  });
  body.addEventListener("htmx:afterSwap", () => body.focus({ preventScroll: true }));
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => { if (event.detail.target === body) state(body.dataset.failed); });
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  if (event.target.closest("[data-keys-open]")) document.getElementById("keys-help").showModal();
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
});
