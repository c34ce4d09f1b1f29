// Drawing boxes on the picture of a page. The form below works without this.
(() => {
  const sheet = document.querySelector("[data-redact]");
  const form = document.querySelector("[data-redact-form]");
  if (!sheet || !form) return;
  const field = (name) => form.elements.namedItem(name);
  const svg = sheet.querySelector("svg");
  const counter = form.querySelector("[data-redact-count]");
  const undo = form.querySelector("[data-redact-undo]");
  const page = Number(sheet.dataset.redactPage);
  const LEAST = 0.3;
  let boxes = field("drawn").value.split(";").map((row) => row.trim().split(/\s+/).map(Number))
    .filter((row) => row.length === 5 && row.every(Number.isFinite));
  let start = null;

  const rectangle = (numbers) => {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("class", "gk-redact__box gk-redact__box--new");
    ["x", "y", "width", "height"].forEach((name, at) => rect.setAttribute(name, numbers[at]));
    return rect;
  };

  const typed = () => {
    const numbers = ["left", "top", "width", "height"].map((name) => field(name).value.trim());
    if (numbers.some((text) => text === "") || Number(field("page").value) !== page) return null;
    return numbers.map(Number);
  };

  const show = (moving) => {
    svg.querySelectorAll(".gk-redact__box--new").forEach((rect) => rect.remove());
    boxes.filter((row) => row[0] === page).forEach((row) => svg.append(rectangle(row.slice(1))));
    [moving, typed()].filter(Boolean).forEach((numbers) => svg.append(rectangle(numbers)));
    field("drawn").value = boxes.map((row) => row.join(" ")).join(";");
    counter.hidden = undo.hidden = boxes.length === 0;
    counter.textContent = boxes.length ? `画了 ${boxes.length} 个方框，尚未保存。` : "";
  };

  const place = (event) => {
    const around = svg.getBoundingClientRect();
    const inside = (value) => Math.min(100, Math.max(0, value));
    return [
      inside(((event.clientX - around.left) / around.width) * 100),
      inside(((event.clientY - around.top) / around.height) * 100),
    ];
  };

  const between = ([x0, y0], [x1, y1]) => {
    const low = [Math.min(x0, x1), Math.min(y0, y1)];
    return [...low, Math.abs(x1 - x0), Math.abs(y1 - y0)].map((n) => Math.floor(n * 1000) / 1000);
  };

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    start = place(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (start) show(between(start, place(event)));
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!start) return;
    const numbers = between(start, place(event));
    start = null;
    if (numbers[2] >= LEAST && numbers[3] >= LEAST) boxes.push([page, ...numbers]);
    show();
  });
  sheet.addEventListener("pointercancel", () => { start = null; show(); });
  undo.addEventListener("click", () => { boxes.pop(); show(); });
  form.addEventListener("input", () => show());
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (boxes.length && !sending) event.preventDefault();
  });

  document.querySelectorAll("[data-redact-hint]").forEach((hint) => { hint.hidden = false; });
  sheet.dataset.redactReady = "";
  show();
})();
