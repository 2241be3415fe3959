/* Where the patient is in the session, and what takes them on: the time, or a press. Kept in this tab: numbers of places,
   no names. */
import * as clock from "./guided_clock.js";
import { hideEnd, showEnd } from "./guided_end.js";
import { beginning, keep as keepPlace, kept } from "./guided_place.js";
import { after, end, endOf, exercisesOf, noEnds } from "./guided_plan.js";
import { paint, words } from "./guided_screen.js";
import { settings, speak, stayAwake, unlock } from "./guided_sound.js";
import { tell, tellBeginning, tellStep, tellTime } from "./guided_told.js";

const TICK = 100; // milliseconds
const RANGES = new Set(["hold", "go"]);
const root = document.getElementById("guided");
const KEY = `guided-${root.dataset.planId}`;

export const exercises = exercisesOf(document.getElementById("guided-list"));
let place = kept(KEY, exercises) ?? beginning();

const isOver = () => place.number >= exercises.length;
const spot = () => `${place.number}.${place.at}`;
const keep = () => keepPlace(KEY, place, clock.spent());

export const finished = () => place.finished.map((number) => exercises[number]);

function moment() {
  const exercise = exercises[place.number];
  const step = exercise.steps[place.at];
  const waits = step.upper === 0;
  return {
    exercises, exercise, step, waits,
    motion: settings.motion,
    number: place.number, at: place.at, ends: place.ends, notice: place.notice,
    elapsed: waits ? 0 : clock.spent() / 1000,
    runs: clock.runs(),
    following: exercises[place.number + 1],
  };
}

export function repaint() {
  if (!isOver()) paint(moment());
}

function run() {
  unlock();
  place.notice = "";
  clock.start();
  stayAwake(true);
}

function stand(notice) {
  clock.stop();
  place.notice = notice;
  stayAwake(false);
  keep();
}

function arrive() {
  if (isOver()) return;
  if (!clock.runs()) stayAwake(false);
  tellBeginning(moment());
}

function enter(at, spent) {
  place.at = at;
  place.notice = "";
  clock.set(spent, moment().step.upper > 0);
  keep();
}

function open(number) {
  window.scrollTo(0, 0);
  clock.set(0, false);
  place = { ...place, number, at: 0, ends: noEnds(), notice: "" };
  if (isOver()) finish();
  else enter(0, 0);
}

export function finish() {
  place.number = exercises.length;
  clock.set(0, false);
  stayAwake(false);
  keep();
  showEnd(place.finished, exercises);
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

function tick() {
  const slept = clock.slept();
  if (isOver()) return;
  if (slept) {
    stand(words.asleep);
    tell(words.asleep);
  }
  const before = spot();
  while (clock.runs() && !isOver()) {
    const seconds = endOf(moment().step, place.ends);
    const over = clock.spent() - seconds * 1000;
    if (over < 0) break;
    goOn(seconds, over);
  }
  if (before !== spot()) arrive();
  if (clock.runs() && tellTime(moment())) place.notice = "";
  repaint();
}

/* Start, pause, go on; or the end of what the patient does in their own time. */
export function pressMain() {
  if (moment().waits) {
    window.scrollTo(0, 0);
    run();
    goOn(0);
    arrive();
  } else if (clock.runs()) {
    stand(words.paused);
    tell(words.paused);
  } else {
    run();
    tellStep(moment());
  }
  repaint();
}

/* Enough of what may be ended here. */
export function pressEnough() {
  const now = moment();
  if (end(now.exercise, now.at, now.elapsed, now.ends)) {
    goOn(RANGES.has(now.step.kind) ? now.elapsed : 0);
    arrive();
  } else {
    tell(words.last_one);
    if (clock.runs()) place.notice = words.last_one;
  }
  keep();
  repaint();
}

/* Another exercise, or the present one from its first count. */
export function jump(by, at = 0) {
  open(Math.max(place.number + by, 0));
  if (isOver()) return;
  if (at) {
    run();
    enter(at, 0);
  }
  arrive();
  repaint();
}

/* Stands still without a word, for a question. Answers whether it ran. */
export function interrupt() {
  const ran = clock.runs();
  stand(moment().waits ? "" : words.paused);
  speak("");
  repaint();
  return ran;
}

export function startAgain() {
  place = beginning();
  clock.set(0, false);
  hideEnd();
  enter(0, 0);
  repaint();
}

export function begin() {
  clock.set(place.spent, false);
  if (place.at > 0 && !isOver()) place.notice = words.here_before;
  if (isOver()) finish();
  repaint();
  window.addEventListener("pagehide", () => {
    speak("");
    if (!isOver()) keep();
  });
  window.setInterval(tick, TICK);
}
