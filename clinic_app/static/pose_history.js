/* Undo and redo in the pose editor, by button and by key: whole states as text, so that nothing of a step can be
   forgotten. */
import { preview, refresh } from "./pose_asking.js";
import { show } from "./pose_showing.js";
import { drawing, form, say } from "./pose_state.js";

const MOST = 200;

class History {
  constructor(read, write, changed) {
    Object.assign(this, { read, write, changed });
    this.past = [];
    this.future = [];
    this.last = "";
  }

  /* Before a change: remember what stands now. The same `key` again is the same step, until it has settled. */
  keep(key = "") {
    const same = key && key === this.last;
    this.last = key;
    if (same) return;
    const state = this.read();
    if (this.past.at(-1) === state) return;
    this.past = [...this.past, state].slice(-MOST);
    this.future = [];
    this.changed();
  }

  settle() {
    this.last = "";
  }

  undo() {
    this.go(this.past, this.future);
  }

  redo() {
    this.go(this.future, this.past);
  }

  go(from, to) {
    const now = this.read();
    let state = from.pop();
    while (state === now && from.length) state = from.pop(); // a step that changed nothing
    if (state === undefined) return;
    if (state !== now) to.push(now);
    this.settle();
    this.write(state);
    this.changed();
  }
}

const undo = document.getElementById("pose-undo");
const redo = document.getElementById("pose-redo");

/* The state as text, and back. */
export const history = new History(
  () => JSON.stringify({ at: drawing.at, pictures: drawing.pictures }),
  (text) => {
    Object.assign(drawing, JSON.parse(text));
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

/* Key presses on one thing are one step until another thing is reached. */
form.addEventListener("focusout", (event) => {
  if (event.relatedTarget) history.settle();
});

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
