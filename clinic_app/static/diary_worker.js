/* Opens the page without a connection. Pages: the network first, so that a new, withdrawn or closed edition shows at
   once; the copy only when nobody answers. Pictures and files named by their content: the copy first. Everything is
   kept under one name of this address and emptied as soon as the address leads nowhere, or another edition is shown. */
"use strict";

importScripts("/static/diary_queue.js");

const HOME = self.location.pathname.replace(/\/worker\.js$/, "");
const KEPT = `patient${HOME}`;
const NO_CONNECTION =
  '<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>No connection</title><style>body{font:1.125rem/1.5 sans-serif;max-width:35rem;margin:1.5rem auto;padding:0 1rem;color:#16242e}a{color:#0e5a68}</style>' +
  `<h1>No connection</h1><p>This page is not on your phone.</p><p><a href="${HOME}/today">Your exercises</a></p>` +
  "<p>If you need help now, call 111; in an emergency 999.</p></html>";

const edition = (html) => /id="diary"[^>]*?data-edition="(\d+)"/.exec(html)?.[1];

async function keep(request, answer) {
  const cache = await caches.open(KEPT);
  await cache.put(request, answer).catch(() => undefined); // no room: it is shown all the same
}

/* The edition of the copies, from the copy of today's page. */
async function keptEdition() {
  const copy = await caches.match(`${HOME}/today`, { cacheName: KEPT });
  return copy && edition(await copy.text());
}

async function page(request) {
  let answer;
  try {
    answer = await fetch(request.url, { credentials: "same-origin", redirect: "follow", cache: "no-store" });
  } catch {
    const copy = await caches.match(request, { cacheName: KEPT });
    return copy || new Response(NO_CONNECTION, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
  const path = new URL(answer.url).pathname;
  if (answer.status === 410 || answer.status === 401 || path === HOME) await caches.delete(KEPT);
  else if (path === `${HOME}/today` && answer.ok) {
    const shown = edition(await answer.clone().text());
    const before = await keptEdition();
    if (!shown || (before && before !== shown)) await caches.delete(KEPT);
    if (shown) await keep(`${HOME}/today`, answer.clone());
  } else if (path === `${HOME}/calendar`) return answer; // it shows a secret, and is of no use without a connection
  else if (answer.ok && !answer.redirected && !new URL(request.url).search) await keep(request, answer.clone());
  else if (answer.redirected || answer.status === 404) await (await caches.open(KEPT)).delete(request);
  // A page may not be the answer to another address: the browser is sent there instead.
  return answer.redirected ? Response.redirect(answer.url, 303) : answer;
}

async function file(request, { copyFirst }) {
  const copy = await caches.match(request, { cacheName: KEPT, ignoreVary: true });
  if (copy && copyFirst) return copy;
  try {
    const answer = await fetch(request);
    if (answer.status === 200) await keep(request, answer.clone());
    return answer;
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && address.pathname.startsWith(`${HOME}/`)) event.respondWith(page(request));
  else if (address.pathname.startsWith(`${HOME}/pictures/`)) event.respondWith(file(request, { copyFirst: true }));
  else if (address.pathname.startsWith(`${HOME}/`) && ["image", "style"].includes(request.destination))
    event.respondWith(file(request, { copyFirst: false })); // the clinic's own colour
  else if (address.pathname.startsWith("/static/"))
    event.respondWith(file(request, { copyFirst: address.searchParams.has("v") }));
});
self.addEventListener("sync", (event) => {
  if (event.tag === "diary") event.waitUntil(self.diaryQueue.send());
});
