/* Beeps, a voice, a buzz, and a screen that stays awake. What a phone cannot do is left out without a word: the same
   words always stand on the screen. */
const NOTES = { start: [660, 0.18], end: [440, 0.3], mark: [880, 0.4], tick: [550, 0.07] }; // hertz, seconds
const BUZZES = { start: [120], end: [60, 60, 60], mark: [250, 100, 250], tick: [] }; // milliseconds on, off, on

export const canSpeak = "speechSynthesis" in window;
export const canBuzz = "vibrate" in navigator;
export const settings = {
  sound: true, voice: canSpeak, buzz: canBuzz,
  motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
};

let audio = null;
let lock = null;
let wanted = false; // whether the screen should be awake
let isAsking = false; // a second lock asked for meanwhile would never be given back

/* Browsers let a page sound only after it was pressed. */
export function unlock() {
  const Kind = window.AudioContext ?? window.webkitAudioContext;
  if (!audio && Kind) audio = new Kind();
  audio?.resume?.().catch(() => {});
}

function beep([pitch, length]) {
  if (!audio || audio.state !== "running") return;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const now = audio.currentTime;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, now);
  volume.gain.exponentialRampToValueAtTime(0.4, now + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, now + length);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + length);
}

export function signal(name) {
  if (settings.sound) beep(NOTES[name]);
  if (canBuzz && settings.buzz && BUZZES[name].length) navigator.vibrate(BUZZES[name]);
}

export function speak(words) {
  if (!canSpeak) return;
  window.speechSynthesis.cancel();
  if (!settings.sound || !settings.voice || !words) return;
  const speech = new SpeechSynthesisUtterance(words);
  speech.lang = document.documentElement.lang;
  window.speechSynthesis.speak(speech);
}

async function take() {
  if (!wanted || lock || isAsking || document.visibilityState !== "visible") return;
  isAsking = true;
  try {
    const taken = await navigator.wakeLock?.request("screen");
    taken?.addEventListener("release", () => {
      if (lock === taken) lock = null;
    });
    lock = taken ?? null;
  } catch {
    lock = null; // a battery that is nearly empty; the screen goes dark as it always does
  }
  isAsking = false;
  if (!wanted) await drop();
}

async function drop() {
  const held = lock;
  lock = null;
  await held?.release();
}

export function stayAwake(on) {
  wanted = on;
  if (on) take();
  else drop();
}

// The system takes the lock away with the page; it is taken again with it.
document.addEventListener("visibilitychange", take);
