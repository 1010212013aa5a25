// The wall: whole screen and back; a page that could not be renewed says since when it is old.
const button = document.querySelector("[data-fullscreen]");

if (button) {
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
  for (const trouble of ["htmx:sendError", "htmx:responseError"]) {
    document.body.addEventListener(trouble, () => document.querySelector("[data-renewed]")?.classList.add("is-old"));
  }
}
