// Forms: an amount read back while it is typed, a file's name once it is chosen, the first fault brought into view.
const FEN = { 元: 100n, 万元: 1_000_000n, 亿元: 10_000_000_000n };

function fen(text, unit) {
  const match = /^\s*([\d,，\s]*)(?:[.．](\d*))?\s*$/.exec(text.normalize("NFKC"));
  if (!match || !(match[1] || match[2]) || !(unit in FEN)) return null;
  const fraction = match[2] ?? "";
  const scaled = BigInt(match[1].replace(/\D/g, "") + fraction || "0") * FEN[unit];
  const part = 10n ** BigInt(fraction.length);
  return scaled % part === 0n ? scaled / part : null;
}

function grouped(amount, per) {
  const places = per === 100n ? 2 : per === 1_000_000n ? 6 : 10;
  const fraction = String(amount % per).padStart(places, "0").replace(/0+$/, "");
  const whole = String(amount / per).replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${whole}.${fraction}` : whole;
}

function echo(field) {
  const place = field.closest(".field").querySelector("[data-money-echo]");
  const amount = fen(field.value, field.dataset.money);
  const words = { 元: place.dataset.yuan, 万元: place.dataset.wan, 亿元: place.dataset.yi };
  const units = amount === null ? [] : ["元", "万元", "亿元"].filter((unit) => unit !== field.dataset.money && (unit === "元" || amount * 100n >= FEN[unit]));
  place.textContent = units.length ? `= ${units.map((unit) => `${grouped(amount, FEN[unit])} ${words[unit]}`).join(" = ")}` : "";
}

function named(drop, files) {
  drop.querySelector("[data-drop-name]").textContent = [...files].map((file) => `${file.name} (${(file.size / 1e6).toFixed(2)} MB)`).join(" · ");
}

document.addEventListener("input", (event) => { if (event.target.matches("[data-money]")) echo(event.target); });
document.addEventListener("change", (event) => {
  const drop = event.target.closest("[data-drop]");
  if (drop) named(drop, event.target.files);
});
for (const [kind, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.toggle("is-over", over));
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && event.target.method === "post") setTimeout(() => { button.disabled = true; setTimeout(() => { button.disabled = false; }, 8000); });
});

// A refusal that answers with a redirect brings an empty form back, and so does a login that was over: what was typed is put in again,
// once, for the same person, and never kept longer than this tab. The quiet pages between (login, code) leave it alone.
const TYPED = "zhaoshang-typed";
const WHO = document.body.dataset.who ?? "";
const typed = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "password", "submit", "button"].includes(one.type));

function keep(form) {
  const kept = typed(form).map((one) => (["checkbox", "radio"].includes(one.type) ? one.checked : one.value));
  try { sessionStorage.setItem(TYPED, JSON.stringify({ who: WHO, at: location.pathname, action: form.getAttribute("action"), names: typed(form).map((one) => one.name), kept })); } catch { /* a full or closed store only loses the help */ }
}

function putBack() {
  if (document.body.matches(".plain")) return;
  const text = sessionStorage.getItem(TYPED);
  sessionStorage.removeItem(TYPED);
  if (!text || !document.querySelector("#messages .message-error")) return;
  const { who, at, action, names, kept } = JSON.parse(text);
  if (who !== WHO) return;
  const same = (form) => form.getAttribute("action") === action && typed(form).map((one) => one.name).join() === names.join();
  const form = at === location.pathname && [...document.forms].find(same);
  if (!form) return;
  typed(form).forEach((one, place) => {
    if (typeof kept[place] === "boolean") one.checked = kept[place];
    else one.value = kept[place];
  });
  for (let up = form.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
}

const draft = (form) => form?.method === "post" && form.matches(".content form");
document.addEventListener("submit", (event) => { if (draft(event.target)) keep(event.target); });
document.addEventListener("input", (event) => { if (draft(event.target.form)) keep(event.target.form); });

function ready(root) {
  if (root === document || root.querySelector("#messages")) putBack();
  root.querySelectorAll("[data-money]").forEach(echo);
  root.querySelector("[data-focus]")?.focus();
}
ready(document);
document.addEventListener("htmx:load", (event) => ready(event.target));
