/* What the patient may switch: all sound, the voice, the buzz, and the motion of the picture. */
import { words } from "./guided_screen.js";
import { canBuzz, canSpeak, settings, speak, unlock } from "./guided_sound.js";

const part = (name) => document.getElementById(`guided-${name}`);

export function setUpSettings(turnMotion) {
  part("voice-field").hidden = !canSpeak;
  part("buzz-field").hidden = !canBuzz;
  for (const name of ["voice", "buzz"]) {
    part(name).addEventListener("change", () => {
      settings[name] = part(name).checked;
    });
  }
  part("sound").addEventListener("click", () => {
    settings.sound = !settings.sound;
    part("sound").setAttribute("aria-pressed", String(settings.sound));
    unlock();
    speak("");
    part("said").textContent = settings.sound ? words.sound_on : words.sound_off;
  });
  part("motion").addEventListener("click", turnMotion);
}
