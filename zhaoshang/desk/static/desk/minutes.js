// Minutes on a phone: every keystroke is kept on the device until the server has said that it has them. Without this the form works as any.
const form = document.querySelector("[data-minutes]");

if (form) {
  const place = `minutes:${form.dataset.minutes}`;
  const state = form.querySelector("[data-minutes-state]");
  const names = ["key", "met", "text", "next_step"];
  const fields = Object.fromEntries(names.map((name) => [name, form.elements.namedItem(name)]));
  let waiting = 0;

  const say = (words) => { state.textContent = words; };
  const stored = (what) => { try { return what(); } catch { return null; } };
  const keep = () => {
    const draft = Object.fromEntries(names.map((name) => [name, fields[name].value]));
    if (stored(() => (localStorage.setItem(place, JSON.stringify(draft)), true))) say(form.dataset.draft);
  };

  const draft = stored(() => JSON.parse(localStorage.getItem(place) ?? "null"));
  if (draft?.text) {
    for (const name of names) if (typeof draft[name] === "string") fields[name].value = draft[name];
    say(form.dataset.draft);
  }

  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 300); });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    keep();
    let answer;
    try {
      answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    } catch {
      say(form.dataset.offline);
      return;
    }
    const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : null;
    if (told?.kept && told.key === fields.key.value) {
      stored(() => localStorage.removeItem(place));
      location.reload();
      return;
    }
    say(`${form.dataset.refused}${told?.message ?? answer.status}`);
  });
}
