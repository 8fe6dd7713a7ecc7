// How far a thumbnail is, and what stopped it.

import { element, say } from "./dom.js";

const STEPS = ["asking", "uploading", "making"];
const WORDS = {
  asking: "Asking for an upload…",
  uploading: "Uploading the picture…",
  making: "Making the thumbnail…",
};

/** Show that a run has begun. */
export function begin() {
  forgive();
  element("progress").hidden = false;
  element("submit").setAttribute("aria-disabled", "true"); // `disabled` would take the focus away
}

/** @param {"asking" | "uploading" | "making"} step */
export function atStep(step) {
  const current = STEPS.indexOf(step);
  STEPS.forEach((id, number) => {
    element(id).classList.toggle("done", number < current);
    if (number === current) element(id).setAttribute("aria-current", "step");
    else element(id).removeAttribute("aria-current");
  });
  if (step === "asking") atShare(0);
  if (step === "making") atShare(1);
  say(WORDS[step]);
}

/** @param {number} share of the file that is sent, 0 to 1 */
export function atShare(share) {
  const percent = Math.floor(100 * share);
  element("sent").value = percent;
  element("percent").textContent = `${percent} %`;
}

/** Show that the run is over, however it ended. */
export function end() {
  element("progress").hidden = true;
  element("submit").removeAttribute("aria-disabled");
  say("");
}

/**
 * Show what stopped the run, and offer to go on if that may help.
 * @param {string} reason in words for the user
 * @param {boolean} mayGoOn
 */
export function fail(reason, mayGoOn) {
  element("failure").hidden = false;
  element("failure-reason").textContent = reason;
  element("again").hidden = !mayGoOn;
}

/** Take away what `fail` showed. */
export function forgive() {
  element("failure").hidden = true;
  element("failure-reason").textContent = "";
}
