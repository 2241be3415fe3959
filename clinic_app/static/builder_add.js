/* The add box: what is found stands below it with one mark; arrows move the mark, Enter adds and keeps the cursor. */
"use strict";

(() => {
  const box = document.getElementById("add-box");
  if (!window.builder || !box) return;
  const { press } = window.builder;
  let marked = 0;

  function tidy(text) {
    return text.split(/\s+/).filter(Boolean).join(" ");
  }

  function options() {
    return [...document.querySelectorAll("#found-list .pick")];
  }

  function mark(index) {
    const found = options();
    marked = found.length > 0 ? (index + found.length) % found.length : 0;
    found.forEach((each, place) => {
      each.setAttribute("aria-selected", String(place === marked));
      if (place === marked) each.scrollIntoView({ block: "nearest" });
    });
    if (found.length > 0) box.setAttribute("aria-activedescendant", found[marked].id);
    else box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(found.length > 0));
  }

  /* Without scripts the list is one of buttons; with the box in front of it, it is a list to choose from. */
  function dress() {
    const list = document.getElementById("found-list");
    if (list) {
      list.setAttribute("role", "listbox");
      box.setAttribute("aria-controls", list.id);
      options().forEach((each) => {
        each.parentElement.setAttribute("role", "none");
        each.setAttribute("role", "option");
        each.id = `pick-${each.value}`;
        each.tabIndex = -1;
      });
    } else {
      box.removeAttribute("aria-controls");
    }
    mark(0);
    tick();
  }

  /* A check instead of the plus at what is in the programme by now. */
  function tick() {
    const there = new Set([...document.querySelectorAll("#prescribed > li")].map((row) => row.dataset.exercise));
    document.querySelectorAll(".pick").forEach((each) => each.classList.toggle("is-in", there.has(each.value)));
  }

  function clear() {
    const found = document.getElementById("found");
    found.dataset.text = "";
    found.replaceChildren();
    dress();
  }

  function empty() {
    box.value = "";
    clear();
  }

  function add(values, line) {
    document.getElementById("add-said").replaceChildren();
    press({ ...values, line }, () => {
      const wrong = document.querySelector("#add-said .is-wrong");
      if (wrong && box.value === "" && line) box.value = line;
    });
    empty();
    box.focus();
  }

  box.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !event.altKey && options().length > 0) {
      event.preventDefault();
      mark(marked + move);
    } else if (event.key === "Escape" && box.value) {
      event.preventDefault();
      empty();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const line = tidy(box.value);
      const fresh = tidy(document.getElementById("found").dataset.text) === line;
      const pick = options()[marked];
      if (fresh && pick) add({ add: pick.value }, line);
      else if (line) add({ action: "add" }, line); // faster than the list: the server takes the first that it finds
    }
  });

  document.addEventListener("click", (event) => {
    const pick = event.target.closest(".pick");
    if (!pick) return;
    event.preventDefault();
    add({ add: pick.value }, pick.closest("#found-list") ? tidy(box.value) : "");
  });

  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "found") dress();
  });
  document.addEventListener("programme-answered", tick);

  /* In a narrow window the catalogue below the box is folded away. */
  const more = document.querySelector(".catalogue-more");
  const narrow = matchMedia("(max-width: 991.98px)");
  const fold = () => {
    more.open = !narrow.matches || box.value !== "";
  };
  narrow.addEventListener("change", fold);
  fold();
  box.addEventListener("input", () => {
    more.open = true;
    if (!box.value.trim()) clear();
  });

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  dress();
})();
