// The form: validate it, run the job, show the result.
// Strings from users and servers are inserted as text, never as HTML.

import config from "./config.js";
import { ApiError, PermanentError, UnusablePictureError } from "./api.js";
import { announce, getElement, setFieldError, setText } from "./dom.js";
import { addToHistory, loadHistory } from "./history.js";
import { Job, StaleFileError } from "./job.js";
import { adviseOnLength } from "./looks.js";
import { initOptions, readOptions } from "./options.js";
import * as picker from "./picker.js";
import * as progress from "./progress.js";
import { focusResult, showResult } from "./result.js";

const form = getElement("form");
const file = getElement("file");
const text = getElement("text");

let job = null; // the last job started, until it succeeds or fails for good
let hasChanged = true; // whether the form changed since `job` was started
let controller = null; // aborts the current run; null when idle

picker.init(markChanged);
initOptions();
form.addEventListener("input", markChanged);
text.addEventListener("input", checkTitle);
addEventListener("pageshow", checkTitle); // going back restores the fields without an event
loadHistory();
getElement("load-error").remove();

function markChanged() {
  hasChanged = true;
  progress.clearError(); // it was about the previous input
}

function checkTitle() {
  const length = [...text.value].length;
  getElement("text-count").textContent = `${length} of ${config.maxTextLength} characters`;
  setFieldError(text, length > config.maxTextLength ? `Shorten the title to ${config.maxTextLength} characters.` : "");
  setText(getElement("text-advice"), adviseOnLength(text.value));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (controller) return;
  const picture = await picker.getPicture();
  if (controller) return;
  if (!picture) setFieldError(file, "Choose a picture.");
  const invalid = [file, text].find((field) => field.getAttribute("aria-invalid") === "true");
  if (invalid) {
    invalid.focus();
    return;
  }
  if (hasChanged || !job) job = new Job(picture, readOptions());
  hasChanged = false;
  run();
});

getElement("cancel").addEventListener("click", () => controller.abort());
getElement("retry").addEventListener("click", () => {
  if (hasChanged) {
    form.requestSubmit();
    return;
  }
  run();
  getElement("cancel").focus();
});

async function run() {
  controller = new AbortController();
  const { signal } = controller;
  progress.start();
  try {
    const { expiresIn, ...links } = await job.run(progress.showStep, progress.showUploaded, signal);
    progress.stop();
    handleSuccess({ name: job.name, isTitled: job.isTitled, ...links, expiresAt: Date.now() + 1000 * expiresIn });
  } catch (error) {
    progress.stop();
    if (signal.aborted) handleCancel();
    else await handleError(error);
  } finally {
    controller = null;
  }
}

function handleSuccess(result) {
  job = null;
  addToHistory(result);
  showResult(result);
  if (hasChanged) announce("The thumbnails are ready, below."); // do not move focus while the user edits the form
  else focusResult();
}

function handleCancel() {
  announce("Cancelled.");
  getElement("submit").focus();
}

async function handleError(error) {
  if (!(error instanceof ApiError)) console.error(error);
  const isCurrent = job.picture === (await picker.getPicture());
  if (error instanceof PermanentError) job = null;
  if (isCurrent && (error instanceof UnusablePictureError || error instanceof StaleFileError)) {
    if (error instanceof StaleFileError) picker.clear();
    picker.showError(error.message);
    if (!hasChanged) file.focus();
    return;
  }
  const isRetryable = error instanceof ApiError && !(error instanceof PermanentError);
  progress.showError(
    error instanceof ApiError ? error.message : "Something went wrong on this page. Please reload it and try again.",
    isRetryable,
  );
  if (!hasChanged) getElement(isRetryable ? "retry" : "submit").focus();
}
