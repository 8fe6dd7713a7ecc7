// What this browser remembers: the settings, the passphrase, and the thumbnails until their links expire.

const HISTORY = "thumbnails-made";
export const SETTINGS = "thumbnail-settings";
export const PASSPHRASE = "thumbnail-passphrase";

export const writeHistory = ({ history, cleared }) => write(HISTORY, { history, cleared });

/** @returns {{history: Result[], cleared: Result[]}} see state.js */
export function readHistory() {
  const pick = (results) => (Array.isArray(results) ? results.filter((entry) => isResult(entry, Date.now())) : []);
  const stored = read(HISTORY);
  return { history: pick(stored?.history), cleared: pick(stored?.cleared) };
}

/** Call a listener when another tab has changed the history. */
export const watchHistory = (listener) => addEventListener("storage", ({ key }) => key === HISTORY && listener());

const isResult = (entry, now) =>
  entry?.expiresAt > now &&
  typeof entry.title === "string" &&
  entry.variants?.length > 0 &&
  entry.variants.every?.(({ viewUrl, downloadUrl }) => [viewUrl, downloadUrl].every((url) => /^https?:/.test(url)));

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage is disabled, or another script on this origin wrote it
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value)); // notifies other tabs only if the value changes
  } catch {
    // storage is full or disabled: nothing more is remembered
  }
}
