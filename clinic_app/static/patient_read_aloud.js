/* Reads the exercise aloud, part by part in the order of the page, with the voice of the phone. Without one, no button. */
const button = document.getElementById("read-aloud");
const voice = window.speechSynthesis;

function say(reads) {
  button.querySelectorAll("[data-says]").forEach((words) => {
    words.hidden = (words.dataset.says === "stop") !== reads;
  });
}

/* The parts as sentences: a list is read item by item, with a rest between. */
function sentences() {
  return [...document.querySelectorAll("[data-read]")].flatMap((part) => {
    const items = part.querySelectorAll("li, :scope > div");
    return [...(items.length ? items : [part])].map((item) => item.textContent.replace(/\s+/g, " ").trim());
  });
}

function stop() {
  voice.cancel();
  say(false);
}

function read() {
  voice.cancel();
  say(true);
  const all = sentences().map((words) => {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = button.lang;
    spoken.rate = 0.9;
    spoken.onerror = () => say(false);
    return spoken;
  });
  all[all.length - 1].onend = () => say(false);
  all.forEach((spoken) => voice.speak(spoken));
}

if (button && voice && "SpeechSynthesisUtterance" in window) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.querySelector("[data-says=stop]").hidden) read();
    else stop();
  });
  window.addEventListener("pagehide", stop);
}
