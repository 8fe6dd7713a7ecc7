// A finished thumbnail: in full, at YouTube's sizes, and its links.

import { getElement } from "./dom.js";

/**
 * @typedef {object} Thumbnail
 * @property {string} name its title, or the picture's file name
 * @property {boolean} isTitled
 * @property {string} viewUrl
 * @property {string} downloadUrl
 * @property {number} expiresAt when the links expire, in milliseconds since 1970
 */

let expiryTimer;

/** @param {Thumbnail} thumbnail */
export function showThumbnail(thumbnail) {
  getElement("thumbnail").alt = describeThumbnail(thumbnail);
  for (const image of getElement("result").querySelectorAll("img")) {
    image.removeAttribute("src"); // do not show the previous thumbnail while this one loads
    image.src = thumbnail.viewUrl;
  }
  getElement("download").href = thumbnail.downloadUrl;
  getElement("view").href = thumbnail.viewUrl;
  getElement("links").hidden = false;
  getElement("result-status").textContent = "";
  getElement("expiry").textContent =
    `The links work until ${formatTime(thumbnail.expiresAt)}. Download the thumbnail before then.`;
  getElement("result").hidden = false;
  clearTimeout(expiryTimer);
  expiryTimer = setTimeout(expireLinks, thumbnail.expiresAt - Date.now());
}

/**
 * Return the alternative text for a thumbnail.
 * @param {Thumbnail} thumbnail
 * @returns {string}
 */
export function describeThumbnail({ name, isTitled }) {
  return isTitled ? `Thumbnail with the title “${name}”` : `Thumbnail of ${name}, without a title`;
}

/** Format a time of day in the user's locale. */
function formatTime(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function expireLinks() {
  getElement("links").hidden = true;
  getElement("expiry").textContent = "The links have expired. Press “Generate thumbnail” to make it again.";
}

getElement("thumbnail").addEventListener("error", () => {
  getElement("result-status").textContent =
    "The thumbnail could not be loaded. Please check your connection, then open it in a new tab.";
});

getElement("copy").addEventListener("click", async () => {
  getElement("result-status").textContent = ""; // otherwise the same message is not announced twice
  const isCopied = await copyText(getElement("view").href);
  getElement("result-status").textContent = isCopied
    ? "The link is copied."
    : "This browser did not let the page copy the link. Open the thumbnail in a new tab and copy its address.";
});

/**
 * Copy text to the clipboard. Browsers offer no `navigator.clipboard` on plain HTTP, such as an S3 website.
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.className = "visually-hidden";
    field.readOnly = true;
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    focused.focus();
    return isCopied;
  }
}
