/* Where the patient is. Kept in this tab, so that a reload goes on there: numbers of places, and no names. */
import { noEnds } from "./guided_plan.js";

export function beginning() {
  return { number: 0, at: 0, spent: 0, ends: noEnds(), finished: [], notice: "" };
}

/* The place that was kept under `key`, if these exercises have it. */
export function kept(key, exercises) {
  try {
    const found = JSON.parse(sessionStorage.getItem(key));
    const there = found && (found.number === exercises.length || exercises[found.number]?.steps[found.at]);
    return there ? { ...found, notice: "" } : null;
  } catch {
    return null;
  }
}

/* `spent`: milliseconds of the present step. */
export function keep(key, place, spent) {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...place, spent, notice: "" }));
  } catch {
    // Nothing may be kept on this phone; the session goes on without.
  }
}
