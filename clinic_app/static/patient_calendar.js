/* A button that copies the address of the reminders. Without this file it is selected and copied by hand. */
"use strict";

(() => {
  const field = document.querySelector("[data-copy]");
  if (!field || !navigator.clipboard) return;
  const said = Object.assign(document.createElement("p"), { className: "hint" });
  said.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button is-quiet is-small", textContent: "Copy" });
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value).then(
      () => { said.textContent = "Copied."; },
      () => { said.textContent = "It is marked. Copy it with your phone."; },
    );
  });
  field.after(button, said);
})();
