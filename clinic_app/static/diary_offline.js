/* Puts the worker in its place and fills what it keeps: the pages of the day again and again, exercises, pictures and
   files once. Everything is asked for one after the other, after the page itself is there. */
"use strict";

self.diaryOffline = (() => {
  const about = document.getElementById("diary");
  if (!about || !("serviceWorker" in navigator) || !window.caches) return { refresh: async () => undefined };
  const home = `/p/${about.dataset.page}`;
  const name = `patient${home}`;
  const kept = JSON.parse(about.dataset.kept);
  const seen = new Set();

  async function fetched(address) {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer;
  }

  /* Files that a page or script names. Their own imports are followed, so that a page is whole without a connection. */
  function named(text, base, isPage) {
    if (!isPage) return [...text.matchAll(/(?:from|import)\s+"(\.[^"]+)"/g)].map((found) => new URL(found[1], base).pathname);
    const parts = new DOMParser().parseFromString(text, "text/html");
    return [...parts.querySelectorAll('link[rel="stylesheet"], script[src], link[rel="icon"]')].map(
      (each) => each.getAttribute("href") || each.getAttribute("src"),
    );
  }

  async function keepFile(cache, address) {
    if (seen.has(address)) return;
    seen.add(address);
    const copy = (await cache.match(address)) || (await fetched(address));
    const text = new URL(address, location.href).pathname.endsWith(".js") ? await copy.clone().text() : "";
    if (!(await cache.match(address))) await cache.put(address, copy);
    for (const each of named(text, new URL(address, location.href), false)) await keepFile(cache, each);
  }

  async function keepPage(cache, address, again) {
    if (!again && (await cache.match(address))) return;
    const answer = await fetched(address);
    const text = await answer.clone().text();
    await cache.put(address, answer);
    for (const each of named(text, location.href, true)) await keepFile(cache, each);
  }

  /* Read what changes with the day again, so that the copy shows what was written. False when something was missing. */
  async function refresh() {
    try {
      const cache = await caches.open(name);
      for (const each of kept.pages) await keepPage(cache, each, true);
      return true;
    } catch {
      return false;
    }
  }

  async function fill() {
    const cache = await caches.open(name);
    for (const each of kept.pages) await keepPage(cache, each, true);
    for (const each of kept.exercises) await keepPage(cache, each, false);
    for (const each of kept.pictures) await keepFile(cache, each);
    const loaded = performance.getEntriesByType("resource").map((each) => new URL(each.name));
    for (const each of loaded) {
      if (each.origin === location.origin && each.pathname.startsWith("/static/")) await keepFile(cache, each.pathname + each.search);
    }
    document.documentElement.dataset.offline = "ready";
  }

  async function start() {
    const link = Object.assign(document.createElement("link"), { rel: "manifest", href: about.dataset.manifest });
    link.crossOrigin = "use-credentials";
    document.head.append(link);
    await navigator.serviceWorker.register(about.dataset.worker, { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    // Another edition than the one that is kept: the old exercises must not open again.
    const copy = await caches.match(`${home}/today`, { cacheName: name });
    const before = copy && /id="diary"[^>]*?data-edition="(\d+)"/.exec(await copy.text())?.[1];
    if (before && Number(before) < Number(about.dataset.edition)) await caches.delete(name);
    if (navigator.onLine) await fill();
  }

  window.addEventListener("load", () => start().catch(() => undefined));

  async function empty() {
    await caches.delete(name);
    await (await navigator.serviceWorker.getRegistration(`${home}/`))?.unregister();
  }

  async function askForSync() {
    const worker = await navigator.serviceWorker.getRegistration(`${home}/`);
    await worker?.sync?.register("diary");
  }

  return { askForSync, empty, refresh };
})();
