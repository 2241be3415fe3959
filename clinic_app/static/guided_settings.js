/* What the patient may switch: all sound, the voice, the buzz, and the motion of the picture. The phone remembers what
   was switched by hand, and nothing else. */
import { words } from "./guided_screen.js";
import { canBuzz, canSpeak, settings, speak, unlock } from "./guided_sound.js";

const KEY = "guided-settings";
const part = (name) => document.getElementById(`guided-${name}`);

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function choose(name, value) {
  settings[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [name]: value }));
  } catch {
    // Nothing may be kept on this phone; the choice holds until the page is left.
  }
}

function show() {
  for (const name of ["voice", "buzz"]) part(name).checked = settings[name];
  part("sound").setAttribute("aria-pressed", String(settings.sound));
}

export function setUpSettings(repaint) {
  const before = remembered();
  for (const name of Object.keys(settings)) if (typeof before[name] === "boolean") settings[name] = before[name];
  part("voice-field").hidden = !canSpeak;
  part("buzz-field").hidden = !canBuzz;
  show();
  for (const name of ["voice", "buzz"]) {
    part(name).addEventListener("change", () => {
      choose(name, part(name).checked);
      speak("");
    });
  }
  part("sound").addEventListener("click", () => {
    choose("sound", !settings.sound);
    show();
    unlock();
    speak("");
    part("said").textContent = settings.sound ? words.sound_on : words.sound_off;
  });
  part("motion").addEventListener("click", () => {
    choose("motion", !settings.motion);
    repaint();
  });
}
