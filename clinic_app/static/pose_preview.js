/* Asking the server for a pose after a change: one request at a time, the newest of the same kind wins, and what could
   not be asked waits until the connection or the sign-in is back. */
const AGAIN = 2000; // milliseconds until a lost connection is tried again

export class Preview {
  /* `told` is called with the answer and the change; `state` with "busy", "idle", "offline" or "refused". */
  constructor(address, token, told, state) {
    Object.assign(this, { address, token, told, state });
    this.waiting = [];
    this.busy = false;
    this.era = 0; // an answer to a question of an earlier era is not used
    document.addEventListener("signed-in", () => this.next());
  }

  /* `about.sent` is asked only when it is sent, so that a change always begins from the newest pose. Of questions with
     the same `about.key` that wait, the newest is asked. */
  ask(change, about) {
    const last = this.waiting.at(-1);
    const question = { change, about, era: this.era };
    if (last && about.key && last.about.key === about.key) this.waiting[this.waiting.length - 1] = question;
    else this.waiting.push(question);
    this.next();
  }

  forget() {
    this.era += 1;
    this.waiting = [];
  }

  /* The newer value of a number that waits to be asked, if there is one: an answer to an older one does not undo it. */
  waitingFor(name) {
    return this.waiting.findLast((each) => each.change.do === "set" && each.change.name === name)?.change.value;
  }

  get isBusy() {
    return this.busy || this.waiting.length > 0;
  }

  async next() {
    if (this.busy || !this.waiting.length) return;
    const question = this.waiting.shift();
    this.busy = true;
    this.state("busy");
    let again = 0;
    try {
      again = await this.send(question);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.waiting.unshift(question);
      this.state("offline");
      again = AGAIN;
    } finally {
      this.busy = false;
    }
    if (again) window.setTimeout(() => this.next(), again);
    else if (again === 0 && this.waiting.length) this.next();
    else if (again === 0) this.state("idle");
  }

  /* Milliseconds to wait before the next question; null if only a new sign-in helps. */
  async send(question) {
    const answer = await fetch(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "HX-Request": "true", "X-CSRFToken": this.token() },
      body: JSON.stringify({ ...question.about.sent(), change: question.change }),
    });
    if (answer.status === 401 || answer.status === 400) {
      this.waiting.unshift(question);
      this.state("refused");
      document.dispatchEvent(new CustomEvent("htmx:responseError", { detail: { xhr: { status: 401 } } }));
      return null;
    }
    if (question.era !== this.era) return 0;
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : { wrong: "This could not be drawn. Please try again." };
    if (question.era === this.era) this.told(said, question);
    return 0;
  }
}
