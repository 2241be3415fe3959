/* The rows of the builder: the one with the cursor is open, arrows step its numbers, it moves by drag or Alt and arrow. */
"use strict";

(() => {
  if (!window.builder) return;
  const { form, press } = window.builder;

  /* Arrow keys step a number by one. An empty "to" counts on from the first number of its range. */
  function step(event, by) {
    const field = event.target;
    if (!/^\d*$/.test(field.value)) return;
    event.preventDefault();
    const first = field.closest(".dose-part").querySelector("input").value.replace(/\D/g, "");
    const from = field.value || (field.classList.contains("dose-most") && first) || 0;
    field.value = String(Math.max(0, Number(from) + by));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.addEventListener("keydown", (event) => {
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const row = event.target.closest("li[data-row]");
    if (!up || !row) return;
    if (event.altKey) {
      event.preventDefault();
      press({ move: `${row.dataset.row}:${up > 0 ? "up" : "down"}` });
    } else if (event.target.matches(".dose input[inputmode=numeric]")) {
      step(event, up);
    }
  });

  /* What was typed goes first: the browser's own undo of a field. */
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const field = event.target;
    const writes = field.matches("input:not([type=radio], [type=checkbox]), textarea");
    if (writes && (field.id === "add-box" ? field.value : field.value !== field.dataset.before)) return;
    const button = document.querySelector("#undo button");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  let open = null; // number of the row that was opened because the cursor is in it
  let wanted = null;
  let pointer = false;

  function showRow() {
    if (wanted === null) return;
    if (open !== wanted) closeRow();
    const folded = document.querySelector(`#row-${wanted} .row-more`);
    if (folded && !folded.open) {
      folded.open = true;
      folded.dataset.auto = "";
    }
    open = wanted;
  }

  function closeRow() {
    document.querySelectorAll(".row-more[data-auto]").forEach((each) => {
      each.open = false;
      delete each.dataset.auto;
    });
  }

  /* While the button of the mouse is down nothing moves, or the click would land on another row. */
  document.addEventListener("pointerdown", () => {
    pointer = true;
  });
  for (const name of ["pointerup", "pointercancel", "dragend"]) {
    document.addEventListener(name, () => {
      window.setTimeout(() => {
        pointer = false;
        showRow();
      }, 0);
    });
  }
  form.addEventListener("focusin", (event) => {
    const field = event.target;
    if ("value" in field) field.dataset.before = field.value;
    const row = field.closest("li[data-row]");
    if (!row) return;
    wanted = row.dataset.row;
    if (!pointer) showRow();
    document.dispatchEvent(new CustomEvent("row-focused", { detail: wanted }));
  });
  form.addEventListener("click", (event) => {
    const folded = event.target.closest("summary")?.closest(".row-more");
    if (folded) delete folded.dataset.auto;
  });

  /* An error stands beside the fields and is swapped without them, so its field is marked here. */
  function mark() {
    form.querySelectorAll("#prescribed .form-control, #prescribed .form-select").forEach((field) => {
      const error = document.getElementById(`${field.id}-error`);
      field.classList.toggle("is-invalid", error !== null);
      field.setAttribute("aria-invalid", String(error !== null));
      if (error) field.setAttribute("aria-describedby", error.id);
      else field.removeAttribute("aria-describedby");
    });
  }

  /* The cursor opens a row, so the Tab key need not stop at its arrow. What somebody unfolded stays so. */
  const unfolded = new Set();

  function unfold() {
    form.querySelectorAll(".row-more > summary").forEach((each) => {
      each.tabIndex = -1;
    });
    form.querySelectorAll(".row-often").forEach((each) => {
      if (unfolded.has(each.id)) each.open = true;
    });
  }

  form.addEventListener(
    "toggle",
    (event) => {
      const part = event.target;
      if (!part.matches(".row-often") || !part.isConnected) return;
      if (part.open) unfolded.add(part.id);
      else unfolded.delete(part.id);
    },
    true,
  );

  let list = null;

  function drag() {
    const now = document.getElementById("prescribed");
    if (!now || now === list) return;
    list = now;
    window.Sortable.create(list, {
      handle: ".grip",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      ghostClass: "is-dragged",
      onEnd: (event) => {
        if (event.oldIndex === event.newIndex) return;
        press({ arrange: [...list.children].map((row) => row.dataset.row).join(",") });
      },
    });
  }

  /* Other exercises for a clash are asked for when somebody wants them. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link) return;
    event.preventDefault();
    const place = document.getElementById(link.dataset.into);
    if (place.childElementCount > 0) place.replaceChildren();
    else window.htmx.ajax("GET", link.dataset.swap, { target: place, swap: "innerHTML" });
  });

  document.addEventListener("programme-answered", () => {
    mark();
    unfold();
    drag();
    if (open !== null && document.activeElement?.closest(`#row-${open}`)) showRow();
  });
  unfold();
  drag();
})();
