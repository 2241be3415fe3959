/* The clock of the present step, in milliseconds: differences of performance.now(), never counted ticks, so that a slow
   tab loses none. */
const ASLEEP = 70_000; // without a look: browsers wake a hidden page once a minute, so the phone slept

let before = 0;
let since = null; // performance.now() at which it was started; null while it stands
let looked = performance.now();

export const runs = () => since !== null;
export const spent = () => before + (runs() ? performance.now() - since : 0);

/* To these milliseconds. It goes on if it ran and the new step is counted. */
export function set(milliseconds, isCounted) {
  since = runs() && isCounted ? performance.now() : null;
  before = milliseconds;
}

export function start() {
  since = looked = performance.now();
}

export function stop() {
  before = spent();
  since = null;
}

/* Whether the phone slept since this was asked last. The clock then stands where it was. */
export function slept() {
  const now = performance.now();
  const isSo = runs() && now - looked > ASLEEP;
  if (isSo) {
    before += Math.max(looked - since, 0);
    since = null;
  }
  looked = now;
  return isSo;
}
