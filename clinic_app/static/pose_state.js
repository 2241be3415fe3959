/* What the pose editor draws: the pictures as they stand, the one that is shown, and the points on it that move. */
export const form = document.getElementById("pose-form");
export const stage = document.getElementById("pose-stage");
export const picture = document.getElementById("pose-picture");
export const overlay = document.getElementById("pose-handles");
export const fields = document.getElementById("pose-fields");
export const said = document.getElementById("pose-said");
const saved = document.getElementById("saved-state");
export const panels = [...form.querySelectorAll(".pose-words")];
export const tabs = [...form.querySelectorAll(".pose-tab")];
export const prints = [...form.querySelectorAll(".pose-card figure")];
export const field = (number, name) => form.elements[`pictures-${number}-${name}`];
const WORDS = ["was", "scene", "caption", "alt"];

function fromForm(number) {
  const words = Object.fromEntries(WORDS.map((name) => [name, field(number, name).value]));
  const scene = words.scene ? JSON.parse(words.scene) : null;
  return { ...words, scene, proposed: field(number, "alt").dataset.proposed, image: tabs[number].querySelector("img").src };
}

export const drawing = {
  pictures: panels.filter((panel) => !panel.disabled).map((_panel, number) => fromForm(number)),
  at: Number(form.elements.at.value),
  handles: [],
};

export function say(text, wrong = false, key = "") {
  said.classList.toggle("is-wrong", wrong);
  const handle = key && drawing.handles.find((each) => each.name === key);
  const words = text || (handle && tip(handle)) || "";
  if (said.textContent !== words) said.textContent = words;
}

export function tip(handle) {
  const value = handle.changes.length === 1 && handle.value !== undefined ? handle.value : null;
  if (value === null) return handle.label;
  return `${handle.label}: ${Math.round(value)}${handle.turns ? " degrees" : ""}`;
}

/* What is not saved: the page asks before it is left (staff.js listens to the form). */
export function touched() {
  form.dispatchEvent(new CustomEvent("pose-changed"));
  form.dispatchEvent(new Event("input", { bubbles: true }));
  if (saved) saved.textContent = "Not saved yet";
}
