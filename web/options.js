// The options of a thumbnail: what the form offers, and what was chosen.

import config from "./config.js";
import { getElement } from "./dom.js";
import { formatLook } from "./looks.js";

const OWN = "own"; // value of the accent field for a colour of the user's

/**
 * `look` and `accent` are missing unless they were changed: the stack then applies its own defaults.
 * @typedef {{text: string, fit: string, position: string, caps: boolean, look?: string, accent?: string}} Options
 */

/** Fill in what the stack offers, and preselect its defaults. */
export function initOptions() {
  const looks = config.looks.map((look) => new Option(formatLook(look), look));
  getElement("look").append(...looks);
  getElement("look").value = config.defaultLook;
  if (config.defaultAccent !== "auto") {
    getElement("accent").value = OWN;
    getElement("accent-colour").value = config.defaultAccent;
  }
  getElement("accent").addEventListener("change", showColour);
  addEventListener("pageshow", showColour); // going back restores the fields without an event
  showColour();
}

/** @returns {Options} */
export function readOptions() {
  return {
    text: getElement("text").value,
    fit: getElement("fit").value,
    position: getElement("position").value,
    caps: getElement("caps").checked,
    ...omitDefault("look", getElement("look").value, config.defaultLook),
    ...omitDefault("accent", readAccent(), config.defaultAccent),
  };
}

function omitDefault(name, value, byDefault) {
  return value === byDefault ? {} : { [name]: value };
}

function readAccent() {
  return getElement("accent").value === OWN ? getElement("accent-colour").value : "auto";
}

function showColour() {
  getElement("accent-colour").hidden = getElement("accent").value !== OWN;
}
