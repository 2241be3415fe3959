/* The protocol editor: a part that came anew counts as a change that is not saved. The page works without this file. */
"use strict";

const protocol = document.getElementById("protocol");
protocol?.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "protocol-lines") return;
  protocol.dispatchEvent(new Event("input"));
});
