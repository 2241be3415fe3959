/* What was written and the clinic has not confirmed yet. Used by the pages and by the worker, in one database of the
   phone. An item leaves it only when the server has confirmed that item: nothing is lost by a reload. Sending twice is
   harmless, because the server knows an item again by its day, exercise and turn. */
"use strict";

self.diaryQueue = (() => {
  const STORE = "items";
  const PORTION = 50;

  function open() {
    return new Promise((resolve, reject) => {
      const asked = self.indexedDB.open("diary", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  /* Runs `work` on the store; what its request found, once all of it is safely on the disk. */
  async function run(mode, work) {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const change = database.transaction(STORE, mode, { durability: "strict" });
        const request = work(change.objectStore(STORE));
        change.oncomplete = () => resolve(request?.result);
        change.onabort = () => reject(change.error);
      });
    } finally {
      database.close();
    }
  }

  const list = () => run("readonly", (store) => store.getAll());
  const drop = (ids) => run("readwrite", (store) => void ids.forEach((id) => store.delete(id)));
  const key = (each) => [each.page, each.kind, each.item.day, each.item.exercise, each.item.turn].join(" ");

  /* Keep one item. What says the same thing and was written before it is replaced by it. */
  async function add(page, kind, item) {
    const made = { page, kind, item, state: "waiting" };
    const before = (await list()).filter((each) => key(each) === key(made)).map((each) => each.id);
    await run("readwrite", (store) => {
      before.forEach((id) => store.delete(id));
      return store.add(made);
    });
  }

  const settle = (items, results) =>
    run("readwrite", (store) => {
      items.forEach((each, at) => {
        const asked = store.get(each.id);
        asked.onsuccess = () => {
          if (!asked.result || !results[at]) return; // replaced meanwhile by a newer one
          const { kept, reason } = results[at];
          store.put({ ...asked.result, state: kept ? "sent" : "refused", reason });
        };
      });
    });

  async function sendPortion(page, items) {
    const of = (kind) => items.filter((each) => each.kind === kind);
    const [entries, days] = [of("entries"), of("days")];
    const bare = (list) => list.map((each) => each.item);
    const answer = await fetch(`/p/${page}/diary`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ entries: bare(entries), days: bare(days), sent_at: new Date().toISOString() }),
    });
    if ([401, 403, 404, 410].includes(answer.status)) return "closed";
    if (!answer.ok) return "later";
    const said = await answer.json();
    await settle([...entries, ...days], [...said.entries, ...said.days]);
    return said.advice || "sent";
  }

  async function sendAll() {
    const waiting = (await list()).filter((each) => each.state === "waiting");
    const outcomes = [];
    for (const page of new Set(waiting.map((each) => each.page))) {
      const own = waiting.filter((each) => each.page === page);
      for (let at = 0; at < own.length; at += PORTION) {
        const outcome = await sendPortion(page, own.slice(at, at + PORTION)).catch(() => "later");
        outcomes.push({ page, outcome });
        if (outcome === "later" || outcome === "closed") break;
      }
    }
    return outcomes;
  }

  /* Send what waits, in order; one tab or worker at a time. [{page, outcome}], outcome "sent", "later", "closed",
     or "pain" and "worse" where the safety advice is to be shown. */
  const send = () =>
    self.navigator.locks ? self.navigator.locks.request("diary", sendAll) : sendAll();

  return { add, drop, list, send };
})();
