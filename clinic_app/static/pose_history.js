/* Steps that can be undone: whole states as text, so that nothing of a step can be forgotten. */
const MOST = 200;
const ONE_STEP = 700; // milliseconds in which key presses on the same thing count as one

export class History {
  constructor(read, write, changed) {
    Object.assign(this, { read, write, changed });
    this.past = [];
    this.future = [];
    this.last = { key: "", at: 0 };
  }

  /* Before a change: remember what stands now. The same `key` shortly after is the same step. */
  keep(key = "") {
    const now = performance.now();
    const same = key && key === this.last.key && now - this.last.at < ONE_STEP;
    this.last = { key, at: now };
    if (same) return;
    const state = this.read();
    if (this.past.at(-1) === state) return;
    this.past = [...this.past, state].slice(-MOST);
    this.future = [];
    this.changed();
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
    this.last = { key: "", at: 0 };
    this.write(state);
    this.changed();
  }
}
