/* The end of a guided session: what was finished, and what of it the patient wants written down. */
import { fill, words } from "./guided_screen.js";
import { speak } from "./guided_sound.js";

const part = (name) => document.getElementById(`guided-${name}`);
const turn = Number(document.getElementById("guided").dataset.turn);

export function showEnd(finished, exercises) {
  document.getElementById("guided").hidden = true;
  part("end").hidden = false;
  part("end-title").textContent = finished.length ? words.well_done : words.stopped;
  part("finished").textContent = fill(words.finished, { number: finished.length, of: exercises.length });
  part("ask").hidden = typeof window.diary?.done !== "function" || !finished.length;
  part("written").textContent = "";
  part("end-title").focus();
  speak(`${part("end-title").textContent}. ${part("finished").textContent}`);
}

export function hideEnd() {
  part("end").hidden = true;
  document.getElementById("guided").hidden = false;
}

/* Nothing is written before the patient has said so. */
export async function write(exercises) {
  part("ask").hidden = true;
  try {
    const written = await Promise.all(exercises.map((each) => window.diary.done(each.slug, turn)));
    part("written").textContent = written.every(Boolean) ? words.written : words.not_written;
  } catch {
    part("written").textContent = words.not_written;
  }
}
