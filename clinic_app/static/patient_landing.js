/* The secret stands behind the # of the address, which no server and no log ever gets. It is put into the form, and
   taken out of the address line, so that it stays in no history. Without this file one types the code. */
"use strict";

(() => {
  // Whoever sees this has not opened the programme on this phone, or has closed it: no copy stays, not even one that was
  // still being made. What was written and not sent yet does stay.
  const home = window.location.pathname;
  const quiet = () => undefined;
  window.caches?.delete(`patient${home}`).catch(quiet);
  navigator.serviceWorker?.getRegistration(`${home}/`).then((worker) => worker?.unregister()).catch(quiet);

  const secret = window.location.hash.slice(1);
  const form = document.getElementById("opening");
  const code = document.getElementById("given");
  if (!form || !code || !secret) return;
  window.history.replaceState(null, "", window.location.pathname);
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "given", value: secret });
  document.getElementById("code-field").replaceWith(field);
  const words = document.createElement("p");
  words.textContent = "Press the button to see your exercises.";
  form.prepend(words);
})();
