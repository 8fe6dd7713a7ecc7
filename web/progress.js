// Progress of the current run, and the error that stopped it.

import { announce, getElement } from "./dom.js";

const ANNOUNCEMENTS = {
  requesting: "Preparing the upload…",
  uploading: "Uploading the picture…",
  generating: "Making the thumbnails…",
};
const STEPS = Object.keys(ANNOUNCEMENTS);

const WAITING = "Waiting for the server to confirm…";
const NOTICEABLE = 3000; // ms that the server may take before the page says so
let waitingTimer;

/** Show that a run has started. */
export function start() {
  clearError();
  getElement("progress").hidden = false;
  getElement("submit").setAttribute("aria-disabled", "true"); // `disabled` would drop the focus
}

/** @param {import("./job.js").Step} step */
export function showStep(step) {
  clearTimeout(waitingTimer);
  const current = STEPS.indexOf(step);
  STEPS.forEach((id, index) => {
    getElement(id).classList.toggle("done", index < current);
    if (index === current) getElement(id).setAttribute("aria-current", "step");
    else getElement(id).removeAttribute("aria-current");
  });
  if (step === "requesting") showUploaded(0);
  announce(ANNOUNCEMENTS[step]);
}

/** @param {number} fraction of the file sent, 0 to 1 */
export function showUploaded(fraction) {
  const percent = Math.floor(100 * fraction);
  getElement("upload-progress").value = percent;
  getElement("upload-percent").textContent = `${percent}%`;
  clearTimeout(waitingTimer);
  if (fraction === 1) waitingTimer = setTimeout(showWaiting, NOTICEABLE);
}

function showWaiting() {
  getElement("upload-percent").textContent = WAITING;
  announce(WAITING);
}

/** Show that the run is over, whatever its outcome. */
export function stop() {
  clearTimeout(waitingTimer);
  getElement("progress").hidden = true;
  getElement("submit").removeAttribute("aria-disabled");
  announce("");
}

/**
 * @param {string} message
 * @param {boolean} isRetryable whether to offer a retry
 */
export function showError(message, isRetryable) {
  getElement("failure").hidden = false;
  getElement("failure-message").textContent = message;
  getElement("retry").hidden = !isRetryable;
}

export function clearError() {
  getElement("failure").hidden = true;
  getElement("failure-message").textContent = "";
}
