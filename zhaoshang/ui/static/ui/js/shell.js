// The frame: navigation on a phone, menus that close, messages that go away.
const nav = document.getElementById("nav");

function navigation(open) {
  nav.classList.toggle("is-open", open);
  document.querySelector("[data-nav-open]").setAttribute("aria-expanded", String(open));
  if (open) nav.querySelector("a").focus();
}

// Groups of the navigation stay as their reader left them, in this browser; the group of the page at hand is always open.
const FOLDED = "zhaoshang-nav";
const groups = [...document.querySelectorAll("[data-nav-group]")];
const left = JSON.parse(localStorage.getItem(FOLDED) ?? "{}");
for (const group of groups) {
  if (group.dataset.navGroup in left && !("here" in group.dataset)) group.open = left[group.dataset.navGroup];
  group.querySelector("summary").addEventListener("click", () => {
    left[group.dataset.navGroup] = !group.open;
    localStorage.setItem(FOLDED, JSON.stringify(left));
  });
}

document.addEventListener("click", (event) => {
  if (nav && event.target.closest("[data-nav-open]")) navigation(true);
  if (nav && event.target.closest("[data-nav-close]")) navigation(false);
  event.target.closest("[data-dismiss]")?.parentElement.remove();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (nav?.classList.contains("is-open")) navigation(false);
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Where a part of the page is exchanged by a click on something that goes with it, the keyboard stays in the same shelf, else in the part.
let shelf = "";
document.addEventListener("htmx:beforeRequest", (event) => { shelf = event.target.closest?.(".shelf")?.id ?? ""; });
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement !== document.body || event.target.closest("dialog")) return;
  const next = (shelf && document.querySelector(`#${shelf} :is(a, summary)`)) || event.target;
  next.focus({ preventScroll: true });
});
