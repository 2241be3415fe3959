/* Shows a choice of figure at once. Without it, saving shows it. */
"use strict";

const PARTS = ["skin", "hair", "hair_colour", "age", "shape"];

function show(figures) {
  const form = figures.closest("form");
  const colour = form.elements.namedItem("colour")?.value;
  for (const picture of figures.querySelectorAll("[data-who]")) {
    const address = new URL(figures.dataset.figures, document.baseURI);
    address.searchParams.set("who", picture.dataset.who);
    for (const part of PARTS) {
      const chosen = form.elements.namedItem(`figure_${part}`)?.value;
      if (chosen) address.searchParams.set(part, chosen);
    }
    if (colour) address.searchParams.set("colour", colour);
    picture.src = address.href;
  }
}

document.addEventListener("change", (event) => {
  if (!/^(figure_|colour$)/.test(event.target.name ?? "")) return;
  const figures = event.target.form?.querySelector("[data-figures]");
  if (figures) show(figures);
});
