/* The search box in the bar: arrows walk through what was found, Escape puts it away. The links are links. */
const box = document.querySelector("input[data-search-key]");
const found = document.getElementById("search-found");

function put(open) {
  found.hidden = !open;
}

function links() {
  return [...found.querySelectorAll("a")];
}

box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && !found.hidden && links().length) {
    event.preventDefault();
    links()[0].focus();
  } else if (event.key === "Escape") {
    put(false);
  }
});

found.addEventListener("keydown", (event) => {
  const all = links();
  const here = all.indexOf(document.activeElement);
  if (event.key === "Escape") {
    put(false);
    box.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = here + (event.key === "ArrowDown" ? 1 : -1);
    (all[next] ?? box).focus();
  }
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === found) put(box.value.trim() !== "");
});
box.addEventListener("focus", () => put(box.value.trim() !== "" && found.childElementCount > 0));
document.addEventListener("click", (event) => {
  if (!found.contains(event.target) && event.target !== box) put(false);
});
found.parentElement.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !found.parentElement.contains(event.relatedTarget)) put(false);
});
