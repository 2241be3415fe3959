/* Points on the figure are dragged by mouse and finger, or turned by arrow keys; the fields beside it say the same. */
import { ask, refresh } from "./pose_asking.js";
import { history } from "./pose_history.js";
import { drawing, fields, form, overlay, stage } from "./pose_state.js";

function turnTo(name, value, key = name) {
  ask({ do: "set", name, value }, { key });
}

overlay.addEventListener("pointerdown", (event) => {
  const button = event.target.closest(".pose-handle");
  if (!button || event.button) return;
  event.preventDefault();
  button.focus();
  button.setPointerCapture(event.pointerId);
  const from = [event.clientX, event.clientY];
  const box = button.getBoundingClientRect();
  const off = [from[0] - box.left - box.width / 2, from[1] - box.top - box.height / 2];
  let moved = false;
  const follow = (move) => {
    if (!moved && Math.hypot(move.clientX - from[0], move.clientY - from[1]) < 3) return;
    if (!moved) history.keep();
    moved = true;
    button.classList.add("is-held");
    const frame = drawing.pictures[drawing.at].scene.frame;
    const plane = stage.querySelector("img").getBoundingClientRect();
    const x = frame.x + ((move.clientX - off[0] - plane.left) / plane.width) * frame.width;
    const y = frame.y + ((move.clientY - off[1] - plane.top) / plane.height) * frame.height;
    ask({ do: "drag", handle: button.dataset.name, x, y }, { key: button.dataset.name });
  };
  const end = () => {
    button.classList.remove("is-held");
    button.removeEventListener("pointermove", follow);
  };
  button.addEventListener("pointermove", follow);
  button.addEventListener("pointerup", end, { once: true });
  button.addEventListener("pointercancel", end, { once: true });
});

const ARROWS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

overlay.addEventListener("keydown", (event) => {
  const arrow = ARROWS[event.key];
  const handle = drawing.handles.find((each) => each.name === event.target.dataset.name);
  if (!arrow || !handle || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  history.keep(handle.name);
  const by = event.shiftKey ? 5 : 1;
  const [across, up] = arrow.map((each) => each * by);
  if (handle.changes.length === 1) {
    handle.value += across + up; // pressed again before the answer, it goes on from here
    turnTo(handle.changes[0], handle.value, handle.name);
  } else {
    handle.x += across;
    handle.y -= up;
    ask({ do: "drag", handle: handle.name, x: handle.x, y: handle.y }, { key: handle.name });
  }
});

fields.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.matches("input[data-name]")) return;
  event.stopPropagation(); // "not saved" is said when the pose has changed
  const value = Number(input.value);
  if (input.value === "" || Number.isNaN(value)) return;
  history.keep(`field ${input.dataset.name}`);
  const twin = [...fields.querySelectorAll("input[data-name]")].find((each) => each !== input && each.dataset.name === input.dataset.name);
  if (twin) twin.value = String(Math.round(value * 10) / 10);
  turnTo(input.dataset.name, value);
});

/* A slider steps by 1 with the arrow keys, by 5 with Shift, whatever its range is. */
fields.addEventListener("keydown", (event) => {
  const arrow = ARROWS[event.key];
  if (!arrow || event.target.type !== "range") return;
  event.preventDefault();
  const by = (arrow[0] + arrow[1]) * (event.shiftKey ? 5 : 1);
  event.target.value = String(Math.round(Number(event.target.value) * 10) / 10 + by);
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

fields.addEventListener("change", (event) => {
  const { name } = event.target.dataset;
  if (event.target.matches("select[data-name]")) {
    history.keep();
    ask({ do: "choose", name, value: event.target.value });
  } else if (event.target.matches("input[type=number]")) refresh();
});

fields.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-change]");
  if (!button) return;
  event.preventDefault();
  const change = JSON.parse(button.dataset.change);
  for (const name of (button.dataset.with ?? "").split(" ").filter(Boolean)) change[name] = form.elements[name].value;
  history.keep();
  ask(change);
});

/* Enter in a number would send the page; the pose is shown already. */
fields.addEventListener("keypress", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});
