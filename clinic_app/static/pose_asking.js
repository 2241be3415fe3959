/* What the server is asked to draw, and what its answer changes; the form is sent when the last answer is there. */
import { Preview } from "./pose_preview.js";
import { show, showHandles, showPicture, showValues, swapFields } from "./pose_showing.js";
import { drawing, form, said, say, stage, touched } from "./pose_state.js";

const FOREVER = ["drag", "set"]; // changes that keep all fields as they are

export const preview = new Preview(
  form.dataset.preview,
  () => form.elements.csrf_token.value,
  arrived,
  (state) => {
    stage.classList.toggle("is-busy", state === "busy");
    if (state === "offline") say("No connection. What you drew is kept, trying again.", true);
    else if (state === "idle" && said.hasAttribute("data-offline")) say("");
    said.toggleAttribute("data-offline", state === "offline");
    if (state === "idle") sendWhatWaits();
  },
);

/* A picture is known by its object, so that an answer finds it wherever it stands by then. */
export function ask(change, { key = "", of = drawing.pictures[drawing.at], whole = !FOREVER.includes(change.do), quiet = false } = {}) {
  if (!of?.scene) return;
  preview.ask(change, { key, of, quiet, sent: () => ({ slug: form.dataset.slug, scene: of.scene, before: before(of, change), fields: whole && of === drawing.pictures[drawing.at] }) });
}

/* The picture before, for an arrow that follows the way from there. */
function before(of, change = {}) {
  return of.scene.marks?.follow || change.what === "follow" ? drawing.pictures.slice(0, drawing.pictures.indexOf(of)).findLast((each) => each.scene)?.scene : undefined;
}

export function refresh({ fields: whole = false } = {}) {
  ask({ do: "show" }, { key: "show", whole, quiet: true });
}

function arrived(answer, { change, about }) {
  if (answer.wrong) {
    say(answer.wrong, true);
    if (about.of === drawing.pictures[drawing.at]) showValues(answer.values || {}, preview);
    return;
  }
  const { of } = about;
  const earlier = of.scene;
  const followed = of.alt === "" || of.alt === of.proposed;
  of.scene = answer.scene;
  of.image = `data:image/svg+xml,${encodeURIComponent(answer.svg)}`;
  of.proposed = answer.alt;
  if (followed) of.alt = answer.alt;
  const number = drawing.pictures.indexOf(of);
  if (number < 0) return;
  showPicture(number);
  if (number === drawing.at) {
    drawing.handles = answer.handles;
    showHandles(answer.values, preview);
    if (answer.fields) swapFields(answer.fields);
    else showValues(answer.values, preview);
    if (!about.quiet) say(answer.said, Boolean(answer.said), about.key);
  }
  if (change.do !== "show" && JSON.stringify(earlier) !== JSON.stringify(of.scene)) {
    touched();
    if (!about.follows) together(change, earlier, of);
  }
}

/* All pictures of an exercise share one scale, one viewpoint and one side. */
function together(change, earlier, of) {
  const frame = of.scene.frame;
  const turned = [earlier.facing, of.scene.facing].sort().join() === "left,right";
  for (const other of drawing.pictures) {
    if (other === of || !other.scene) continue;
    const follow = (next) => preview.ask(next, { key: "", of: other, quiet: true, follows: true, sent: () => ({ slug: form.dataset.slug, scene: other.scene, before: before(other) }) });
    if (other.scene.view !== of.scene.view) follow({ do: "view", view: of.scene.view });
    else if (turned && other.scene.facing === earlier.facing) follow({ do: "face", facing: of.scene.facing });
    if (JSON.stringify(other.scene.frame) !== JSON.stringify(frame)) follow({ do: "frame", shape: frame.width > frame.height ? "wide" : "tall", width: frame.width, x: frame.x, y: frame.y });
    const acting = of.scene.acting_side;
    if (change.name === "acting_side" && acting !== "none" && ![acting, "none"].includes(other.scene.acting_side)) follow({ do: "choose", name: "acting_side", value: acting });
  }
}

/* The form is sent only when the last change was drawn: what is saved is what is seen. */
let asked = null; // the button that waits for it

form.addEventListener("submit", (event) => {
  if (!preview.isBusy) return;
  event.preventDefault();
  asked = event.submitter;
});

function sendWhatWaits() {
  if (!asked || preview.isBusy) return;
  const button = asked;
  asked = null;
  form.requestSubmit(button);
}
