// The frame: navigation on a phone, menus that close, messages that go away.
const nav = document.getElementById("nav");

function navigation(open) {
  nav.classList.toggle("is-open", open);
  document.querySelector("[data-nav-open]").setAttribute("aria-expanded", String(open));
  if (open) nav.querySelector("a").focus();
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
