// What this browser remembers: the settings, and the thumbnails until their links expire.

const HISTORY = "thumbnails-made";
const SETTINGS = "thumbnail-settings";
const MAX_LIFETIME = 24 * 3_600_000; // ms; a later expiry means that the clock was wrong when it was stored

export const readSettings = () => read(SETTINGS);
export const writeSettings = (settings) => write(SETTINGS, settings);
export const writeHistory = (history) => write(HISTORY, history);

/** @returns {import("./state.js").Result[]} newest first */
export function readHistory() {
  const stored = read(HISTORY);
  return Array.isArray(stored) ? stored.filter((entry) => isResult(entry, Date.now())) : [];
}

/** Call a listener when another tab has changed the history. */
export const watchHistory = (listener) => addEventListener("storage", ({ key }) => key === HISTORY && listener());

const isResult = (entry, now) =>
  entry?.expiresAt > now &&
  entry.expiresAt < now + MAX_LIFETIME &&
  [entry.title, entry.source, entry.filename].every((text) => typeof text === "string") &&
  entry.variants?.length > 0 &&
  entry.variants.every?.(({ viewUrl, downloadUrl }) => [viewUrl, downloadUrl].every((url) => /^https?:/.test(url)));

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage is disabled, or another script on this origin wrote it
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value)); // notifies other tabs only if the value changes
  } catch {
    // storage is full or disabled: the value lasts as long as the page
  }
}
