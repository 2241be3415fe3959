/* The pictures of an exercise: one is chosen, copied, taken out or begun from another exercise, and has its words. */
import { ask, preview, refresh } from "./pose_asking.js";
import { show } from "./pose_showing.js";
import { drawing, field, form, overlay, panels, prints, say, tabs, touched } from "./pose_state.js";
import { history } from "./pose_history.js";

panels.forEach((panel, number) => {
  panel.addEventListener("input", () => {
    history.keep(`words ${number}`);
    drawing.pictures[number].caption = field(number, "caption").value;
    drawing.pictures[number].alt = field(number, "alt").value;
    prints[number].querySelector("figcaption span").textContent = drawing.pictures[number].caption;
  });
  /* A picture always has a description: an emptied one is filled from the pose again. */
  field(number, "alt").addEventListener("change", () => {
    if (field(number, "alt").value.trim() || !drawing.pictures[number].proposed) return;
    drawing.pictures[number].alt = field(number, "alt").value = drawing.pictures[number].proposed;
  });
});

tabs.forEach((tab, number) => {
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    drawing.at = number;
    overlay.replaceChildren();
    show();
    refresh({ fields: true });
  });
});

function changePictures(change) {
  history.keep();
  preview.forget();
  change();
  overlay.replaceChildren();
  show();
  touched();
  refresh({ fields: true });
}

document.getElementById("pose-copy").addEventListener("click", (event) => {
  event.preventDefault();
  if (drawing.pictures.length === panels.length) return;
  changePictures(() => {
    const copy = structuredClone(drawing.pictures[drawing.at]);
    drawing.pictures.splice(drawing.at + 1, 0, { ...copy, was: "", caption: "" });
    drawing.at += 1;
  });
});

document.getElementById("pose-drop").addEventListener("click", (event) => {
  event.preventDefault();
  if (drawing.pictures.length > 1) changePictures(() => drawing.pictures.splice(drawing.at, 1));
});

document.getElementById("pose-start").addEventListener("click", async (event) => {
  event.preventDefault();
  const name = form.elements.start_from.value.trim();
  let answer;
  try {
    answer = await (await fetch(`${form.dataset.start}?name=${encodeURIComponent(name)}`, { headers: { "HX-Request": "true" } })).json();
  } catch {
    answer = { wrong: "No connection. What you drew is kept." };
  }
  if (answer.wrong) {
    say(answer.wrong, true);
    form.elements.start_from.focus();
    return;
  }
  changePictures(() => {
    const was = drawing.pictures.map((each) => each.was);
    drawing.pictures = answer.pictures.map((each, number) => ({ ...each, was: was[number] ?? "", proposed: each.alt, image: tabs[0].querySelector("img").src }));
    drawing.at = 0;
  });
  for (const other of drawing.pictures.slice(1)) ask({ do: "show" }, { of: other, quiet: true });
});
