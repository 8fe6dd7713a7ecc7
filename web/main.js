// The form: check, send, show. Everything that comes from a user or a server is shown as text, never as HTML.

import config from "./config.js";
import { ApiError, Refusal, UnusablePicture } from "./api.js";
import * as chooser from "./chooser.js";
import { element, say, tell } from "./dom.js";
import { Job, LostFile } from "./job.js";
import { recall, remember } from "./made.js";
import * as progress from "./progress.js";
import { show } from "./result.js";

const form = element("form");
const file = element("file");
const text = element("text");

let job = null; // the last thumbnail that was begun, until it is finished
let isChanged = true; // whether the form asks for another one than `job`
let running = null; // the AbortController of the run under way

chooser.begin(change);
form.addEventListener("input", change);
text.addEventListener("input", count);
addEventListener("pageshow", count); // a browser that restores a page restores its fields, too
recall();
element("broken").remove();

function change() {
  isChanged = true;
  progress.forgive(); // what failed is not what would be made now
}

function count() {
  const length = [...text.value].length;
  element("text-count").textContent = `${length} of ${config.maxTextLength} characters`;
  tell(text, length > config.maxTextLength ? `Shorten the title to ${config.maxTextLength} characters.` : "");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (running) return;
  const picture = await chooser.chosen();
  if (running) return;
  if (!picture) tell(file, "Choose a picture.");
  const invalid = [file, text].find((field) => field.getAttribute("aria-invalid") === "true");
  if (invalid) {
    invalid.focus();
    return;
  }
  if (isChanged || !job) job = new Job(picture, options());
  isChanged = false;
  run();
});

element("cancel").addEventListener("click", () => running.abort());
element("again").addEventListener("click", () => {
  if (isChanged) {
    form.requestSubmit();
    return;
  }
  run();
  element("cancel").focus();
});

function options() {
  return {
    text: text.value,
    fit: element("fit").value,
    position: element("position").value,
    caps: element("caps").checked,
  };
}

async function run() {
  running = new AbortController();
  const { signal } = running;
  progress.begin();
  try {
    const { expiresIn, ...links } = await job.run(progress.atStep, progress.atShare, signal);
    progress.end();
    finish({ name: job.name, isTitled: job.isTitled, ...links, ends: Date.now() + 1000 * expiresIn });
  } catch (error) {
    progress.end();
    if (signal.aborted) cancelled();
    else await report(error);
  } finally {
    running = null;
  }
}

function finish(made) {
  job = null;
  remember(made);
  show(made);
  if (isChanged) say("The thumbnail is ready, below."); // the user is busy with the next one: no focus is moved
  else element("result-heading").focus();
}

function cancelled() {
  say("Cancelled.");
  element("submit").focus();
}

async function report(error) {
  if (!(error instanceof ApiError)) console.error(error);
  const isCurrent = job.picture === (await chooser.chosen());
  if (error instanceof Refusal) job = null;
  if (isCurrent && (error instanceof UnusablePicture || error instanceof LostFile)) {
    if (error instanceof LostFile) chooser.letGo();
    chooser.complain(error.message);
    if (!isChanged) file.focus();
    return;
  }
  const mayGoOn = error instanceof ApiError && !(error instanceof Refusal);
  progress.fail(
    error instanceof ApiError ? error.message : "Something went wrong on this page. Please reload it and try again.",
    mayGoOn,
  );
  if (!isChanged) element(mayGoOn ? "again" : "submit").focus();
}
