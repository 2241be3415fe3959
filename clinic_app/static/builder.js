/* The builder saves by itself: a moment after the last key, and at once when a button is pressed. One request at a time;
   each carries the whole form, and its answer swaps only what it may change. What is typed meanwhile stays.
   Without this file the same form is sent as a page. The scripts beside this one use `window.builder`. */
"use strict";

(() => {
  const form = document.getElementById("programme");
  if (!form) return;

  // While parts settle, htmx writes the attribute `style` of the old ones, which our content policy refuses.
  window.htmx.config.attributesToSettle = ["class"];

  const PAUSE = 600; // milliseconds after the last key
  const WAITS = [1000, 2000, 4000, 8000, 15000]; // before the next try on a lost connection
  const LEAVE = 2000; // how long a click on a link waits for the last save

  let dirty = form.hasAttribute("data-came-back");
  let running = false;
  let hold = ""; // why nothing is sent now: "signed-out", "conflict" or "refused"
  let failures = 0;
  let timer = 0;
  let saved = savedWords();
  let issuing = false;
  let renewed = false;
  let saves = 0; // how many this page has sent; the server never lets an earlier one follow a later one
  const page = Array.from(window.crypto.getRandomValues(new Uint32Array(4)), (each) => each.toString(16)).join("");
  const presses = []; // buttons that were pressed and not carried out yet
  const typed = new Map(); // id of a field -> what was typed since the last request left
  const kept = new Map(); // the same for fields that are sent only with their own button

  function savedWords() {
    return document.getElementById("saved-state")?.textContent.trim() ?? "";
  }

  /* A page that answered a button has the button's address; loaded again, it must not press it once more. */
  const address = form.getAttribute("action");
  if (window.location.pathname !== address) window.history.replaceState(null, "", address + window.location.hash);

  /* The state in words beside the patient's name, and whether it is a worry. */
  function say(words, worry = false) {
    const place = document.getElementById("saved-state");
    if (!place) return;
    place.textContent = words;
    place.classList.toggle("is-worry", worry);
  }

  function sayNotSaved(why) {
    say([`Not saved, ${why}.`, saved && `Last: ${saved}.`].filter(Boolean).join(" "), true);
  }

  function isUnsaved() {
    return dirty || running || presses.length > 0;
  }

  function valueOf(field) {
    return field.type === "radio" || field.type === "checkbox" ? field.checked : field.value;
  }

  function putBack(values) {
    for (const [id, value] of values) {
      const field = document.getElementById(id);
      if (!field) values.delete(id);
      else if (typeof value === "boolean") field.checked = value;
      else if (field.value !== value) field.value = value;
    }
  }

  /* Sends the form once; resolves with the answer's status, 0 when there was none. */
  function post(values) {
    return new Promise((resolve) => {
      const done = (event) => {
        if (event.detail.requestConfig?.verb !== "post") return;
        form.removeEventListener("htmx:afterRequest", done);
        resolve(event.detail.xhr.status);
      };
      form.addEventListener("htmx:afterRequest", done);
      saves += 1;
      const all = { ...values, page, save: saves };
      window.htmx.ajax("POST", form.getAttribute("action"), { source: form, swap: "none", values: all }).catch(() => {});
    });
  }

  async function run() {
    if (running || hold || issuing || (!dirty && presses.length === 0)) return;
    window.clearTimeout(timer);
    const press = presses[0];
    running = true;
    dirty = false;
    typed.clear();
    say("Saving");
    const status = await post(press?.values ?? {});
    running = false;
    putBack(typed);
    putBack(kept);
    if (status >= 200 && status < 300) succeeded(press);
    else failed(status);
  }

  function succeeded(press) {
    failures = 0;
    renewed = false;
    saved = savedWords();
    if (press) presses.shift();
    if (Number(document.getElementById("issue-state").dataset.wrong)) sayNotSaved("see the marked field");
    if (dirty) say("Not saved yet");
    document.dispatchEvent(new CustomEvent("programme-answered"));
    press?.done?.();
    if (presses.length > 0 || dirty) run();
  }

  function failed(status) {
    dirty = true;
    if (status === 401) {
      hold = "signed-out";
      sayNotSaved("you were signed out");
    } else if (status === 409 && document.getElementById("conflict-panel")) {
      hold = "conflict";
      sayNotSaved("two people changed the same");
      if (presses[0]?.answers) presses.shift();
      document.getElementById("conflict-panel").focus();
    } else if (status === 0 || status === 429 || status >= 500) {
      sayNotSaved("trying again");
      timer = window.setTimeout(run, WAITS[Math.min(failures, WAITS.length - 1)]);
      failures += 1;
    } else if (status === 400 && !renewed) {
      renew();
    } else {
      hold = "refused";
      presses.length = 0;
      sayNotSaved("reload the page to see how it stands");
    }
    document.dispatchEvent(new CustomEvent("programme-answered"));
  }

  /* A form token that is not known belongs to a session that is gone. A new one is taken when the same person is
     signed in again; otherwise session.js, which listens for this answer of htmx, asks for the sign-in. */
  async function renew() {
    renewed = true;
    const { session, account } = document.body.dataset;
    const state = await fetch(session, { cache: "no-store" }).then(
      (answer) => answer.json(),
      () => null,
    );
    if (state && String(state.account) === account) {
      form.elements.namedItem("csrf_token").value = state.token;
      run();
      return;
    }
    hold = "signed-out";
    sayNotSaved("you were signed out");
    document.dispatchEvent(new CustomEvent("htmx:responseError", { detail: { xhr: { status: 401 } } }));
  }

  /* Carries out a button. `done` is called when its answer is on the page. */
  function press(values, done) {
    const answers = values.action === "answer" || values.action === "take_theirs";
    if (answers) {
      hold = "";
      presses.unshift({ values, done, answers });
    } else {
      presses.push({ values, done });
    }
    run();
  }

  function changed() {
    dirty = true;
    if (hold === "refused") hold = "";
    if (!hold) say("Not saved yet");
    if (failures === 0) {
      window.clearTimeout(timer);
      timer = window.setTimeout(run, PAUSE);
    }
  }

  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.id || !field.name) return;
    if (field.closest(".tool, .clash, .conflict")) {
      kept.set(field.id, valueOf(field));
      return;
    }
    typed.set(field.id, valueOf(field));
    changed();
  });

  /* Where the cursor goes when the button that was pressed is gone. */
  function after(name, value) {
    const id = value.split(":")[0];
    const place = {
      remove: () => document.getElementById(`put-back-${id}`),
      put_back: () => document.querySelector(`#row-${id} .dose input`),
      swap: () => document.querySelector(`#row-${id} .dose input`),
      keep: () => document.querySelector(".clash") ?? document.querySelector(".dose input"),
      action: () => document.querySelector("#undo button") ?? document.getElementById("add-box"),
    }[name]?.();
    if (place && (document.activeElement === document.body || !document.activeElement)) place.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=submit]");
    if (!button || button.form !== form || button.hasAttribute("formaction") || button.matches(".pick")) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    const { name, value } = button;
    if (name === "action" && (value === "save" || value === "find")) {
      dirty = true;
      run();
      return;
    }
    button.closest("details.tool")?.removeAttribute("open");
    press({ [name]: value }, () => after(name, value));
  });

  function hidden(name) {
    const there = form.elements.namedItem(name);
    if (there) return there;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.append(field);
    return field;
  }

  /* Issue is a whole page and says everything once more; a save of this page that is under way comes first. */
  form.addEventListener("before-sending", (event) => {
    window.clearTimeout(timer);
    event.detail.after(idle());
  });

  /* Its second click does nothing, and the server knows a second one too. */
  form.addEventListener("submit", (event) => {
    if (issuing) {
      event.preventDefault();
      return;
    }
    issuing = true;
    window.clearTimeout(timer);
    saves += 1;
    hidden("page").value = page;
    hidden("save").value = String(saves);
    window.setTimeout(() => form.classList.toggle("is-sending", issuing), 400);
  });
  window.addEventListener("pageshow", () => {
    issuing = false;
    form.classList.remove("is-sending");
  });

  /* Resolves when everything is saved, or when that takes too long; what is typed then goes out with the next page. */
  function idle() {
    run();
    return new Promise((resolve) => {
      const end = Date.now() + LEAVE;
      const look = () => (!isUnsaved() || hold || Date.now() > end ? resolve() : window.setTimeout(look, 30));
      look();
    });
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = !link || link.target || link.getAttribute("href").startsWith("#") || link.dataset.swap;
    if (elsewhere || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !isUnsaved()) return;
    event.preventDefault();
    await idle();
    window.location.assign(link.href);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved() && !issuing) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) run();
  });
  document.addEventListener("signed-in", () => {
    if (hold === "signed-out") hold = "";
    renewed = false;
    run();
  });
  window.addEventListener("online", run);

  /* Below 1200 pixels the programme and its pages take turns. */
  const whole = document.getElementById("builder");
  function look(at) {
    whole.dataset.view = at;
    whole.querySelectorAll("[data-show]").forEach((each) => {
      each.setAttribute("aria-pressed", String(each.dataset.show === at));
    });
  }
  whole.querySelectorAll("[data-show]").forEach((button) => {
    button.addEventListener("click", () => look(button.dataset.show));
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("#issue-state a")) look("list"); // what is missing is put right there
  });

  if (document.getElementById("conflict-panel")) hold = "conflict";
  else if (dirty) timer = window.setTimeout(run, PAUSE);

  window.builder = { form, press };
})();
