/* Steps that can be undone: whole states as text, so that nothing of a step can be forgotten. */
const MOST = 200;

export class History {
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
