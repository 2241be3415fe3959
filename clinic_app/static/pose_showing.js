/* The pose editor's page: the pictures, the points on the figure and the fields, as the state says. */
import { drawing, field, fields, form, overlay, panels, picture, prints, stage, tabs, tip } from "./pose_state.js";

export function showPicture(number) {
  const { image, caption, scene, alt, proposed } = drawing.pictures[number];
  field(number, "scene").value = scene ? JSON.stringify(scene) : "";
  if (field(number, "alt").value !== alt) field(number, "alt").value = alt;
  field(number, "alt").placeholder = proposed ?? "";
  for (const each of [tabs[number], prints[number]]) each.querySelector("img").src = image;
  prints[number].querySelector("figcaption span").textContent = caption;
  if (number === drawing.at) {
    picture.src = image;
    picture.alt = alt || proposed || "";
    const tall = Boolean(scene) && scene.frame.height > scene.frame.width;
    stage.classList.toggle("is-tall", tall);
    document.getElementById("pose-card").classList.toggle("is-tall", tall);
  }
}

/* Everything that follows from the state, apart from handles and fields, which the server tells. */
export function show() {
  drawing.at = Math.min(drawing.at, drawing.pictures.length - 1);
  form.elements.at.value = drawing.at;
  panels.forEach((panel, number) => {
    const there = number < drawing.pictures.length;
    panel.disabled = !there;
    panel.hidden = number !== drawing.at;
    tabs[number].hidden = prints[number].hidden = !there;
    if (number === drawing.at) tabs[number].setAttribute("aria-current", "true");
    else tabs[number].removeAttribute("aria-current");
    if (!there) return;
    field(number, "was").value = drawing.pictures[number].was;
    field(number, "caption").value = drawing.pictures[number].caption;
    showPicture(number);
  });
  document.getElementById("pose-copy").disabled = drawing.pictures.length === panels.length;
  document.getElementById("pose-drop").disabled = drawing.pictures.length === 1;
  if (!drawing.pictures[drawing.at].scene) {
    drawing.handles = [];
    showHandles({});
  }
}

const KINDS = [
  [/^pelvis$/, "whole"],
  [/^marks\./, "mark"],
  [/^props\./, "thing"],
  [/^contacts\./, "planted"],
  [/^(far|right)_/, "far"],
];

/* A handle keeps its button as long as it is there, so that the focus stays on it. */
export function showHandles(values, preview) {
  const { scene } = drawing.pictures[drawing.at];
  const known = new Map([...overlay.children].map((each) => [each.dataset.name, each]));
  for (const handle of drawing.handles) {
    const { x, y, width, height } = scene.frame;
    const [name] = handle.changes;
    handle.value = handle.changes.length === 1 ? preview.waitingFor(name) ?? values[name] : undefined;
    handle.turns = !handle.name.startsWith("contacts.") && !handle.name.startsWith("props.");
    const button = known.get(handle.name) ?? made(handle);
    known.delete(handle.name);
    const across = (handle.x - x) / width;
    const down = (handle.y - y) / height;
    button.style.left = `${across * 100}%`;
    button.style.top = `${down * 100}%`;
    button.classList.toggle("is-left", across < 0.2);
    button.classList.toggle("is-right", across > 0.8);
    button.classList.toggle("is-top", down < 0.2);
    button.hidden = across < -0.02 || across > 1.02 || down < -0.02 || down > 1.02;
    button.dataset.tip = tip(handle);
    button.setAttribute("aria-label", tip(handle));
  }
  for (const gone of known.values()) gone.remove();
}

function made(handle) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pose-handle";
  button.dataset.name = handle.name;
  button.dataset.kind = KINDS.find(([pattern]) => pattern.test(handle.name))?.[1] ?? "near";
  overlay.append(button);
  return button;
}

export function showValues(values, preview) {
  for (const input of fields.querySelectorAll("input[data-name]")) {
    const value = values[input.dataset.name];
    if (value === undefined || input === document.activeElement && input.type === "number") continue;
    if (preview.waitingFor(input.dataset.name) !== undefined) continue; // moved again meanwhile
    const text = String(Math.round(value * 10) / 10);
    if (input !== document.activeElement || Math.abs(Number(input.value) - value) > 0.05) input.value = text;
  }
}

export function swapFields(html) {
  const focused = document.activeElement?.id;
  const closed = new Set([...fields.querySelectorAll("details:not([open])")].map((each) => each.id));
  const open = new Set([...fields.querySelectorAll("details[open]")].map((each) => each.id));
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const each of parsed.querySelectorAll("details")) if (closed.has(each.id) || open.has(each.id)) each.open = open.has(each.id);
  fields.replaceChildren(...parsed.body.childNodes);
  if (focused && !document.activeElement?.id) document.getElementById(focused)?.focus();
}
