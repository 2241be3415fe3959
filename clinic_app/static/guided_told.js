/* What is told of a moment, by a sound, by the voice and to screen readers: the very words that stand on the screen. */
import { endOf, mayEnd } from "./guided_plan.js";
import { orderNow, words } from "./guided_screen.js";
import { signal, speak } from "./guided_sound.js";

const LAST = 3; // seconds that are ticked before a count ends
const STARTS = new Set(["there", "hold", "move", "lower", "lift", "go"]);
const status = document.getElementById("guided-said");

let told = ""; // what may be ended in this step, as it was told
let lastSecond = -1;
let side = ""; // that was named last

const endable = ({ exercise, at, elapsed, ends }) => mayEnd(exercise, at, elapsed, ends);

export function tell(text) {
  // The same words again are read again.
  status.textContent = status.textContent === text ? `${text}\u00a0` : text;
  speak(text);
}

/* The order of the step, and the side where it is another one than before. */
export function tellStep(moment) {
  const { exercise, step } = moment;
  const here = exercise.sides[step.side];
  const said = [orderNow(moment)];
  if (step.kind === "next") said.unshift(exercise.name);
  if (here && here !== side) said.push(here);
  side = step.kind === "next" ? "" : here;
  told = endable(moment);
  lastSecond = -1;
  tell(said.map((each, at) => (at < said.length - 1 && !/[.!]$/.test(each) ? `${each}.` : each)).join(" "));
}

/* A new step has begun. */
export function tellBeginning(moment) {
  const { exercise, step, at } = moment;
  signal(STARTS.has(step.kind) ? "start" : "end");
  if (endable(moment) && exercise.steps[at - 1]?.number !== step.number) signal("mark");
  tellStep(moment);
}

/* The lower number of a range, and the last seconds of a count. Answers whether something was said. */
export function tellTime(moment) {
  const { step, elapsed, ends } = moment;
  const what = endable(moment);
  const isMark = what === "hold" && told !== what;
  if (isMark) {
    signal("mark");
    tell(words.may_stop);
  }
  told = what;
  const left = Math.ceil(endOf(step, ends) - elapsed);
  if (left !== lastSecond && left <= LAST && left > 0 && step.upper > LAST) signal("tick");
  lastSecond = left;
  return isMark;
}
