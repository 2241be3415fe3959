/* The pose editor: points on the figure that are dragged or turned by keys, sliders, undo, and the pictures as they
   print. The server draws; the form keeps every pose as text, so that it is sent and saved without this file, too. */
import { History } from "./pose_history.js";
import { Preview } from "./pose_preview.js";

const form = document.getElementById("pose-form");
const stage = document.getElementById("pose-stage");
const picture = document.getElementById("pose-picture");
const overlay = document.getElementById("pose-handles");
const fields = document.getElementById("pose-fields");
const said = document.getElementById("pose-said");
const saved = document.getElementById("saved-state");
const panels = [...form.querySelectorAll(".pose-words")];
const tabs = [...form.querySelectorAll(".pose-tab")];
const prints = [...form.querySelectorAll(".pose-card figure")];
const field = (number, name) => form.elements[`pictures-${number}-${name}`];
const WORDS = ["was", "scene", "caption", "alt"];
const FOREVER = ["drag", "set"]; // changes that keep all fields as they are

let pictures = panels.filter((panel) => !panel.disabled).map((_panel, number) => fromForm(number));
let at = Number(form.elements.at.value);
let handles = [];

function fromForm(number) {
  const words = Object.fromEntries(WORDS.map((name) => [name, field(number, name).value]));
  const scene = words.scene ? JSON.parse(words.scene) : null;
  return { ...words, scene, proposed: field(number, "alt").dataset.proposed, image: tabs[number].querySelector("img").src };
}

/* The state as text, and back. */
const history = new History(
  () => JSON.stringify({ at, pictures }),
  (text) => {
    ({ at, pictures } = JSON.parse(text));
    preview.forget();
    show();
    refresh({ fields: true });
    say("");
  },
  () => {
    undo.disabled = !history.past.length;
    redo.disabled = !history.future.length;
  },
);
const undo = document.getElementById("pose-undo");
const redo = document.getElementById("pose-redo");

const preview = new Preview(
  form.dataset.preview,
  () => form.elements.csrf_token.value,
  arrived,
  (state) => {
    stage.classList.toggle("is-busy", state === "busy");
    if (state === "offline") say("No connection. What you drew is kept, trying again.", true);
    else if (state === "idle" && said.hasAttribute("data-offline")) say("");
    said.toggleAttribute("data-offline", state === "offline");
    if (state === "idle") sendWhatWaits();
  },
);

/* A picture is known by its object, so that an answer finds it wherever it stands by then. */
function ask(change, { key = "", of = pictures[at], whole = !FOREVER.includes(change.do), quiet = false } = {}) {
  if (!of?.scene) return;
  preview.ask(change, { key, of, quiet, sent: () => ({ slug: form.dataset.slug, scene: of.scene, before: before(of, change), fields: whole && of === pictures[at] }) });
}

/* The picture before, for an arrow that follows the way from there. */
function before(of, change = {}) {
  return of.scene.marks?.follow || change.what === "follow" ? pictures.slice(0, pictures.indexOf(of)).findLast((each) => each.scene)?.scene : undefined;
}

function refresh({ fields: whole = false } = {}) {
  ask({ do: "show" }, { key: "show", whole, quiet: true });
}

function arrived(answer, { change, about }) {
  if (answer.wrong) {
    say(answer.wrong, true);
    if (about.of === pictures[at]) showValues(answer.values || {});
    return;
  }
  const { of } = about;
  const earlier = of.scene;
  const followed = of.alt === "" || of.alt === of.proposed;
  of.scene = answer.scene;
  of.image = `data:image/svg+xml,${encodeURIComponent(answer.svg)}`;
  of.proposed = answer.alt;
  if (followed) of.alt = answer.alt;
  const number = pictures.indexOf(of);
  if (number < 0) return;
  showPicture(number);
  if (number === at) {
    handles = answer.handles;
    showHandles(answer.values);
    if (answer.fields) swapFields(answer.fields);
    else showValues(answer.values);
    if (!about.quiet) say(answer.said, Boolean(answer.said), about.key);
  }
  if (change.do !== "show" && JSON.stringify(earlier) !== JSON.stringify(of.scene)) {
    touched();
    if (!about.follows) together(change, earlier, of);
  }
}

/* All pictures of an exercise share one scale, one viewpoint and one side. */
function together(change, earlier, of) {
  const frame = of.scene.frame;
  const turned = [earlier.facing, of.scene.facing].sort().join() === "left,right";
  for (const other of pictures) {
    if (other === of || !other.scene) continue;
    const follow = (next) => preview.ask(next, { key: "", of: other, quiet: true, follows: true, sent: () => ({ slug: form.dataset.slug, scene: other.scene, before: before(other) }) });
    if (other.scene.view !== of.scene.view) follow({ do: "view", view: of.scene.view });
    else if (turned && other.scene.facing === earlier.facing) follow({ do: "face", facing: of.scene.facing });
    if (JSON.stringify(other.scene.frame) !== JSON.stringify(frame)) follow({ do: "frame", shape: frame.width > frame.height ? "wide" : "tall", width: frame.width, x: frame.x, y: frame.y });
    const acting = of.scene.acting_side;
    if (change.name === "acting_side" && acting !== "none" && ![acting, "none"].includes(other.scene.acting_side)) follow({ do: "choose", name: "acting_side", value: acting });
  }
}

/* What is not saved: the page asks before it is left (staff.js listens to the form). */
function touched() {
  moveAgain();
  form.dispatchEvent(new Event("input", { bubbles: true }));
  if (saved) saved.textContent = "Not saved yet";
}

function say(text, wrong = false, key = "") {
  said.classList.toggle("is-wrong", wrong);
  const handle = key && handles.find((each) => each.name === key);
  const words = text || (handle && tip(handle)) || "";
  if (said.textContent !== words) said.textContent = words;
}

/* --- Showing ------------------------------------------------------------------------------------------------------ */

function showPicture(number) {
  const { image, caption, scene, alt, proposed } = pictures[number];
  field(number, "scene").value = scene ? JSON.stringify(scene) : "";
  if (field(number, "alt").value !== alt) field(number, "alt").value = alt;
  field(number, "alt").placeholder = proposed ?? "";
  for (const each of [tabs[number], prints[number]]) each.querySelector("img").src = image;
  prints[number].querySelector("figcaption span").textContent = caption;
  if (number === at) {
    picture.src = image;
    picture.alt = alt || proposed || "";
    const tall = Boolean(scene) && scene.frame.height > scene.frame.width;
    stage.classList.toggle("is-tall", tall);
    document.getElementById("pose-card").classList.toggle("is-tall", tall);
  }
}

/* Everything that follows from the state, apart from handles and fields, which the server tells. */
function show() {
  at = Math.min(at, pictures.length - 1);
  form.elements.at.value = at;
  panels.forEach((panel, number) => {
    const there = number < pictures.length;
    panel.disabled = !there;
    panel.hidden = number !== at;
    tabs[number].hidden = prints[number].hidden = !there;
    if (number === at) tabs[number].setAttribute("aria-current", "true");
    else tabs[number].removeAttribute("aria-current");
    if (!there) return;
    field(number, "was").value = pictures[number].was;
    field(number, "caption").value = pictures[number].caption;
    showPicture(number);
  });
  document.getElementById("pose-copy").disabled = pictures.length === panels.length;
  document.getElementById("pose-drop").disabled = pictures.length === 1;
  if (!pictures[at].scene) {
    handles = [];
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

function tip(handle) {
  const value = handle.changes.length === 1 && handle.value !== undefined ? handle.value : null;
  if (value === null) return handle.label;
  return `${handle.label}: ${Math.round(value)}${handle.turns ? " degrees" : ""}`;
}

/* A handle keeps its button as long as it is there, so that the focus stays on it. */
function showHandles(values) {
  const { scene } = pictures[at];
  const known = new Map([...overlay.children].map((each) => [each.dataset.name, each]));
  for (const handle of handles) {
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

function showValues(values) {
  for (const input of fields.querySelectorAll("input[data-name]")) {
    const value = values[input.dataset.name];
    if (value === undefined || input === document.activeElement && input.type === "number") continue;
    if (preview.waitingFor(input.dataset.name) !== undefined) continue; // moved again meanwhile
    const text = String(Math.round(value * 10) / 10);
    if (input !== document.activeElement || Math.abs(Number(input.value) - value) > 0.05) input.value = text;
  }
}

function swapFields(html) {
  const focused = document.activeElement?.id;
  const closed = new Set([...fields.querySelectorAll("details:not([open])")].map((each) => each.id));
  const open = new Set([...fields.querySelectorAll("details[open]")].map((each) => each.id));
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const each of parsed.querySelectorAll("details")) if (closed.has(each.id) || open.has(each.id)) each.open = open.has(each.id);
  fields.replaceChildren(...parsed.body.childNodes);
  if (focused && !document.activeElement?.id) document.getElementById(focused)?.focus();
}

/* --- Moving ------------------------------------------------------------------------------------------------------- */

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
    const frame = pictures[at].scene.frame;
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
  const handle = handles.find((each) => each.name === event.target.dataset.name);
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

/* --- Fields ------------------------------------------------------------------------------------------------------- */

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

panels.forEach((panel, number) => {
  panel.addEventListener("input", () => {
    history.keep(`words ${number}`);
    pictures[number].caption = field(number, "caption").value;
    pictures[number].alt = field(number, "alt").value;
    prints[number].querySelector("figcaption span").textContent = pictures[number].caption;
  });
  /* A picture always has a description: an emptied one is filled from the pose again. */
  field(number, "alt").addEventListener("change", () => {
    if (field(number, "alt").value.trim() || !pictures[number].proposed) return;
    pictures[number].alt = field(number, "alt").value = pictures[number].proposed;
  });
});

/* --- Pictures ----------------------------------------------------------------------------------------------------- */

tabs.forEach((tab, number) => {
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    at = number;
    overlay.replaceChildren();
    show();
    refresh({ fields: true });
  });
});

function changePictures(change) {
  history.keep();
  preview.forget();
  change();
  overlay.replaceChildren();
  show();
  touched();
  refresh({ fields: true });
}

document.getElementById("pose-copy").addEventListener("click", (event) => {
  event.preventDefault();
  if (pictures.length === panels.length) return;
  changePictures(() => {
    const copy = structuredClone(pictures[at]);
    pictures.splice(at + 1, 0, { ...copy, was: "", caption: "" });
    at += 1;
  });
});

document.getElementById("pose-drop").addEventListener("click", (event) => {
  event.preventDefault();
  if (pictures.length > 1) changePictures(() => pictures.splice(at, 1));
});

document.getElementById("pose-start").addEventListener("click", async (event) => {
  event.preventDefault();
  const name = form.elements.start_from.value.trim();
  let answer;
  try {
    answer = await (await fetch(`${form.dataset.start}?name=${encodeURIComponent(name)}`, { headers: { "HX-Request": "true" } })).json();
  } catch {
    answer = { wrong: "No connection. What you drew is kept." };
  }
  if (answer.wrong) {
    say(answer.wrong, true);
    form.elements.start_from.focus();
    return;
  }
  changePictures(() => {
    const was = pictures.map((each) => each.was);
    pictures = answer.pictures.map((each, number) => ({ ...each, was: was[number] ?? "", proposed: each.alt, image: tabs[0].querySelector("img").src }));
    at = 0;
  });
  for (const other of pictures.slice(1)) ask({ do: "show" }, { of: other, quiet: true });
});

/* Key presses on one thing are one step until another thing is reached. */
form.addEventListener("focusout", (event) => {
  if (event.relatedTarget) history.settle();
});

/* --- Undo, grey, and leaving --------------------------------------------------------------------------------------- */

undo.hidden = redo.hidden = false;
/* What was pressed before is drawn first, or Redo would not bring it back; a lost connection holds nobody up. */
async function stepBack(go) {
  const end = Date.now() + 1000;
  while (preview.isBusy && Date.now() < end) await new Promise((resolve) => window.setTimeout(resolve, 20));
  go();
}

undo.addEventListener("click", () => stepBack(() => history.undo()));
redo.addEventListener("click", () => stepBack(() => history.redo()));
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const again = key === "y" || (key === "z" && event.shiftKey);
  if (!again && key !== "z") return;
  /* In a text that is being typed the browser's own undo is meant. */
  if (event.target.matches("textarea, input:not([type]), input[type=text], input[type=search]")) return;
  event.preventDefault();
  stepBack(() => (again ? history.redo() : history.undo()));
});

const grey = document.getElementById("pose-grey");
grey.hidden = false;
grey.addEventListener("click", () => {
  const on = document.getElementById("pose-card").classList.toggle("is-grey");
  grey.setAttribute("aria-pressed", String(on));
});

/* As it moves on screen: asked for when it is wanted, and again when a pose has changed meanwhile. */
const play = document.getElementById("pose-play");
const moving = document.getElementById("pose-moving");
play.hidden = false;

async function showMoving() {
  const scenes = pictures.map((each) => each.scene).filter(Boolean);
  let answer;
  try {
    answer = await (
      await fetch(form.dataset.moving, {
        method: "POST",
        headers: { "Content-Type": "application/json", "HX-Request": "true", "X-CSRFToken": form.elements.csrf_token.value },
        body: JSON.stringify({ slug: form.dataset.slug, scenes, timing: JSON.parse(form.dataset.timing) }),
      })
    ).json();
  } catch {
    answer = { wrong: "The movement could not be shown. Please try again." };
  }
  if (play.getAttribute("aria-pressed") !== "true") return;
  if (answer.wrong) {
    say(answer.wrong, true);
    return;
  }
  const image = document.createElement("img");
  image.alt = "The pictures as they move";
  image.src = `data:image/svg+xml,${encodeURIComponent(answer.svg)}`;
  moving.replaceChildren(image);
  moving.hidden = false;
}

let later = 0;

function moveAgain() {
  if (play.getAttribute("aria-pressed") !== "true") return;
  window.clearTimeout(later);
  later = window.setTimeout(showMoving, 600);
}

play.addEventListener("click", () => {
  const on = play.getAttribute("aria-pressed") !== "true";
  play.setAttribute("aria-pressed", String(on));
  play.querySelector("span").textContent = on ? "Stop" : "Move";
  play.querySelector("i").className = `bi bi-${on ? "stop" : "play"}-fill`;
  if (on) showMoving();
  else {
    moving.hidden = true;
    moving.replaceChildren();
  }
});

/* The form is sent only when the last change was drawn: what is saved is what is seen. */
let asked = null; // the button that waits for it

form.addEventListener("submit", (event) => {
  if (!preview.isBusy) return;
  event.preventDefault();
  asked = event.submitter;
});

function sendWhatWaits() {
  if (!asked || preview.isBusy) return;
  const button = asked;
  asked = null;
  form.requestSubmit(button);
}

show();
refresh();
