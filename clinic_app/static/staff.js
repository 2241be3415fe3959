/* Small helps for the staff screens. Every page works without this file. */
"use strict";

/* A form is sent once: the first press shows "Making the pages", the second does nothing.
   The server refuses a double issue too; this only saves the wait. */
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    const makesPages = event.submitter?.hasAttribute("data-makes-pages");
    window.setTimeout(() => {
      if (makesPages) form.classList.add("is-sending");
    }, 400);
  });
  /* Coming back with the browser's Back button must find a form that can be sent again. */
  window.addEventListener("pageshow", () => {
    sent = false;
    form.classList.remove("is-sending");
  });
}

/* Leaving out what was typed is never silent: say that it is not saved, and ask before the page closes. */
function watchChanges(form) {
  const saved = document.getElementById("saved-state");
  let changed = form.hasAttribute("data-came-back");
  form.addEventListener("input", (event) => {
    changed = true;
    if (saved) saved.textContent = "Not saved yet";
    event.target.closest("li")?.querySelector(".reads")?.classList.add("is-old");
  });
  form.addEventListener("submit", () => {
    changed = false;
    if (saved) saved.textContent = "Saving";
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

/* A link from the list of gaps opens the folded part that its field is in, and puts the cursor there. */
function openTarget() {
  const target = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
  if (!target) return;
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  const inside = target.matches("input, select, textarea, button, a, [tabindex]")
    ? target
    : target.querySelector("input:not([type=hidden]), select, textarea");
  (inside || target).focus();
}

/* The first number of the range that `field` ends: an empty "to" counts on from there. */
function lowest(field) {
  return field.closest(".dose-part").querySelector("input").value.replace(/\D/g, "");
}

/* Arrow keys step a number by one; the browser does that already for number fields, but not for text ones. */
function stepNumbers(form) {
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches(".dose input[inputmode=numeric]") || field.type === "number") return;
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step || !/^\d*$/.test(field.value)) return;
    event.preventDefault();
    const from = field.value || (field.classList.contains("dose-most") && lowest(field)) || 0;
    field.value = String(Math.max(0, Number(from) + step));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/* Ctrl+P on the editor issues and prints: the browser's own print of this page would be no handout. */
function issueAndPrint(button) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!event.repeat) button.click();
  });
}

/* The account menu closes with Escape and when the focus or a click leaves it. */
function closeMenu(menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

document.querySelectorAll("form[data-send-once]").forEach(sendOnce);
document.querySelectorAll("form[data-watch]").forEach((form) => {
  watchChanges(form);
  stepNumbers(form);
});
document.querySelectorAll("button[data-print-key]").forEach(issueAndPrint);
document.querySelectorAll("details.account").forEach(closeMenu);
window.addEventListener("hashchange", openTarget);
openTarget();
document.getElementById("form-errors")?.focus();
