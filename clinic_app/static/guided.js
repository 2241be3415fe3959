/* The guided session: the buttons, and what each of them does. Without this file the page is a list of what to do. */
import { write } from "./guided_end.js";
import * as session from "./guided_session.js";
import { setUpSettings } from "./guided_settings.js";

const part = (name) => document.getElementById(`guided-${name}`);

function onPress(name, action) {
  part(name).addEventListener("click", action);
}

function setUpStop() {
  const dialog = part("dialog");
  let ran = false;
  onPress("stop", () => {
    ran = session.interrupt();
    dialog.showModal();
  });
  onPress("break", () => dialog.close());
  onPress("finish", () => {
    dialog.close();
    session.finish();
  });
  onPress("go-on", () => {
    dialog.close();
    if (ran) session.pressMain();
  });
}

function start() {
  document.body.classList.add("is-guided");
  part("list").hidden = true;
  document.getElementById("guided").hidden = false;
  onPress("main", session.pressMain);
  onPress("enough", () => {
    session.pressEnough();
    if (part("enough").hidden) part("main").focus();
  });
  onPress("back", () => session.jump(-1));
  onPress("again", () => session.jump(0, 1));
  onPress("skip", () => session.jump(1));
  onPress("all", () => write(session.exercises));
  onPress("some", () => write(session.finished()));
  onPress("once-more", () => {
    session.startAgain();
    part("main").focus();
  });
  setUpSettings(session.repaint);
  setUpStop();
  session.begin();
}

if (session.exercises.length) start();
