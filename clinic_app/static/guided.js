/* The guided session: where the patient is, and the clock. Seconds are differences of performance.now(), never counted
   ticks, so a slow tab loses none. Kept in this tab: numbers of places, no names. */
import { hideEnd, showEnd, write } from "./guided_end.js";
import { beginning, keep as keepPlace, kept } from "./guided_place.js";
import { after, end, endOf, exercisesOf, mayEnd, noEnds } from "./guided_plan.js";
import { orderOf, paint, words } from "./guided_screen.js";
import { setUpSettings } from "./guided_settings.js";
import { signal, speak, stayAwake, unlock } from "./guided_sound.js";

const TICK = 100; // milliseconds
const ASLEEP = 70_000; // milliseconds without a tick: browsers wake a hidden page once a minute, so the phone slept
const LAST = 3; // seconds that are ticked before a count ends
const part = (name) => document.getElementById(`guided-${name}`);
const root = document.getElementById("guided");
const KEY = `guided-${root.dataset.planId}`;
const exercises = exercisesOf(part("list"));

let place = kept(KEY, exercises) ?? beginning();
let since = null; // performance.now() at which the clock was started; null while it stands
let lastTick = performance.now();
let lastSecond = -1;
let toldToStop = false; // whether the mark of this range was told
let said = "";
let motion = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function keep() {
  keepPlace(KEY, place, spentNow());
}

const spentNow = () => place.spent + (since === null ? 0 : performance.now() - since);
const isOver = () => place.number >= exercises.length;

function moment() {
  const exercise = exercises[place.number];
  const step = exercise.steps[place.at];
  const waits = step.upper === 0;
  return {
    exercises, exercise, step, waits, motion,
    number: place.number, at: place.at, ends: place.ends, notice: place.notice,
    elapsed: waits ? 0 : spentNow() / 1000,
    runs: since !== null,
    following: exercises[place.number + 1],
  };
}

/* One sentence for the voice and for screen readers; the same words stand on the screen. */
function tell(text) {
  const status = part("said");
  // The same words again are read again.
  status.textContent = status.textContent === text ? `${text}\u00a0` : text;
  speak(text);
}

function tellStep() {
  const now = moment();
  const side = now.exercise.sides[now.step.side];
  const what = [orderOf(now)];
  if (now.step.kind === "next") what.unshift(`${now.exercise.name}.`);
  if (side && side !== said) what.push(`${/[.!]$/.test(what.at(-1)) ? "" : ". "}${side}`.trimStart());
  said = now.step.kind === "next" ? "" : side;
  tell(what.join(" ").replace(" .", "."));
}

function enter(at, spent) {
  place.at = at;
  place.spent = spent;
  place.notice = "";
  lastSecond = -1;
  toldToStop = false;
  since = since !== null && moment().step.upper ? performance.now() : null;
  keep();
}

/* The step is over, `over` milliseconds ago; `seconds` were counted. */
function goOn(seconds, over = 0) {
  const { exercise, step } = moment();
  root.dispatchEvent(new CustomEvent("counted", { bubbles: true, detail: { ...step, seconds, exercise: place.number } }));
  const next = after(exercise, place.at, place.ends);
  if (next < exercise.steps.length) return enter(next, over);
  if (!place.finished.includes(place.number)) place.finished.push(place.number);
  return open(place.number + 1);
}

function open(number) {
  window.scrollTo(0, 0);
  since = null;
  place = { ...place, number, at: 0, spent: 0, ends: noEnds(), notice: "" };
  if (isOver()) finish();
  else enter(0, 0);
}

function tick() {
  const now = performance.now();
  const gap = now - lastTick;
  if (since !== null && gap > ASLEEP) {
    place.spent += Math.max(lastTick - since, 0);
    since = null;
    place.notice = words.asleep;
    stayAwake(false);
    tell(words.asleep);
  }
  lastTick = now;
  if (isOver()) return;
  const before = `${place.number}.${place.at}`;
  while (since !== null && !isOver()) {
    const seconds = endOf(moment().step, place.ends);
    const over = spentNow() - seconds * 1000;
    if (over < 0) break;
    goOn(seconds, over);
  }
  if (isOver()) return;
  if (before !== `${place.number}.${place.at}`) arrive();
  signals();
  paint(moment());
}

function arrive() {
  const { step } = moment();
  signal(["hold", "there", "move", "go"].includes(step.kind) ? "start" : "end");
  if (since === null) stayAwake(false);
  tellStep();
}

/* The mark of a range, and the last seconds of a count. */
function signals() {
  const now = moment();
  if (since === null) return;
  if (!toldToStop && mayEnd(now.exercise, now.at, now.elapsed, now.ends)) {
    toldToStop = true;
    const ranges = ["hold", "go"].includes(now.step.kind);
    const begins = now.exercise.steps[now.at - 1]?.number !== now.step.number;
    if (ranges || begins) {
      signal("mark");
      tell(now.step.number ? words.may_stop : words.may_stop_round);
    }
  }
  const left = Math.ceil(endOf(now.step, now.ends) - now.elapsed);
  if (left !== lastSecond && left <= LAST && left > 0 && now.step.upper > LAST) signal("tick");
  lastSecond = left;
}

function run() {
  unlock();
  place.notice = "";
  since = performance.now();
  lastTick = since;
  stayAwake(true);
}

function stand(notice) {
  if (since !== null) {
    place.spent = spentNow();
    since = null;
  }
  place.notice = notice;
  stayAwake(false);
  keep();
}

function pressMain() {
  const now = moment();
  if (now.waits) {
    window.scrollTo(0, 0);
    run();
    goOn(0);
    if (!isOver()) arrive();
  } else if (now.runs) {
    stand(words.paused);
    tell(words.paused);
  } else {
    run();
    tellStep();
  }
  if (!isOver()) paint(moment());
}

function pressEnough() {
  const now = moment();
  if (end(now.exercise, now.at, now.elapsed, now.ends)) {
    const ranges = ["hold", "go"].includes(now.step.kind);
    goOn(ranges ? now.elapsed : 0);
    if (!isOver()) arrive();
  } else {
    tell(words.last_one);
    place.notice = since === null ? place.notice : "";
  }
  keep();
  if (!isOver()) paint(moment());
}

/* Another exercise, or the same one from its beginning. */
function jump(number, at = 0) {
  open(number);
  if (isOver()) return;
  if (at) {
    run();
    enter(at, 0);
  }
  arrive();
  paint(moment());
}

function finish() {
  since = null;
  stayAwake(false);
  keep();
  showEnd(place.finished, exercises);
}

function onPress(name, action) {
  part(name).addEventListener("click", action);
}

function setUpStop() {
  const dialog = part("dialog");
  let ran = false;
  onPress("stop", () => {
    ran = since !== null;
    stand(moment().waits ? "" : words.paused);
    speak("");
    paint(moment());
    dialog.showModal();
  });
  onPress("break", () => dialog.close());
  onPress("finish", () => {
    dialog.close();
    place.number = exercises.length;
    finish();
  });
  onPress("go-on", () => {
    dialog.close();
    if (ran) pressMain();
  });
}

function start() {
  document.body.classList.add("is-guided");
  part("list").hidden = true;
  root.hidden = false;
  onPress("main", pressMain);
  onPress("enough", pressEnough);
  onPress("back", () => jump(Math.max(place.number - 1, 0)));
  onPress("again", () => jump(place.number, 1));
  onPress("skip", () => jump(place.number + 1));
  onPress("all", () => write(exercises));
  onPress("some", () => write(place.finished.map((number) => exercises[number])));
  onPress("once-more", () => {
    place = beginning();
    hideEnd();
    enter(0, 0);
    paint(moment());
    part("main").focus();
  });
  setUpSettings(() => {
    motion = !motion;
    paint(moment());
  });
  setUpStop();
  window.addEventListener("pagehide", () => { if (!isOver()) keep(); });
  if (place.at > 0 && !isOver()) place.notice = words.here_before;
  if (isOver()) finish();
  else paint(moment());
  window.setInterval(tick, TICK);
}

if (exercises.length) start();
