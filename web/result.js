// A finished thumbnail: large, as YouTube will show it, and its links.

import { element } from "./dom.js";

/**
 * @typedef {object} Made a finished thumbnail
 * @property {string} name its title, or the name of the picture's file
 * @property {boolean} isTitled
 * @property {string} viewUrl
 * @property {string} downloadUrl
 * @property {number} ends when the links end, in milliseconds since 1970
 */

/** @param {Made} made */
export function show(made) {
  element("thumbnail").alt = describe(made);
  for (const image of element("result").querySelectorAll("img")) image.src = made.viewUrl;
  element("download").href = made.downloadUrl;
  element("view").href = made.viewUrl;
  element("expiry").textContent = `The links work until ${clock(made.ends)}. Download the thumbnail before.`;
  element("copied").textContent = "";
  element("result").hidden = false;
  element("result-heading").focus();
}

export function hide() {
  element("result").hidden = true;
}

/**
 * The words for one who cannot see a thumbnail.
 * @param {Made} made
 */
export function describe({ name, isTitled }) {
  return isTitled ? `Thumbnail with the title “${name}”` : `Thumbnail of ${name}, without a title`;
}

/** A time of day, as the user writes it. */
function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

element("copy").addEventListener("click", async () => {
  const link = element("view").href;
  element("copied").textContent = ""; // so that the same words are read out again
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    copyWithoutClipboard(link);
  }
  element("copied").textContent = "The link is copied.";
});

/** On a page that came over plain HTTP, as an S3 website's does, browsers offer no `navigator.clipboard`. */
function copyWithoutClipboard(words) {
  const copy = (event) => {
    event.clipboardData.setData("text/plain", words);
    event.preventDefault();
  };
  document.addEventListener("copy", copy);
  document.execCommand("copy");
  document.removeEventListener("copy", copy);
}
