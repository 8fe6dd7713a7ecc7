// The options of a thumbnail: what there is to choose, what this browser remembers, and what a link sets.

import config from "./config.js";

/** @typedef {{look: string, accent: string, fit: string, position: string, caps: boolean}} Settings */
/** @typedef {[value: string, label: string][]} Choices */

const STORAGE_KEY = "thumbnail-settings";

/** @type {Choices} */
export const LOOKS = [["auto", "Three to choose from"], ...config.looks.map((look) => [look, formatLook(look)])];
/** @type {Choices} as in process/layout/colours.py */
export const ACCENTS = [
  ["auto", "Auto"],
  ["#ffd60a", "Yellow"],
  ["#22e0ff", "Cyan"],
  ["#ff9500", "Orange"],
  ["#46f064", "Green"],
  ["#54aaff", "Blue"],
  ["#de1628", "Red"],
];
/** @type {Choices} */
export const FITS = [
  ["auto", "Auto"],
  ["crop", "Fill"],
  ["pad", "Whole"],
  ["letterbox", "On black"],
];
/** @type {Choices} */
export const POSITIONS = [
  ["auto", "Auto"],
  ["top-left", "Top left"],
  ["top-center", "Top"],
  ["top-right", "Top right"],
  ["middle-left", "Left"],
  ["middle-center", "Middle"],
  ["middle-right", "Right"],
  ["bottom-left", "Bottom left"],
  ["bottom-center", "Bottom"],
  ["bottom-right", "Bottom right"],
];

/** @type {Settings} */
export const DEFAULTS = {
  look: config.defaultLook,
  accent: config.defaultAccent,
  fit: "auto",
  position: "auto",
  caps: false,
};

const isAmong = (choices) => (value) => choices.some(([choice]) => choice === value);
const CHECKS = {
  look: isAmong(LOOKS),
  accent: (value) => /^(auto|#[0-9a-f]{6})$/.test(value),
  fit: isAmong(FITS),
  position: isAmong(POSITIONS),
  caps: (value) => typeof value === "boolean",
};

/**
 * Return a look's name as it is shown.
 * @param {string} look as the stack names it
 */
export function formatLook(look) {
  return look.charAt(0).toUpperCase() + look.slice(1).replaceAll("_", " ");
}

/**
 * Return the settings among the properties of any value; the defaults stand in for what is missing or unknown.
 * @returns {Settings}
 */
export function pickSettings(values) {
  const valid = Object.entries(CHECKS).filter(([name, isValid]) => isValid(values?.[name]));
  return { ...DEFAULTS, ...Object.fromEntries(valid.map(([name]) => [name, values[name]])) };
}

/** Return what a link set, or else what this browser remembers. @returns {Settings} */
export function loadSettings() {
  const linked = Object.fromEntries(new URLSearchParams(location.search));
  if ("caps" in linked) linked.caps = linked.caps === "on";
  if (linked.accent) linked.accent = linked.accent.toLowerCase().replace(/^(?=[0-9a-f]{6}$)/, "#");
  // Without the query, so that a reload keeps later changes.
  if (location.search) history.replaceState(null, "", location.pathname);
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem(STORAGE_KEY));
  } catch {
    // storage is disabled, or another script on this origin wrote it
  }
  return pickSettings({ ...stored, ...linked });
}

/** @param {Settings} settings */
export function saveSettings(settings) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch {
    // storage is full or disabled: they last as long as the page
  }
}

/** @param {Settings} settings */
export function linkTo(settings) {
  const values = { ...settings, accent: settings.accent.replace("#", ""), caps: settings.caps ? "on" : "off" };
  return `${location.origin}${location.pathname}?${new URLSearchParams(values)}`;
}
