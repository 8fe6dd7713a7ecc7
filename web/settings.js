// The options of a thumbnail: what there is to choose, and what a link or this browser has set.

import config from "./config.js";
import { read, SETTINGS } from "./storage.js";

/** Return the name of a look or a place as it is shown. */
export const formatName = (name = "") => name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[_-]/g, " ");

const nameAll = (values, name = formatName) => Object.fromEntries(values.map((value) => [value, name(value)]));
const rows = ["top", "middle", "bottom"];
const places = rows.flatMap((row) => ["left", "center", "right"].map((column) => `${row}-${column}`));

export const CHOICES = {
  look: { auto: "Three to choose from", ...nameAll(config.looks) },
  // As in process/layout/colours.py.
  accent: { auto: "Auto", "#ffd60a": "Yellow", "#22e0ff": "Cyan", "#ff9500": "Orange", "#46f064": "Green", "#54aaff": "Blue", "#de1628": "Red" },
  fit: { auto: "Fill", pad: "Whole", letterbox: "On black" }, // "crop" is the same as "auto"
  position: { auto: "Auto", ...nameAll(places) },
  size: nameAll(config.sizes, (size) => size.replace("x", " × ")),
  limit: { "2MB": "For the phone app: below 2 MB", "50MB": "For desktop: best" },
};

/** @typedef {typeof DEFAULTS} Settings */
export const DEFAULTS = {
  look: config.defaultLook,
  accent: config.defaultAccent,
  fit: "auto",
  position: "auto",
  caps: false,
  size: config.defaultSize,
  limit: matchMedia("(pointer: coarse)").matches ? "2MB" : "50MB", // on phones, YouTube takes no more
};

/** Return the settings among any values; the defaults stand in for what is missing or unknown. @returns {Settings} */
export function pickSettings(values) {
  const isValid = (name, value) =>
    name === "caps"
      ? typeof value === "boolean"
      : Object.hasOwn(CHOICES[name], value) || (name === "accent" && /^#[0-9a-f]{6}$/.test(value));
  const pick = (name) => [name, isValid(name, values?.[name]) ? values[name] : DEFAULTS[name]];
  return Object.fromEntries(Object.keys(DEFAULTS).map(pick));
}

/** Return what a link sets, and else what this browser remembers. */
export function loadSettings() {
  const linked = Object.fromEntries(new URLSearchParams(location.search));
  if (linked.caps) linked.caps = linked.caps === "on";
  if (linked.accent) linked.accent = linked.accent.toLowerCase().replace(/^(?=[0-9a-f]{6}$)/, "#");
  if (location.search) history.replaceState(history.state, "", location.pathname); // a reload keeps later changes
  return pickSettings({ ...read(SETTINGS), ...linked });
}

export function linkTo(settings) {
  const values = { ...settings, accent: settings.accent.replace("#", ""), caps: settings.caps ? "on" : "off" };
  return `${location.origin}${location.pathname}?${new URLSearchParams(values)}`;
}
