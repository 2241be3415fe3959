/* Real pages beside the programme. The old ones stay, dimmed, until the new ones can be shown. */
"use strict";

(() => {
  const column = document.getElementById("pages");
  if (!window.builder || !column) return;
  const DIM = 400; // milliseconds; what is quicker than this does not flicker
  const LOADING = 5000; // at most so long the old pages wait for pictures of the new ones
  const shown = document.getElementById("pages-shown");
  const note = document.getElementById("pages-note");
  const layouts = document.getElementById("layouts");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let version = ""; // of the programme, and in which layout
  let from = ""; // where the pages that are shown came from, which says their layout
  let row = null; // the one with the cursor
  let busy = false;
  let again = false;

  function pageOf(number) {
    return number === null ? null : shown.querySelector(`img[data-rows~="${number}"]`);
  }

  function show() {
    const page = pageOf(row);
    if (!page) return;
    const top = page.offsetTop - column.offsetTop - 8;
    column.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  }

  function tell(words) {
    note.textContent = words;
    note.hidden = words === "";
  }

  async function exchange(text, asked) {
    const parts = document.importNode(new DOMParser().parseFromString(text, "text/html").body, true);
    const why = parts.querySelector("[data-note]");
    if (why) {
      if (asked !== from) shown.replaceChildren(); // not the pages of another layout under this one's name
      tell(why.textContent);
      return;
    }
    const pictures = [...parts.querySelectorAll("img")];
    const first = pictures.filter((each, place) => place < 2 || each.matches(`[data-rows~="${row}"]`));
    const late = new Promise((resolve) => {
      window.setTimeout(resolve, LOADING);
    });
    await Promise.race([Promise.all(first.map((each) => each.decode().catch(() => {}))), late]);
    const place = column.scrollTop;
    shown.replaceChildren(...pictures);
    from = asked;
    column.scrollTop = place;
    document.getElementById("pages-count").replaceChildren(...parts.querySelector("[data-count]").childNodes);
    tell("");
  }

  async function refresh() {
    const asked = column.dataset.pages;
    const now = `${document.getElementById("version").value} ${asked}`;
    if (now === version) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const dim = window.setTimeout(() => column.classList.add("is-making"), DIM);
    try {
      const answer = await fetch(asked, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (answer.ok) {
        await exchange(await answer.text(), asked);
        version = now;
      } else if (answer.status !== 401) {
        tell("The pages could not be made. They are tried again after the next change.");
      }
    } catch {
      // No connection: the state beside the patient's name says so, and the next save tries again.
    }
    window.clearTimeout(dim);
    column.classList.remove("is-making");
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  function choose(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const each of layouts.children) each.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    column.dataset.pages = link.dataset.pages;
    document.getElementById("draft-pages").href = link.href;
    column.scrollTo({ top: 0 });
    refresh();
  }

  layouts.addEventListener("click", choose);
  document.addEventListener("programme-answered", refresh);
  document.addEventListener("row-focused", (event) => {
    row = event.detail;
    show();
  });
  refresh();
})();
