// The form: choose, check, send, show. Everything that comes from a user or a server is shown as text, never as HTML.

import config from "./config.js";
import { ApiError, Refusal, UnusablePicture } from "./api.js";
import { element, say, tell } from "./dom.js";
import { Job } from "./job.js";
import { recall, remember } from "./made.js";
import { examine, facts, maxMegabytes, typeNames } from "./picture.js";
import { atShare, atStep, begin, end, fail, forgive } from "./progress.js";
import { hide, show } from "./result.js";

const form = element("form");
const file = element("file");
const text = element("text");

let picture = null; // the promise of what `examine` says of the chosen file
let job = null;
let running = null; // the run's AbortController

const extensions = Object.values(config.acceptedTypes).map((extension) => `.${extension}`);
file.accept = [...Object.keys(config.acceptedTypes), ...extensions].join(","); // not every system knows every type
element("file-hint").textContent = `${typeNames}; at most ${maxMegabytes} MB.`;
element("text-hint").textContent = "Leave it empty for a thumbnail without a title.";
count();
recall();

// --- choosing a picture

file.addEventListener("change", choose);
element("camera").addEventListener("change", ({ target }) => take(target.files));
element("frame").addEventListener("click", () => file.click());

document.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) take(event.clipboardData.files);
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  element("frame").classList.add("over");
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (!relatedTarget) element("frame").classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  element("frame").classList.remove("over");
  if (event.dataTransfer.files.length) take(event.dataTransfer.files);
  else tell(file, "That was no file. Drop a picture that is on this device.");
});

/** Put the first of some files into the form's field, so that there is one place to look for it. */
function take(files) {
  const transfer = new DataTransfer();
  if (files[0]) transfer.items.add(files[0]);
  file.files = transfer.files;
  forgive();
  choose();
}

async function choose() {
  const chosen = file.files[0];
  picture = chosen ? examine(chosen) : null;
  const mine = picture;
  const seen = await picture;
  if (mine !== picture) return; // another file was chosen meanwhile
  tell(file, seen?.problem ?? "");
  element("file-facts").textContent = seen && !seen.problem ? facts(seen) : "";
  preview(seen?.shown ?? null);
}

function preview(shown) {
  const old = element("preview");
  if (old.src) URL.revokeObjectURL(old.src);
  if (shown) old.src = shown.src;
  else old.removeAttribute("src");
  old.hidden = !shown;
  element("no-preview").hidden = Boolean(shown);
}

// --- typing a title

text.addEventListener("input", count);

function count() {
  const length = [...text.value].length;
  element("text-count").textContent = `${length} of ${config.maxTextLength} characters`;
  tell(text, length > config.maxTextLength ? `Shorten the title to ${config.maxTextLength} characters.` : "");
}

// --- making the thumbnail

form.addEventListener("input", forgive); // what failed is not what would be made now
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (running) return;
  const seen = await picture;
  if (running) return;
  tell(file, seen ? seen.problem : "Choose a picture.");
  const invalid = [file, text].find((field) => field.getAttribute("aria-invalid") === "true");
  if (invalid) {
    invalid.focus();
    return;
  }
  job = new Job(seen, chosen());
  run();
});

element("again").addEventListener("click", run);
element("cancel").addEventListener("click", () => running.abort());

function chosen() {
  return {
    text: text.value,
    fit: element("fit").value,
    position: element("position").value,
    caps: element("caps").checked,
  };
}

async function run() {
  running = new AbortController();
  hide();
  begin();
  try {
    const { expiresIn, ...links } = await job.run(atStep, atShare, running.signal);
    end();
    const made = { name: job.name, isTitled: job.isTitled, ...links, ends: Date.now() + 1000 * expiresIn };
    remember(made);
    show(made);
  } catch (error) {
    end();
    if (running.signal.aborted) cancelled();
    else report(error);
  } finally {
    running = null;
  }
}

function cancelled() {
  say("Cancelled.");
  element("submit").focus();
}

function report(error) {
  if (error instanceof UnusablePicture) {
    tell(file, error.message);
    file.focus();
  } else if (error instanceof ApiError) {
    fail(error.message, !(error instanceof Refusal));
  } else {
    console.error(error);
    fail("Something went wrong on this page. Please reload it and try again.", false);
  }
}
