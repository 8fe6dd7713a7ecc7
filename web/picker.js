// The picture field: choose, drop, paste or photograph a picture, and preview it at once.

import config from "./config.js";
import { getElement, setFieldError } from "./dom.js";
import { describePicture, inspectFile, maxMegabytes, typeNames } from "./picture.js";

const HIGHLIGHT_DURATION = 200; // ms after the last dragover; browsers fire one about every 50 ms
const PLACEHOLDER = getElement("preview-placeholder-text").textContent;

const file = getElement("file");

/** @type {Promise<import("./picture.js").Picture> | null} the check of the current file; null without one */
let inspection = null;
let onChange;

/**
 * Set up the field.
 * @param {() => void} callback called when another picture is chosen
 */
export function init(callback) {
  onChange = callback;
  const extensions = Object.values(config.acceptedTypes).map((extension) => `.${extension}`);
  // Extensions too: some systems do not know the content type of a newer format.
  file.accept = [...Object.keys(config.acceptedTypes), ...extensions].join(",");
  getElement("file-hint").textContent = `${typeNames}; at most ${maxMegabytes} MB.`;
}

/**
 * Wait for the check of the current file, and return its result; null without a file.
 * @returns {Promise<import("./picture.js").Picture | null>}
 */
export async function getPicture() {
  for (;;) {
    const current = inspection;
    const picture = await current;
    if (current === inspection) return picture;
  }
}

/** Clear the field, so that choosing the same file again is a change. */
export function clear() {
  file.value = "";
  inspection = null;
  showPreview(null);
}

file.addEventListener("change", () => inspectSelection());
getElement("camera").addEventListener("change", ({ target }) => {
  selectFirst(target.files);
  target.value = ""; // or the next photo of the same name fires no `change`
});
getElement("preview-frame").addEventListener("click", () => file.click());

// Going back restores the field without an event.
addEventListener("pageshow", () => {
  if (file.files.length) inspectSelection();
});

document.addEventListener("paste", (event) => {
  const { files, types } = event.clipboardData;
  const isText = event.target.matches?.("input[type=text]") && types.includes("text/plain");
  if (!files.length || isText) return; // office programs also copy text as an image
  event.preventDefault();
  selectFirst(files);
});

let isInternalDrag = false;
document.addEventListener("dragstart", () => (isInternalDrag = true));
document.addEventListener("dragend", () => (isInternalDrag = false));

let highlightTimer;
document.addEventListener("dragover", (event) => {
  if (!isDroppable(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  document.body.classList.add("drag-over");
  clearTimeout(highlightTimer);
  highlightTimer = setTimeout(() => document.body.classList.remove("drag-over"), HIGHLIGHT_DURATION);
});
document.addEventListener("drop", (event) => {
  if (!isDroppable(event)) return;
  event.preventDefault();
  if (event.dataTransfer.files.length) selectFirst(event.dataTransfer.files);
  else showError("That picture is on another page. Save it to this device, then choose it here.");
});

/** Accept files, and images or links from other pages, but not text dragged into the title. */
function isDroppable({ dataTransfer }) {
  return !isInternalDrag && ["Files", "text/uri-list"].some((type) => dataTransfer.types.includes(type));
}

/** Put the first file into the form's own input, the only place that holds the selection. */
function selectFirst(files) {
  if (!files.length) return;
  const transfer = new DataTransfer();
  transfer.items.add(files[0]);
  file.files = transfer.files;
  inspectSelection(files.length);
}

/** @param {number} offered the number of files dropped or pasted */
async function inspectSelection(offered = 1) {
  onChange();
  const current = file.files.length ? inspectFile(file.files[0]) : null;
  inspection = current;
  setFieldError(file, "");
  getElement("file-details").textContent = current ? "Checking the picture…" : "";
  const picture = await current;
  if (current !== inspection) {
    if (picture?.image) URL.revokeObjectURL(picture.image.src);
    return;
  }
  showPreview(picture);
  if (picture?.problem) showError(picture.problem);
  else if (offered > 1) getElement("file-details").textContent += ` Of the ${offered} files, only this one is used.`;
  getElement("preview-frame").scrollIntoView({ block: "nearest" });
}

/**
 * Show what is wrong with the picture.
 * @param {string} problem
 */
export function showError(problem) {
  setFieldError(file, problem);
  getElement("file-error").scrollIntoView({ block: "nearest" });
}

function showPreview(picture) {
  const isUsable = picture && !picture.problem;
  getElement("file-details").textContent = isUsable ? describePicture(picture) : "";
  const preview = getElement("preview");
  if (preview.src) URL.revokeObjectURL(preview.src);
  if (picture?.image) preview.src = picture.image.src;
  else preview.removeAttribute("src");
  preview.hidden = !picture?.image;
  getElement("preview-placeholder").hidden = Boolean(picture?.image);
  getElement("preview-placeholder-text").textContent = isUsable
    ? "This browser cannot show pictures of this kind, but the thumbnail can still be made."
    : PLACEHOLDER;
}
