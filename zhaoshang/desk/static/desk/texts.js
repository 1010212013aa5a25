// A claim lights up wherever it stands: in both texts and in the table.
const numbers = (element) => {
  const mark = element.closest("[data-claims]");
  if (mark) return mark.dataset.claims.split(" ");
  const row = element.closest("tr[id^='claim-']");
  return row ? [row.id.slice(6)] : [];
};

function light(found) {
  for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  for (const number of found) {
    document.getElementById(`claim-${number}`)?.classList.add("is-lit");
    for (const mark of document.querySelectorAll(".claim[data-claims]")) {
      if (mark.dataset.claims.split(" ").includes(number)) mark.classList.add("is-lit");
    }
  }
}

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => { if (event.target.closest) light(numbers(event.target)); });
}

// A click in one text also brings the other text's mark into view, inside its own scroll.
document.addEventListener("click", (event) => {
  const [number] = numbers(event.target).slice(-1);
  if (!number) return;
  for (const text of document.querySelectorAll(".marked")) {
    const mark = [...text.querySelectorAll(".claim")].find((one) => one.dataset.claims.split(" ").includes(number));
    if (mark && !text.contains(event.target)) text.scrollTop = mark.offsetTop - text.offsetTop - text.clientHeight / 3;
  }
});
