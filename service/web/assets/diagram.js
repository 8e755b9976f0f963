// Shows the drawing of a procedure with its steps marked: <figure data-diagram="URL" data-current="id id" data-done="id">.
// The same facts stand beside it in words, so nothing is lost without this file.
import Viewer from "bpmn-js/lib/Viewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";

const FONT = '"Noto Sans", "Segoe UI", Arial, sans-serif';
const words = (text) => (text ?? "").split(" ").filter(Boolean);

function mark(viewer, figure) {
  const [canvas, registry] = [viewer.get("canvas"), viewer.get("elementRegistry")];
  for (const kind of ["done", "current"]) {
    for (const id of words(figure.dataset[kind])) {
      if (registry.get(id)) canvas.addMarker(id, `diagram-${kind}`);
    }
  }
}

function name(figure, frame) {
  const drawing = frame.querySelector("svg");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", figure.dataset.label);
  drawing.removeAttribute("tabindex");
  drawing.setAttribute("focusable", "false");
}

function move(canvas, kind) {
  const { width, height } = canvas.getSize();
  const centre = { x: width / 2, y: height / 2 };
  const step = width / 3;
  const moves = {
    in: () => canvas.zoom(canvas.zoom() * 1.25, centre),
    out: () => canvas.zoom(canvas.zoom() / 1.25, centre),
    fit: () => canvas.zoom("fit-viewport", "auto"),
    left: () => canvas.scroll({ dx: step, dy: 0 }),
    right: () => canvas.scroll({ dx: -step, dy: 0 }),
    up: () => canvas.scroll({ dx: 0, dy: step / 2 }),
    down: () => canvas.scroll({ dx: 0, dy: -step / 2 }),
  };
  moves[kind]?.();
}

function showCurrent(viewer, figure) {
  const [first] = words(figure.dataset.current);
  const element = first && viewer.get("elementRegistry").get(first);
  if (!element) return;
  const canvas = viewer.get("canvas");
  const box = canvas.viewbox();
  const scale = Math.max(canvas.zoom(), 0.75); // a large drawing fitted to the frame cannot be read
  const size = canvas.getSize();
  const [width, height] = [size.width / scale, size.height / scale];
  if (scale === canvas.zoom()) return;
  const { inner } = box;
  const within = (at, size, from, whole) => Math.max(from, Math.min(at, from + whole - size)); // no empty margin
  const x = within(element.x + element.width / 2 - width / 2, width, inner.x, inner.width);
  const y = within(element.y + element.height / 2 - height / 2, height, inner.y, inner.height);
  canvas.viewbox({ ...box, x, y, width, height });
}

async function show(figure) {
  const frame = figure.querySelector("[data-diagram-frame]");
  try {
    // Else labels are measured in another typeface; a browser that takes no fonts draws in letters of the machine.
    await document.fonts.load(`12px ${FONT}`, "Өтініш Ag").catch(console.warn);
    const answer = await fetch(figure.dataset.diagram);
    if (!answer.ok) throw new Error(String(answer.status));
    frame.hidden = false;
    const font = { fontFamily: FONT };
    const viewer = new Viewer({ container: frame, textRenderer: { defaultStyle: font, externalStyle: font } });
    await viewer.importXML(await answer.text());
    viewer.get("canvas").zoom("fit-viewport", "auto");
    mark(viewer, figure);
    showCurrent(viewer, figure);
    name(figure, frame);
    figure.querySelectorAll("[data-diagram-move]").forEach((button) => {
      button.addEventListener("click", () => move(viewer.get("canvas"), button.dataset.diagramMove));
    });
    figure.querySelector("[data-diagram-buttons]").hidden = false;
    figure.dataset.state = "shown";
  } catch (problem) {
    frame.hidden = true;
    figure.querySelector("[data-diagram-failed]").hidden = false;
    figure.dataset.state = "failed";
    console.warn(problem);
  }
}

document.querySelectorAll("[data-diagram]").forEach(show);
