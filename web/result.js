// A finished thumbnail: large, as YouTube will show it, and its links.

import { element } from "./dom.js";
import { at } from "./timer.js";

/**
 * @typedef {object} Made a finished thumbnail
 * @property {string} name its title, or the name of the picture's file
 * @property {boolean} isTitled
 * @property {string} viewUrl
 * @property {string} downloadUrl
 * @property {number} ends when the links end, in milliseconds since 1970
 */

let ending;

/** @param {Made} made */
export function show(made) {
  element("thumbnail").alt = describe(made);
  for (const image of element("result").querySelectorAll("img")) {
    image.removeAttribute("src"); // not the last thumbnail while this one comes
    image.src = made.viewUrl;
  }
  element("download").href = made.downloadUrl;
  element("view").href = made.viewUrl;
  element("links").hidden = false;
  element("notice").textContent = "";
  element("expiry").textContent = `The links work until ${clock(made.ends)}. Download the thumbnail before.`;
  element("result").hidden = false;
  clearTimeout(ending);
  ending = at(made.ends, end);
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

function end() {
  element("links").hidden = true;
  element("expiry").textContent = "The links have ended. Press “Generate thumbnail” to make it again.";
}

element("thumbnail").addEventListener("error", () => {
  element("notice").textContent = "The thumbnail could not be loaded. Please check your connection, then open it.";
});

element("copy").addEventListener("click", async () => {
  element("notice").textContent = ""; // so that the same words are read out again
  const isCopied = await copy(element("view").href);
  element("notice").textContent = isCopied
    ? "The link is copied."
    : "This browser did not let the page copy. Open the thumbnail in a new tab, and copy its address.";
});

/** On a page that came over plain HTTP, as an S3 website's does, browsers offer no `navigator.clipboard`. */
async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.className = "unseen";
    field.readOnly = true;
    field.value = words;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    focused.focus();
    return isCopied;
  }
}
