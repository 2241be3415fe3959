/* The print desk: how many are ticked, and all of them with one press. The page works without this file. */
"use strict";

function countTicks(form) {
  const boxes = [...form.querySelectorAll("input[name=handout]")];
  const count = form.querySelector("[data-count]");
  const all = form.querySelector("[data-tick-all]");
  const most = Number(form.dataset.most);
  const first = count.textContent;

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    if (ticked > most) count.textContent = `${ticked} ticked. At most ${most} can be printed together.`;
    else if (ticked) count.textContent = `${ticked} ticked. Check each name and date of birth.`;
    else count.textContent = first;
    all.textContent = ticked ? "Tick none" : `Tick ${boxes.length > most ? `the first ${most}` : "all"}`;
  }

  all.hidden = false;
  all.addEventListener("click", () => {
    const none = boxes.every((box) => !box.checked);
    boxes.forEach((box, index) => {
      box.checked = none && index < most;
    });
    show();
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

document.querySelectorAll("form[data-desk]").forEach(countTicks);
