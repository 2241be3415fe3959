/* The protocol editor: a part that came anew counts as a change that is not saved. The page works without this file. */
"use strict";

const protocol = document.getElementById("protocol");
protocol?.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "protocol-lines") return;
  protocol.dispatchEvent(new Event("input"));
  /* The same button of the same exercise keeps the focus; at the end of the list its partner takes it. */
  const pressed = document.getElementById(event.detail.requestConfig?.elt?.id);
  if (pressed?.disabled) pressed.parentElement.querySelector("button:not(:disabled)")?.focus();
  else if (pressed) pressed.focus();
});
