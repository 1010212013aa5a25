// The board: a card that can move is dragged to a column, or sent on by Shift and the right arrow. Either fills and sends the card's own form,
// so that the gate answers as it does without a script.
const board = document.querySelector("[data-board]");
let dragged = null;

function send(card, stage) {
  const form = card.querySelector("form");
  form.elements.stage.value = stage;
  form.requestSubmit();
}

for (const card of board?.querySelectorAll("[data-card]") ?? []) {
  card.draggable = true;
  card.tabIndex = 0;
}

board?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.card);
  dragged.classList.add("is-dragged");
});

board?.addEventListener("dragover", (event) => {
  const column = event.target.closest(".board-column");
  if (!dragged || !column) return;
  event.preventDefault();
  for (const one of board.querySelectorAll(".is-over")) one.classList.toggle("is-over", one === column);
  column.classList.add("is-over");
});

board?.addEventListener("drop", (event) => {
  const column = event.target.closest(".board-column");
  if (!dragged || !column) return;
  event.preventDefault();
  if (column !== dragged.closest(".board-column") && column.dataset.stage) send(dragged, column.dataset.stage);
});

board?.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  for (const one of board.querySelectorAll(".is-over")) one.classList.remove("is-over");
  dragged = null;
});

board?.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-card]");
  if (!card || event.target !== card) return;
  if (event.key === "ArrowRight" && event.shiftKey) {
    event.preventDefault();
    send(card, card.dataset.next);
  }
});
