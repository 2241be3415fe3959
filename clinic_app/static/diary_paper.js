/* The tick grid: a button ticks its row or day without a trip to the server, arrows go from box to box. The page works
   without this file: the buttons then save. */
"use strict";

function tickGrid(form) {
  const boxes = [...form.querySelectorAll("input[name=tick]:not(:disabled)")];
  const count = form.querySelector("[data-count]");

  function meant(fill) {
    return boxes.filter((box) => fill === "all" || box.dataset.row === fill || box.dataset.day === fill);
  }

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = `${ticked} ${ticked === 1 ? "tick" : "ticks"} on this page`;
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=fill]");
    if (!button) return;
    event.preventDefault();
    const these = meant(button.value);
    const all = these.every((box) => box.checked);
    these.forEach((box) => {
      box.checked = !all;
    });
    show();
  });

  // Arrows move between the boxes of the grid as in a table; Tab and Space stay what they are.
  form.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[event.key];
    const box = event.target.closest("input[type=checkbox]");
    if (!step || !box) return;
    event.preventDefault();
    const cell = box.closest("td");
    const within = [...cell.querySelectorAll("input")];
    const beside = within[within.indexOf(box) + step[0]];
    if (step[0] && beside) {
      beside.focus();
      return;
    }
    let [row, column] = [cell.parentElement, cell.cellIndex];
    for (;;) {
      column += step[1];
      row = step[0] < 0 ? row.previousElementSibling : step[0] > 0 ? row.nextElementSibling : row;
      if (!row || !row.cells[column]) return;
      const found = [...row.cells[column].querySelectorAll("input:not(:disabled):not([type=hidden])")];
      if (found.length) {
        found[step[0] < 0 ? found.length - 1 : Math.min(step[0] ? 0 : within.indexOf(box), found.length - 1)].focus();
        return;
      }
    }
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

document.querySelectorAll("form[data-paper]").forEach(tickGrid);
