/* Nothing typed is lost to a sign-in that ran out or a connection that broke: before a form is sent as a whole page,
   this asks who is signed in, and keeps the page when the answer is nobody, somebody else, or no answer at all.
   Parts of a page (htmx) are answered 401; then the page asks for a new sign-in in the same way.
   When the sign-in is back, the event "signed-in" on the document tells other scripts to send again. */
const SLOW = 5000; // milliseconds; a slow server is not a broken connection: the form is sent then
const OWNER = document.body.dataset.account;

async function sessionState() {
  const answer = await fetch(document.body.dataset.session, {
    headers: { Accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(SLOW),
  });
  return answer.json();
}

/* A form token belongs to a session; a new sign-in brings a new one. */
function renewTokens(token) {
  document.querySelectorAll("input[name=csrf_token]").forEach((input) => {
    input.value = token;
  });
}

function explain(part) {
  const dialog = document.getElementById("session-dialog");
  dialog.querySelectorAll("[data-part]").forEach((each) => {
    each.hidden = each.dataset.part !== part;
  });
  if (!dialog.open) dialog.showModal();
}

/* Whether the page may send: "yes", or which part of the dialog says why not. */
async function mayGoOn() {
  let state;
  try {
    state = await sessionState();
  } catch (error) {
    return error.name === "TimeoutError" ? "yes" : "offline";
  }
  if (state.account === null) return "signed-out";
  if (String(state.account) !== OWNER) return "somebody-else";
  renewTokens(state.token);
  return "yes";
}

let waiting = null; // the form and button that could not be sent
let checked = null; // the form whose next submit is the checked one

/* A form that has something under way says so, and is sent after it. */
function underWay(form) {
  const waits = [];
  form.dispatchEvent(new CustomEvent("before-sending", { detail: { after: (promise) => waits.push(promise) } }));
  return Promise.allSettled(waits);
}

/* The form, or the one in its place where a part of the page renewed itself meanwhile: a form that left sends nothing.
   Where two could be meant, neither is. */
function present(form) {
  if (form.isConnected) return form;
  const action = form.getAttribute("action");
  const same = [...document.forms].filter((each) => each.getAttribute("action") === action);
  return same.length === 1 ? same[0] : form;
}

async function send(form, submitter) {
  await underWay(form);
  const answer = await mayGoOn();
  if (answer !== "yes") {
    waiting = { form, submitter };
    explain(answer);
    return;
  }
  waiting = null;
  checked = present(form);
  checked.requestSubmit(submitter?.isConnected ? submitter : null);
}

async function tryAgain() {
  const answer = await mayGoOn();
  if (answer !== "yes") {
    explain(answer);
    return;
  }
  document.getElementById("session-dialog").close();
  document.dispatchEvent(new CustomEvent("signed-in"));
  if (waiting) send(waiting.form, waiting.submitter);
}

/* Whether htmx sends what this form or button submits. A form that saves itself on another event does not count. */
function byHtmx(element) {
  if (!element?.hasAttribute("hx-post")) return false;
  return /\b(submit|click)\b/.test(element.getAttribute("hx-trigger") ?? "submit");
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post" || byHtmx(form) || byHtmx(event.submitter)) return;
    if (checked === form) {
      checked = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form, event.submitter);
  },
  true,
);

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) explain("signed-out");
});
document.getElementById("session-again")?.addEventListener("click", tryAgain);
/* Coming back from the tab with the sign-in is answer enough. */
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.getElementById("session-dialog")?.open) tryAgain();
});
