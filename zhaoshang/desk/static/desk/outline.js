// Corners picked on a drawing become lines of the text below it, and the text is what is sent: without script the text alone does.
const board = document.querySelector("[data-outline]");
const text = document.querySelector("[data-outline-text]");
if (board && text) {
  const svg = board.querySelector("[data-outline-svg]");
  const [width, height] = [600, 400];
  const others = JSON.parse(board.dataset.others);
  const middle = board.dataset.middle.split(",").map(Number);
  const view = { x: middle[0], y: middle[1], span: 0.012 };
  const squeeze = Math.cos((middle[1] * Math.PI) / 180);
  const per = () => width / (view.span * squeeze);
  const place = ([x, y]) => [width / 2 + (x - view.x) * squeeze * per(), height / 2 - (y - view.y) * per()];
  const back = (px, py) => [view.x + (px - width / 2) / per() / squeeze, view.y - (py - height / 2) / per()];

  const parts = () =>
    text.value.split(/\n\s*\n/).map((part) =>
      part.split("\n").map((line) => line.split(/[\s,，;；]+/).filter(Boolean).map(Number))
        .filter((point) => point.length === 2 && point.every(Number.isFinite)));

  const make = (name, attributes, inside = "") => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = inside;
    svg.append(element);
  };

  const grid = () => {
    const wanted = view.span / 4;
    const unit = 10 ** Math.floor(Math.log10(wanted));
    const step = [5, 2, 1].map((factor) => factor * unit).find((size) => size <= wanted) ?? unit;
    const places = Math.max(0, -Math.floor(Math.log10(step)));
    const [[west, north], [east, south]] = [back(0, 0), back(width, height)];
    for (let x = Math.ceil(west / step) * step; x < east; x += step) {
      const [at] = place([x, 0]);
      make("path", { d: `M${at} 0V${height}`, class: "grid" });
      make("text", { x: at + 2, y: height - 4 }, `${board.dataset.east} ${x.toFixed(places)}`);
    }
    for (let y = Math.ceil(south / step) * step; y < north; y += step) {
      const [, at] = place([0, y]);
      make("path", { d: `M0 ${at}H${width}`, class: "grid" });
      make("text", { x: 2, y: at - 3 }, `${board.dataset.north} ${y.toFixed(places)}`);
    }
  };

  const draw = () => {
    svg.replaceChildren();
    grid();
    for (const ring of others) make("path", { d: `M${ring.map(place).join("L")}Z`, class: "others" });
    for (const part of parts()) {
      if (part.length) make("path", { d: `M${part.map(place).join("L")}Z`, class: "drawn" });
      for (const point of part) make("circle", { cx: place(point)[0], cy: place(point)[1], r: 4, class: "corner" });
    }
  };

  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    const [x, y] = back(((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height);
    text.value = `${text.value.trimEnd()}${text.value.trim() ? "\n" : ""}${x.toFixed(7)}, ${y.toFixed(7)}`;
    draw();
  });
  board.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.zoom) view.span *= Number(button.dataset.zoom);
    if ("undo" in button.dataset) text.value = text.value.trimEnd().split("\n").slice(0, -1).join("\n");
    if ("clear" in button.dataset) text.value = "";
    draw();
  });
  text.addEventListener("input", draw);
  board.querySelector("[data-outline-tools]").hidden = false;
  draw();
}
