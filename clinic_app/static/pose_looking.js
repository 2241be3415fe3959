/* The pose as it prints without colour, and as it moves on screen. */
import { drawing, form, say } from "./pose_state.js";

const grey = document.getElementById("pose-grey");
grey.hidden = false;
grey.addEventListener("click", () => {
  const on = document.getElementById("pose-card").classList.toggle("is-grey");
  grey.setAttribute("aria-pressed", String(on));
});

/* As it moves on screen: asked for when it is wanted, and again when a pose has changed meanwhile. */
const play = document.getElementById("pose-play");
const moving = document.getElementById("pose-moving");
play.hidden = false;

async function showMoving() {
  const scenes = drawing.pictures.map((each) => each.scene).filter(Boolean);
  let answer;
  try {
    answer = await (
      await fetch(form.dataset.moving, {
        method: "POST",
        headers: { "Content-Type": "application/json", "HX-Request": "true", "X-CSRFToken": form.elements.csrf_token.value },
        body: JSON.stringify({ slug: form.dataset.slug, scenes, timing: JSON.parse(form.dataset.timing) }),
      })
    ).json();
  } catch {
    answer = { wrong: "The movement could not be shown. Please try again." };
  }
  if (play.getAttribute("aria-pressed") !== "true") return;
  if (answer.wrong) {
    say(answer.wrong, true);
    return;
  }
  const image = document.createElement("img");
  image.alt = "The pictures as they move";
  image.src = `data:image/svg+xml,${encodeURIComponent(answer.svg)}`;
  moving.replaceChildren(image);
  moving.hidden = false;
}

let later = 0;

function moveAgain() {
  if (play.getAttribute("aria-pressed") !== "true") return;
  window.clearTimeout(later);
  later = window.setTimeout(showMoving, 600);
}

play.addEventListener("click", () => {
  const on = play.getAttribute("aria-pressed") !== "true";
  play.setAttribute("aria-pressed", String(on));
  play.querySelector("span").textContent = on ? "Stop" : "Move";
  play.querySelector("i").className = `bi bi-${on ? "stop" : "play"}-fill`;
  if (on) showMoving();
  else {
    moving.hidden = true;
    moving.replaceChildren();
  }
});

form.addEventListener("pose-changed", moveAgain);
