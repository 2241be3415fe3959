/* Ticks and the diary's form, written at once and kept on the phone until the clinic has them. Without this file they
   are plain forms. */
"use strict";

(() => {
  const about = document.getElementById("diary");
  if (!about) return;
  const queue = self.diaryQueue;
  const offline = self.diaryOffline;
  const page = about.dataset.page;
  const turns = JSON.parse(about.dataset.turns);
  const SAYS = { done: "Done", partly: "Partly", not_today: "Not today" };
  const AGAIN = 60_000;

  /* Today and the hour where the clinic is: a kept page may be from yesterday. */
  function clock() {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: about.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date());
    const at = (type) => parts.find((each) => each.type === type).value;
    return { day: `${at("year")}-${at("month")}-${at("day")}`, hour: Number(at("hour")) };
  }

  function present() {
    const { day, hour } = clock();
    if (turns.begins.length) return { day, turn: 1 + turns.begins.filter((begin) => hour >= begin).length };
    return { day, turn: day === about.dataset.day ? Number(about.dataset.turn) : 1 };
  }

  /* ---- Ticks ---- */
  const ticks = () => [...document.querySelectorAll("[data-tick]")];
  const moreOf = (tick) => tick.parentElement.querySelector(".tick-more");

  function show(tick, done) {
    tick.dataset.done = done;
    const box = tick.querySelector(".tick-box");
    box.setAttribute("aria-pressed", String(done === "done"));
    box.value = done === "done" ? "" : "done";
    const says = moreOf(tick)?.querySelector("[data-says]");
    if (says) says.textContent = SAYS[done] || "More";
  }

  function countProgress() {
    const words = document.querySelector("#progress h2");
    if (!words) return;
    const { turn } = present();
    const counted = ticks().filter((tick) => !tick.hidden && (tick.dataset.done || Number(tick.dataset.least) >= turn));
    const is = (done) => counted.filter((tick) => tick.dataset.done === done).length;
    const part = turns.parts[turn - 1] || about.dataset.part;
    words.textContent = `${part}: ${is("done")} of ${counted.length} done`;
    const bars = counted.map((_, at) => {
      const bar = document.createElement("i");
      if (at < is("done")) bar.className = "is-done";
      else if (at < is("done") + is("partly")) bar.className = "is-partly";
      return bar;
    });
    document.querySelector("#progress .bars").replaceChildren(...bars);
  }

  /* A page kept since this morning or yesterday: nothing is ticked for the present turn yet. */
  function setTurn() {
    const now = present();
    for (const tick of ticks()) {
      const fields = [tick, moreOf(tick)?.querySelector("form")].filter(Boolean);
      const isOther = tick.elements.day.value !== now.day || Number(tick.elements.turn.value) !== now.turn;
      if (!isOther) continue;
      for (const each of fields) [each.elements.day.value, each.elements.turn.value] = [now.day, now.turn];
      show(tick, "");
      tick.hidden = now.turn > Number(tick.dataset.most);
      if (moreOf(tick)) moreOf(tick).hidden = tick.hidden;
    }
  }

  /* ---- The diary's form ---- */
  const form = document.getElementById("diary-form");
  const lines = () => [...(form?.querySelectorAll("[data-line]") || [])];
  const line = (each, name) => each.querySelector(`[name="${name}"]`);
  const number = (text) => (text.trim() === "" ? null : /^\d+$/.test(text.trim()) ? Number(text) : text);

  function changedLines(written_at) {
    return lines()
      .filter((each) => `${line(each, "done").value}:${line(each, "reps").value.trim()}` !== line(each, "was").value)
      .map((each) => ({
        day: form.elements.day.value,
        exercise: each.dataset.exercise,
        turn: Number(each.dataset.turn),
        done: line(each, "done").value,
        reps: number(line(each, "reps").value),
        written_at,
      }));
  }

  function feeling(written_at) {
    const { day, pain_before: before, pain_after: after, worse, note } = form.elements;
    const said = { pain_before: number(before.value), pain_after: number(after.value), worse: worse.value === "yes", note: note.value };
    const empty = said.pain_before === null && said.pain_after === null && !said.worse && !said.note.trim();
    return empty && form.elements.feeling.value === "new" ? [] : [{ day: day.value, ...said, written_at }];
  }

  function showFeeling(item) {
    for (const name of ["pain_before", "pain_after"]) form.elements[name].value = item[name] ?? "";
    form.elements.worse.value = item.worse ? "yes" : "no";
    form.elements.note.value = item.note;
    form.elements.feeling.value = "known";
  }

  /* The advice of the edition, before anything is sent: it must not wait for a connection. */
  function advise(why) {
    const advice = document.getElementById("advice");
    if (!advice?.dataset.threshold) {
      window.location.assign(`/p/${page}/help?why=${why}`);
      return;
    }
    document.getElementById("advice-why").textContent =
      why === "pain" ? "You wrote down strong pain." : "You wrote that it is worse for many days.";
    advice.hidden = false;
    advice.focus();
    advice.scrollIntoView();
  }

  function isStrong(item) {
    const threshold = Number(document.getElementById("advice").dataset.threshold);
    return [item.pain_before, item.pain_after].some((pain) => pain !== null && pain >= threshold);
  }

  /* ---- What waits ---- */
  const waiting = document.createElement("div");
  waiting.className = "diary-waiting";
  waiting.setAttribute("role", "status");
  document.getElementById("main").before(waiting);

  function words(count) {
    return count === 1 ? "1 entry waits for a connection." : `${count} entries wait for a connection.`;
  }

  function button(text, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, className: "button is-quiet is-small" });
    made.addEventListener("click", act);
    return made;
  }

  function paragraph(text) {
    return Object.assign(document.createElement("p"), { textContent: text });
  }

  async function tellWaiting(outcomes = []) {
    const items = await queue.list();
    const left = items.filter((each) => each.state === "waiting" && each.page === page);
    const refused = items.filter((each) => each.state === "refused" && each.page === page);
    const closed = outcomes.some((each) => each.page === page && each.outcome === "closed");
    const parts = left.length ? [paragraph(words(left.length))] : [];
    if (left.length && closed) parts.push(paragraph("Open your page again with your sheet, so that they are sent."));
    for (const each of refused) parts.push(paragraph(`Not kept, ${each.item.day}: ${each.reason}`));
    if (refused.length) {
      parts.push(button("I have read this", () => queue.drop(refused.map((each) => each.id)).then(() => tellWaiting())));
    }
    waiting.replaceChildren(...parts);
  }

  async function overlay() {
    const items = (await queue.list()).filter((each) => each.page === page && each.state !== "refused");
    for (const { kind, item } of items) {
      if (kind === "days" && form && item.day === form.dataset.day) showFeeling(item);
      if (kind !== "entries") continue;
      for (const tick of ticks()) {
        const at = tick.elements;
        if (at.exercise.value === item.exercise && at.day.value === item.day && Number(at.turn.value) === item.turn) show(tick, item.done);
      }
      for (const each of lines()) {
        if (each.dataset.exercise !== item.exercise || Number(each.dataset.turn) !== item.turn || form.dataset.day !== item.day) continue;
        line(each, "done").value = item.done;
        if (item.reps !== undefined) line(each, "reps").value = item.reps ?? "";
        line(each, "was").value = `${item.done}:${line(each, "reps").value}`;
      }
    }
    countProgress();
  }

  /* Read the copies again, then forget what they show by now. */
  async function settled() {
    const sent = (await queue.list()).filter((each) => each.state === "sent" && each.page === page);
    if (sent.length && (await offline.refresh())) await queue.drop(sent.map((each) => each.id));
  }

  let retry;
  async function send() {
    window.clearTimeout(retry);
    const outcomes = await queue.send();
    await tellWaiting(outcomes);
    if (outcomes.some((each) => each.outcome === "later")) {
      retry = window.setTimeout(send, AGAIN);
      offline.askForSync?.().catch(() => undefined);
    }
    const why = outcomes.find((each) => each.page === page && ["pain", "worse"].includes(each.outcome))?.outcome;
    if (why && form && document.getElementById("advice").hidden) advise(why);
    settled().catch(() => undefined);
    return outcomes;
  }

  function noRoom() {
    waiting.replaceChildren(paragraph("Your phone has no room for this. It was not kept. Please write it on your sheet."));
  }

  /* Safely on the phone first, then to the clinic. Where a phone keeps nothing, at least to the clinic. */
  async function keep(kind, items) {
    try {
      for (const item of items) await queue.add(page, kind, item);
    } catch {
      const body = JSON.stringify({ entries: [], days: [], [kind]: items });
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`/p/${page}/diary`, { method: "POST", headers, body }).catch(() => undefined);
      const said = answer?.ok ? await answer.json() : { [kind]: [] };
      const all = said[kind].length === items.length && said[kind].every((each) => each.kept);
      if (!all) noRoom();
      return all;
    }
    return true;
  }

  async function keepTick(item) {
    const kept = await keep("entries", [item]);
    if (kept) send().catch(() => undefined);
    return kept;
  }

  function tickItem(fields, done) {
    const item = {
      day: fields.day.value, exercise: fields.exercise.value, turn: Number(fields.turn.value), done, written_at: new Date().toISOString(),
    };
    const reps = fields.reps?.value ?? "";
    return reps.trim() ? { ...item, reps: number(reps) } : item;
  }

  document.addEventListener("submit", async (event) => {
    const sender = event.target;
    const isTick = sender.matches("[data-tick]");
    if (!isTick && !sender.matches("[data-choices]")) return;
    event.preventDefault();
    setTurn();
    const tick = isTick ? sender : sender.closest(".tick-more").parentElement.querySelector("[data-tick]");
    const before = tick.dataset.done;
    const item = tickItem(sender.elements, event.submitter?.value ?? "done");
    show(tick, item.done);
    countProgress();
    if (!isTick) {
      const more = sender.closest("details");
      more.open = false;
      more.querySelector("summary").focus();
    }
    if (!(await keepTick(item))) {
      show(tick, before);
      countProgress();
    }
  });

  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const written_at = new Date().toISOString();
    const [entries, days] = [changedLines(written_at), feeling(written_at)];
    const said = document.getElementById("diary-kept");
    said.hidden = true;
    document.getElementById("wrong")?.remove();
    const all = (await keep("entries", entries)) && (await keep("days", days));
    if (!all) return;
    await overlay();
    const strong = days.some(isStrong);
    if (strong) advise("pain");
    said.hidden = false;
    if (!strong) said.scrollIntoView({ block: "center" });
    send().catch(() => undefined);
  });

  /* "Close on this phone": what waits would be lost with it. */
  document.querySelectorAll(`form[action="/p/${page}/close"]`).forEach((closing) => {
    closing.addEventListener("submit", async (event) => {
      event.preventDefault();
      await queue.send().catch(() => undefined);
      // Another programme may be open on the same phone; what is its own stays.
      const items = (await queue.list().catch(() => [])).filter((each) => each.page === page);
      const left = items.filter((each) => each.state === "waiting");
      const close = async () => {
        await queue.drop(items.map((each) => each.id)).catch(() => undefined);
        await offline.empty?.().catch(() => undefined);
        closing.submit();
      };
      if (!left.length) {
        await close();
        return;
      }
      const stay = document.createElement("div");
      stay.className = "notice is-wrong";
      stay.setAttribute("role", "alert");
      stay.append(paragraph(words(left.length)), paragraph("If you close now, the clinic never gets them."));
      stay.append(button("Close all the same", close), button("Wait", () => stay.remove()));
      closing.querySelector(".notice")?.remove();
      closing.append(stay);
    });
  });

  /* One choice at a time is open. */
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".tick-more[open]").forEach((more) => {
      if (!more.contains(event.target)) more.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    const more = event.key === "Escape" && document.querySelector(".tick-more[open]");
    if (!more) return;
    more.open = false;
    more.querySelector("summary").focus();
  });

  window.addEventListener("online", () => send().catch(() => undefined));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    setTurn();
    overlay().then(send).catch(() => undefined);
  });
  setTurn();
  overlay().then(send).catch(() => undefined);

  /* For the guided session: one exercise of the present turn. Resolves to whether it is kept. */
  window.diary = {
    done: (exercise, turn, done = "done") => {
      const now = present();
      return keepTick({ day: now.day, exercise, turn: turn || now.turn, done, written_at: new Date().toISOString() });
    },
  };
})();
