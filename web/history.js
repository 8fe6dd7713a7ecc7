// The thumbnails made in this browser, kept until their links expire.

import { pickSettings } from "./settings.js";

/** @typedef {import("./state.js").Result} Result */

const KEY = "thumbnails-made";
const MAX_LIFETIME = 24 * 3_600_000; // ms; a later expiry means that the clock was wrong when it was stored

/** @returns {Result[] | null} null if storage is disabled */
export function readHistory() {
  let json;
  try {
    json = localStorage.getItem(KEY) ?? "[]";
  } catch {
    return null;
  }
  try {
    const now = Date.now();
    return [...JSON.parse(json)]
      .filter((entry) => isResult(entry) && entry.expiresAt > now && entry.expiresAt < now + MAX_LIFETIME)
      .map((entry) => ({ ...entry, settings: pickSettings(entry.settings) }));
  } catch {
    return []; // another script on this origin wrote it
  }
}

/** @param {Result[]} history */
export function writeHistory(history) {
  try {
    localStorage.setItem(KEY, JSON.stringify(history)); // notifies other tabs only if the value changes
  } catch {
    // storage is full or disabled: the list lasts as long as the page
  }
}

/** @param {() => void} listener called when another tab has changed the history */
export function onHistoryChange(listener) {
  addEventListener("storage", ({ key }) => key === KEY && listener());
}

/** Remember which upload this tab shows, so that a reload brings it back. @param {string} source */
export function rememberShown(source) {
  try {
    sessionStorage.setItem(KEY, source);
  } catch {
    // as above
  }
}

/** @returns {string | null} */
export function recallShown() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function isResult(value) {
  return (
    ["title", "source", "filename"].every((name) => typeof value?.[name] === "string") &&
    typeof value.expiresAt === "number" &&
    Array.isArray(value.variants) &&
    value.variants.length > 0 &&
    value.variants.every(isVariant)
  );
}

function isVariant(value) {
  const links = [value?.viewUrl, value?.downloadUrl];
  return links.every((url) => /^https?:/.test(url)) && typeof (value.look ?? "") === "string";
}
