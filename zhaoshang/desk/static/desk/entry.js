// The entry form by keyboard: Ctrl+Enter declares and goes on to the next.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("[data-entry]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-next]") ?? form.querySelector("button"));
});
