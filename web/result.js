// What a run made: its variants, best first, each with its links, and the chosen one at YouTube's sizes.

import { getElement } from "./dom.js";
import { describeWeakness, formatLook } from "./looks.js";

/**
 * One thumbnail. The stack sends `look` and what it measured since there are looks.
 * @typedef {object} Variant
 * @property {string} viewUrl
 * @property {string} downloadUrl
 * @property {string} [look]
 * @property {number} [contrast] of the letters to what is behind them: a WCAG contrast ratio, 1 to 21
 * @property {number} [capHeight] height of a capital, in pixels, when the thumbnail is shown 168 pixels wide
 * @property {number} [words] number of words in the title
 */

/**
 * @typedef {object} Result
 * @property {string} name the title, or the picture's file name
 * @property {boolean} isTitled
 * @property {string} viewUrl of the best variant
 * @property {string} downloadUrl of the best variant
 * @property {Variant[]} [variants] best first; missing if a version without looks stored this
 * @property {number} expiresAt when the links expire, in milliseconds since 1970
 */

/** @typedef {(selector: string) => HTMLElement} Find finds an element of one variant */

let expiryTimer;

/** @param {Result} result */
export function showResult(result) {
  const variants = result.variants ?? [result];
  const hasChoice = variants.length > 1;
  getElement("result-heading").textContent = hasChoice ? "Your thumbnails" : "Your thumbnail";
  getElement("result-hint").hidden = !hasChoice;
  getElement("variants").replaceChildren(
    ...variants.map((variant) => createItem(variant, describeThumbnail(result), hasChoice)),
  );
  getElement("variants").querySelector("input").click();
  getElement("result-status").textContent = "";
  getElement("expiry").textContent =
    `The links work until ${formatTime(result.expiresAt)}. Download what you want to keep before then.`;
  getElement("result").hidden = false;
  clearTimeout(expiryTimer);
  expiryTimer = setTimeout(expireLinks, result.expiresAt - Date.now());
}

/** Move the focus and the window to the result. */
export function focusResult() {
  getElement("result-heading").focus({ preventScroll: true });
  getElement("result").scrollIntoView(); // its top, so that as many variants as possible are in view
}

/**
 * Return the alternative text for a thumbnail.
 * @param {Result} result
 * @returns {string}
 */
export function describeThumbnail({ name, isTitled }) {
  return isTitled ? `Thumbnail with the title “${name}”` : `Thumbnail of ${name}, without a title`;
}

/**
 * @param {Variant} variant
 * @param {string} description
 * @param {boolean} hasChoice whether there are others
 * @returns {HTMLLIElement}
 */
function createItem(variant, description, hasChoice) {
  const item = getElement("variant").content.firstElementChild.cloneNode(true);
  const find = (selector) => item.querySelector(selector);
  const look = formatLook(variant.look ?? "");
  fillPicture(find, variant, look ? `${description}, look: ${look}` : description);
  fillCaption(find, variant, look);
  find(".choice").hidden = !hasChoice;
  find("input").addEventListener("change", () => choose(item, variant));
  find("img").addEventListener("click", () => find("input").click());
  find(".copy").addEventListener("click", () => copyLink(variant));
  return item;
}

/** @type {(find: Find, variant: Variant, description: string) => void} */
function fillPicture(find, { viewUrl }, description) {
  const image = find("img");
  image.alt = description;
  image.src = viewUrl;
  image.addEventListener("error", reportMissingPicture);
}

/** @type {(find: Find, variant: Variant, look: string) => void} */
function fillCaption(find, variant, look) {
  find(".choice span").textContent = look;
  find(".download").href = variant.downloadUrl;
  find(".view").href = variant.viewUrl;
  const weakness = describeWeakness(variant);
  find(".note").textContent = weakness;
  find(".note").hidden = !weakness;
  if (!look) return;
  for (const action of [".download", ".view", ".copy"]) {
    find(action).setAttribute("aria-label", `${find(action).textContent}: ${look}`);
  }
}

/** Show a variant large and at YouTube's sizes. */
function choose(item, { viewUrl }) {
  for (const other of getElement("variants").children) other.classList.toggle("chosen", other === item);
  for (const image of getElement("youtube").querySelectorAll("img")) {
    image.removeAttribute("src"); // do not show the previous thumbnail while this one loads
    image.src = viewUrl;
  }
}

/** Format a time of day in the user's locale. */
function formatTime(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function expireLinks() {
  for (const actions of getElement("variants").querySelectorAll(".actions")) actions.hidden = true;
  getElement("expiry").textContent = "The links have expired. Press “Generate thumbnails” to make them again.";
}

function reportMissingPicture() {
  getElement("result-status").textContent =
    "The thumbnail could not be loaded. Please check your connection, then open it in a new tab.";
}

async function copyLink({ viewUrl }) {
  getElement("result-status").textContent = ""; // otherwise the same message is not announced twice
  const isCopied = await copyText(viewUrl);
  getElement("result-status").textContent = isCopied
    ? "The link is copied."
    : "This browser did not let the page copy the link. Open the thumbnail in a new tab and copy its address.";
}

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
