/* The button of a moving picture. The picture plays as an image, without this script. At the first press its drawing is
   put into the page in its place, at the moment at which the image is, because only a drawing in the page can stand still
   in the middle of a movement. If that fails, the picture goes on as it was, and the button says so. */
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

function say(button, plays) {
  button.querySelectorAll("[data-says]").forEach((words) => {
    words.hidden = words.dataset.says !== (plays ? "pause" : "play");
  });
  button.querySelector(".bi").className = plays ? "bi bi-pause-fill" : "bi bi-play-fill";
}

/* Seconds since the image began to play. */
function age(image) {
  const loads = performance.getEntriesByName(image.currentSrc);
  return loads.length ? (performance.now() - loads[loads.length - 1].responseEnd) / 1000 : 0;
}

async function drawingOf(image) {
  const answer = await fetch(image.dataset.moving);
  if (!answer.ok) throw new Error(`The moving picture was answered ${answer.status}.`);
  const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const drawing = document.importNode(read.documentElement, true);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", image.alt);
  return drawing;
}

function setUp(box) {
  const button = box.querySelector("button");
  if (!button.hidden) return;
  const image = box.querySelector("img");
  let plays = !calm.matches;
  let loading = null;

  async function inThePage() {
    const from = plays ? 0 : age(image);
    const drawing = await drawingOf(image);
    box.querySelector("picture").replaceWith(drawing);
    drawing.setCurrentTime(from);
    return drawing;
  }

  say(button, plays);
  button.hidden = false;
  button.addEventListener("click", async () => {
    plays = !plays;
    say(button, plays);
    try {
      loading ??= inThePage();
      const drawing = await loading;
      // Whoever pressed twice meanwhile gets what the button says now.
      if (plays) drawing.unpauseAnimations();
      else drawing.pauseAnimations();
    } catch {
      loading = null;
      plays = !plays;
      say(button, plays);
    }
  });
}

function setUpAll(part) {
  part.querySelectorAll("[data-moving-picture]").forEach(setUp);
}

setUpAll(document);
document.addEventListener("htmx:load", (event) => setUpAll(event.target));
