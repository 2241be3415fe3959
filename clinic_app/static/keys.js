/* The keys that work on every page of the staff: / searches, ? shows the keys, g and a letter goes somewhere.
   They are silent while somebody types, and with Ctrl, Alt or the Command key, which belong to the browser. */
/* WCAG 2.1.4: keys that are one character can be turned off. The choice belongs to this browser. */
const OFF = "keys-off";

function areOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false; // a browser that keeps nothing
  }
}

const GOING = 1500; // milliseconds between g and its letter

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

function showKeys() {
  document.getElementById("keys-dialog").showModal();
}

let going = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || areOff()) return;
  const search = document.querySelector("input[data-search-key]");
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?") {
    event.preventDefault();
    showKeys();
  } else if (Date.now() - going < GOING) {
    going = 0;
    document.querySelector(`a[data-go-key="${CSS.escape(event.key)}"]`)?.click();
  } else if (event.key === "g") {
    going = Date.now();
  }
});

document.querySelectorAll("[data-show-keys]").forEach((button) => {
  button.hidden = false; // without this script the button would do nothing
  button.addEventListener("click", showKeys);
});

const choice = document.getElementById("keys-on");
if (choice) {
  choice.checked = !areOff();
  choice.addEventListener("change", () => {
    localStorage.setItem(OFF, choice.checked ? "no" : "yes");
  });
}
