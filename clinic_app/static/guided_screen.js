/* What the guided session shows. It is given a moment and paints it; it keeps nothing but what it painted last. */
import { endOf, mayEnd, nextBlock, share, viewAt } from "./guided_plan.js";

const part = (name) => document.getElementById(`guided-${name}`);
const MOVES = new Set(["next", "get_ready", "rest", "switch_sides", "move", "lower", "pause", "lift", "go"]);
const COUNTS_DOWN = new Set(["get_ready", "rest", "switch_sides"]);
const WHOLE = new Set(["move", "lower", "pause", "lift"]); // the number is the repetition, not a second
const MOST_DOTS = 12;
const MINUTES_FROM = 120; // seconds
const BREATH = 5; // seconds
const WORTH_A_BUTTON = 5; // seconds between the two ends of a range

export const words = JSON.parse(document.getElementById("guided").dataset.words);

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

const range = ([lower, upper]) => (lower === upper ? String(lower) : fill(words.range, { lower, upper }));
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const unit = (name, upper) => `${name}${upper === 1 ? "" : "s"}`;

function orderOf(moment) {
  const { exercise, step, waits } = moment;
  if (step.kind === "switch_sides") return exercise.sides.switch;
  return waits && step.kind !== "next" ? words.own_time : words.orders[step.kind];
}

/* The order with what it means now: a range may be ended here. */
export function orderNow(moment) {
  const { exercise, at, elapsed, ends, step } = moment;
  if (moment.notice) return moment.notice;
  const what = mayEnd(exercise, at, elapsed, ends);
  if (what === "hold") return words.may_stop;
  if (what === "round") return words.may_stop_round;
  if (what === "reps" && exercise.steps[at - 1]?.number !== step.number) return words.may_stop;
  return orderOf(moment);
}

function amount(exercise, step, seconds) {
  if (step.kind === "hold" && exercise.breaths) return `${seconds / BREATH} ${unit("breath", seconds / BREATH)}`;
  if (seconds >= MINUTES_FROM) return `${clock(seconds)} minutes`;
  return `${seconds} ${unit("second", seconds)}`;
}

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function paintNumber({ exercise, step, elapsed, ends, waits }) {
  const upper = endOf(step, ends);
  const both = [Math.min(step.lower, upper), upper];
  const breaths = exercise.breaths && step.kind === "hold";
  let number = Math.min(Math.floor(elapsed) + 1, upper);
  let under = fill(words[`of_${unit("second", upper)}`], { of: range(both) });
  if (waits || WHOLE.has(step.kind)) {
    number = step.number;
    under = fill(words[`of_${unit("time", exercise.reps[1])}`], { of: range(exercise.reps) });
  } else if (COUNTS_DOWN.has(step.kind)) {
    number = Math.max(Math.ceil(upper - elapsed), 1);
    under = words[unit("second", number)];
  } else if (breaths) {
    number = Math.min(Math.floor(elapsed / BREATH) + 1, upper / BREATH);
    under = fill(words[`of_${unit("breath", upper / BREATH)}`], { of: range(both.map((each) => each / BREATH)) });
  } else if (upper >= MINUTES_FROM) {
    number = clock(elapsed);
    under = fill(words.of_minutes, { of: range(both.map(clock)) });
  }
  show(part("number"), String(number));
  part("number").classList.toggle("is-long", String(number).length > 3);
  show(part("unit"), under);
  part("fill").setAttribute("stroke-dasharray", `${upper ? Math.min(elapsed / upper, 1) * 100 : 0} 100`);
  const marked = upper > step.lower && !waits;
  part("mark").classList.toggle("is-there", marked);
  if (marked) part("mark").setAttribute("transform", `rotate(${(360 * step.lower) / upper} 113 113)`);
}

function paintCount({ exercise, step, ends }) {
  const repeats = exercise.reps[1] > 1 && step.number > 0;
  const rounds = exercise.rounds[1] > 1 && step.round > 0;
  const count = repeats ? [fill(words.count, { number: step.number, of: range(exercise.reps) })] : [];
  if (rounds) count.push(fill(words.round, { number: step.round, of: range(exercise.rounds) }));
  const side = exercise.sides[step.side];
  show(part("side"), side);
  show(part("count"), `${side && count.length ? ", " : ""}${count.join(", ")}`);
  const last = ends.reps[step.round] ?? exercise.reps[1];
  const dots = repeats && exercise.reps[1] <= MOST_DOTS ? exercise.reps[1] : 0;
  const states = Array.from({ length: dots }, (_, at) => {
    if (at + 1 > last) return "is-out";
    if (at + 1 < step.number) return "is-done";
    return at + 1 === step.number ? "is-now" : at + 1 > exercise.reps[0] ? "is-free" : "";
  });
  const painted = states.join("|");
  if (part("dots").dataset.painted === painted) return;
  part("dots").dataset.painted = painted;
  part("dots").replaceChildren(...states.map((state) => Object.assign(document.createElement("i"), { className: state })));
}

function nextWords({ exercise, at, ends, following }) {
  const step = nextBlock(exercise, at, ends);
  if (!step) return following?.name ?? words.next_end;
  if (step.kind === "rest") return `${words.next_rest}, ${amount(exercise, step, step.upper)}`;
  if (step.kind !== "switch_sides") return fill(words.next_round, { number: step.round });
  const reps = [exercise.reps[0], ends.reps[step.round] ?? exercise.reps[1]];
  const times = reps[1] === 1 ? words.once : fill(words.times, { of: range([Math.min(...reps), reps[1]]) });
  return `${exercise.sides[step.side].toLowerCase()}, ${times}`;
}

/* A new exercise and a new side have an image of their own, so that the one before is not seen under their name until
   the new one is there. */
function imageOf(exercise, view) {
  const image = part("picture");
  const shows = `${exercise.slug} ${view.side}`;
  if (image.dataset.shows === shows) return image;
  const fresh = Object.assign(document.createElement("img"), { id: image.id });
  fresh.dataset.shows = shows;
  image.replaceWith(fresh);
  return fresh;
}

/* Pictures of the next exercise are there before they are needed. */
function fetchAhead(exercise) {
  if (!exercise || exercise.isFetched) return;
  exercise.isFetched = true;
  const files = exercise.views.flatMap((each) => [each.start.src, each.end.src, each.moving]);
  for (const src of files) if (src) new Image().src = src;
}

function paintPicture({ exercise, step, runs, waits, motion }) {
  const view = viewAt(exercise, step);
  const alone = !exercise.alternates || !WHOLE.has(step.kind); // the picture changes too often to be seen moving
  const moves = view.moving && motion && MOVES.has(step.kind) && alone && (runs || waits);
  const still = step.kind === "back" ? view.start : view.end;
  const src = moves ? view.moving : still.src;
  const image = imageOf(exercise, view);
  if (image.getAttribute("src") !== src) image.src = src;
  if (image.alt !== still.alt) image.alt = still.alt;
  // Before the start there is no count yet that names the side.
  const said = step.kind === "next" && exercise.sides[step.side] ? [exercise.sides[step.side]] : [];
  const isOther = view.side && ["left", "right"].includes(step.side) && view.side !== step.side;
  if (isOther) said.push(fill(words.picture_shows, { side: exercise.sides[view.side].toLowerCase() }));
  part("other").hidden = !said.length;
  show(part("other"), said.join(". "));
}

function paintButtons({ exercise, step, at, elapsed, ends, runs, waits, number, motion }) {
  const main = waits ? (step.kind === "next" ? words.start : words.done) : runs ? words.pause : words.go_on;
  show(part("main-words"), main);
  part("main").classList.toggle("is-pause", main === words.pause);
  const what = mayEnd(exercise, at, elapsed, ends);
  // A button that is gone before one can reach it would only flicker.
  const offers = what && !(what === "hold" && step.upper - step.lower < WORTH_A_BUTTON);
  part("enough").hidden = !offers;
  document.getElementById("guided").classList.toggle("may-end", Boolean(offers));
  part("back").disabled = number === 0;
  part("again").disabled = step.kind === "next";
  const isNext = step.kind === "next";
  part("counting").hidden = isNext;
  part("how").hidden = !isNext;
  part("settings").hidden = !isNext;
  part("motion").hidden = !isNext || !exercise.views.some((each) => each.moving);
  show(part("motion"), motion ? words.motion_off : words.motion_on);
}

/* A moment: exercises, number (of the exercise), exercise, step, at, elapsed (seconds), ends, runs, waits, notice,
   following (the next exercise), motion. */
export function paint(moment) {
  const { exercise, exercises, number } = moment;
  show(part("place"), fill(words.place, { number: number + 1, of: exercises.length }));
  [...part("segments").children].forEach((bar, at) => {
    const value = at < number ? 1 : at > number ? 0 : share(exercise, moment.at, moment.elapsed);
    if (Math.abs(bar.value - value) > 0.004 || value === 0 || value === 1) bar.value = value;
  });
  if (part("name").textContent !== exercise.name) {
    show(part("name"), exercise.name);
    part("how").replaceChildren(...[...exercise.how.cloneNode(true).children]);
  }
  show(part("order"), orderNow(moment));
  paintNumber(moment);
  paintCount(moment);
  show(part("next"), fill(words.next, { what: nextWords(moment) }));
  paintPicture(moment);
  fetchAhead(exercise);
  fetchAhead(moment.following);
  paintButtons(moment);
}
