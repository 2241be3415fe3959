/* The plan of an exercise as the server made it, and how one goes through it. Nothing here knows a clock or a screen. */
const COUNTED = new Set(["hold", "go"]); // steps whose range the patient may end early

export function exercisesOf(list) {
  return [...list.querySelectorAll("[data-plan]")].map((item) => {
    const data = JSON.parse(item.dataset.plan);
    const steps = data.steps.map(([kind, lower, upper, side, number, round, optional]) =>
      ({ kind, lower, upper, side, number, round, optional: Boolean(optional) }));
    return {
      ...data,
      steps,
      seconds: steps.reduce((sum, step) => sum + step.upper, 0),
      name: item.querySelector("h2").textContent,
      how: item.querySelector(".how"),
      views: [...item.querySelectorAll("figure")].map(viewOf),
    };
  });
}

/* The pictures of one side, as the list without scripts shows them. */
function viewOf(figure) {
  const image = figure.querySelector("img");
  return {
    side: figure.dataset.side,
    end: { src: image.getAttribute("src"), alt: image.alt },
    start: { src: image.dataset.start, alt: image.dataset.startAlt },
    moving: image.dataset.moving,
  };
}

/* What is shown at a step: the pictures of the side that its words name. An older edition has one side only; what it
   shows is then said beside it. */
export const viewAt = (exercise, step) => exercise.views.find((each) => each.side === step.side) ?? exercise.views[0];

/* What the patient ended early: the last round, the last repetition of each round, and for how long a repetition was
   held on the side that came first. */
export const noEnds = () => ({ round: null, reps: {}, held: {} });

function isKept(step, ends) {
  if (ends.round !== null && step.round > ends.round) return false;
  const last = ends.reps[step.round];
  return !step.number || last === undefined || step.number <= last;
}

/* The place of the next step that is still to be done, or the number of steps at the end of the exercise. */
export function after(exercise, at, ends) {
  let next = at + 1;
  while (next < exercise.steps.length && !isKept(exercise.steps[next], ends)) next += 1;
  return next;
}

/* Seconds at which a step is over: its upper number, or as long as the same repetition was held on the first side. */
export function endOf(step, ends) {
  const held = COUNTED.has(step.kind) ? ends.held[`${step.round}.${step.number}`] : undefined;
  return held && held.side !== step.side ? held.seconds : step.upper;
}

/* What may be ended now: "hold", "reps", "round" or "". Never less than the lower number of the dosage. */
export function mayEnd(exercise, at, elapsed, ends) {
  const step = exercise.steps[at];
  if (COUNTED.has(step.kind) && step.upper > step.lower && elapsed >= step.lower) return "hold";
  if (step.number > exercise.reps[0] && ends.reps[step.round] === undefined) return "reps";
  return step.optional && !step.number && step.kind !== "switch_sides" ? "round" : "";
}

/* Ends what may be ended. Answers whether the present step is over. */
export function end(exercise, at, elapsed, ends) {
  const step = exercise.steps[at];
  const what = mayEnd(exercise, at, elapsed, ends);
  if (what === "hold") {
    const whole = exercise.breaths ? 5 : 1;
    const seconds = Math.min(Math.ceil(elapsed / whole) * whole, step.upper);
    if (step.side === "left") ends.held[`${step.round}.${step.number}`] = { side: step.side, seconds };
    return true;
  }
  if (what === "round") {
    ends.round = step.round - 1;
    return true;
  }
  if (what !== "reps") return false;
  // Both sides do the same number: the second one of a pair is not left out.
  const isSecond = exercise.alternates && step.side === "right";
  const begun = isSecond || exercise.steps[at - 1]?.number === step.number;
  ends.reps[step.round] = begun ? step.number : step.number - 1;
  return !begun;
}

/* Share of the exercise that lies behind, from 0 to 1. */
export function share(exercise, at, elapsed) {
  const before = exercise.steps.slice(0, at).reduce((sum, step) => sum + step.upper, 0);
  return exercise.seconds ? Math.min((before + elapsed) / exercise.seconds, 1) : 0;
}

/* The first step of what comes after the repetitions on this side, or undefined at the end of the exercise. */
export function nextBlock(exercise, at, ends) {
  let next = after(exercise, at, ends);
  while (next < exercise.steps.length) {
    const step = exercise.steps[next];
    if (step.kind === "switch_sides" || step.kind === "rest" || step.round > exercise.steps[at].round) return step;
    next = after(exercise, next, ends);
  }
  return undefined;
}
