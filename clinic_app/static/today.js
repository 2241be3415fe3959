/* The start box by keyboard: the down arrow goes from the words to the patients they mean. Works without it by Tab. */
"use strict";

document.getElementById("start-patient")?.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  const first = document.querySelector("#start-matches input");
  if (!first) return;
  event.preventDefault();
  first.checked = true;
  first.focus();
});
