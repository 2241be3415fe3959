/* The catalogue: tabs over the parts of an exercise. Without this file all parts stand one below the other. */
"use strict";

const tabs = [...document.querySelectorAll(".tabs a")];
const parts = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));

function show(part) {
  parts.forEach((each, number) => {
    each.hidden = each !== part;
    if (each === part) tabs[number].setAttribute("aria-current", "true");
    else tabs[number].removeAttribute("aria-current");
  });
  /* The columns stand above the history, which has a form of its own. */
  document.querySelector(".exercise-columns").hidden = part.id === "history";
}

function partOf(element) {
  return parts.find((part) => part.contains(element));
}

/* A link to a field opens the part it is in and puts the cursor there. */
function follow() {
  const target = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
  const part = target && partOf(target);
  if (!part) return;
  show(part);
  if (parts.includes(target)) return;
  const field = target.matches("input, select, textarea, button, [tabindex]") ? target : target.querySelector("input:not([type=hidden]), select, textarea, button");
  field?.focus();
}

if (tabs.length) {
  document.querySelector(".catalogue").classList.add("has-tabs");
  tabs.forEach((tab, number) => {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      window.history.replaceState(null, "", tab.hash);
      show(parts[number]);
    });
  });
  const wrong = document.querySelector("#form-errors a, #gaps a");
  const opened = document.querySelector("[data-opened]").dataset.opened;
  const first = wrong && document.getElementById(wrong.hash.slice(1));
  /* After saving, the same part is shown again. */
  const kept = `part of ${window.location.pathname}`;
  const last = document.getElementById(window.sessionStorage.getItem(kept));
  window.sessionStorage.removeItem(kept);
  document.getElementById("exercise-form").addEventListener("submit", () => {
    window.sessionStorage.setItem(kept, parts.find((part) => !part.hidden).id);
  });
  show(document.getElementById(opened) || (first && partOf(first)) || last || parts[0]);
  if (!opened && !wrong) follow();
  window.addEventListener("hashchange", follow);
  /* The same link once more changes no address, so nobody would be told. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === window.location.hash && !tabs.includes(link)) follow();
  });
  document.getElementById("form-errors")?.focus();
  document.getElementById("gaps")?.focus();
}

/* A request that is too large would be refused as a whole: say so before anything is sent. */
const LARGEST = 10 * 1024 * 1024; // bytes of all photos of one save

document.getElementById("exercise-form")?.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  const files = [...event.currentTarget.querySelectorAll("input[type=file]")].flatMap((each) => [...each.files]);
  const field = event.target.closest(".field");
  const line = document.createElement("p");
  line.className = "advice-line is-hard";
  line.setAttribute("role", "alert");
  if (event.target.files[0]?.size > LARGEST) line.textContent = "This photo is larger than 10 MB. Please choose a smaller one.";
  else if (files.reduce((sum, file) => sum + file.size, 0) > LARGEST) line.textContent = "Together the photos are larger than 10 MB. Save first, then choose this one.";
  field.querySelector("[role=alert]")?.remove();
  if (!line.textContent) return;
  event.target.value = "";
  field.append(line);
});

/* The chosen exercise is in view in its list. */
const list = document.querySelector(".has-one #exercise-rows");
const chosen = list?.querySelector(".is-selected");
if (chosen && list.scrollHeight > list.clientHeight) {
  list.scrollTop = chosen.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
}

/* One filter is open at a time; Escape and a click elsewhere close it. */
const filters = [...document.querySelectorAll("details.filter")];
filters.forEach((filter) => {
  filter.addEventListener("toggle", () => {
    if (filter.open) filters.forEach((each) => { if (each !== filter) each.open = false; });
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !filter.open) return;
    filter.open = false;
    filter.querySelector("summary").focus();
  });
});
document.addEventListener("click", (event) => {
  filters.forEach((filter) => { if (!filter.contains(event.target)) filter.open = false; });
});
