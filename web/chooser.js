// The picture field: choose, drop, paste or photograph; see at once what was chosen.

import config from "./config.js";
import { element, tell } from "./dom.js";
import { examine, facts, maxMegabytes, typeNames } from "./picture.js";

const HIGHLIGHT = 200; // ms after the last dragover; a browser sends one at least every 50 ms
const INVITATION = element("no-preview-words").textContent;

const file = element("file");

/** The promise of what `examine` says of the chosen file; null without one. */
let examined = null;
let onChange;

/**
 * Set the field up.
 * @param {() => void} changed called when another picture is chosen
 */
export function begin(changed) {
  onChange = changed;
  const extensions = Object.values(config.acceptedTypes).map((extension) => `.${extension}`);
  file.accept = [...Object.keys(config.acceptedTypes), ...extensions].join(","); // not every system knows every type
  element("file-hint").textContent = `${typeNames}; at most ${maxMegabytes} MB.`;
}

/**
 * What is known of the chosen picture, once it has been examined; null without one.
 * @returns {Promise<import("./picture.js").Picture | null>}
 */
export async function chosen() {
  for (;;) {
    const asked = examined;
    const picture = await asked;
    if (asked === examined) return picture;
  }
}

/** Let go of a file that can no longer be read, so that it can be chosen again. */
export function letGo() {
  file.value = "";
  examined = null;
  show(null);
}

file.addEventListener("change", () => choose());
element("camera").addEventListener("change", ({ target }) => {
  take(target.files);
  target.value = ""; // so that the next photo, of the same name, is a change
});
element("frame").addEventListener("click", () => file.click());

// A browser that restores a page restores its fields, too.
addEventListener("pageshow", () => {
  if (file.files.length) choose();
});

document.addEventListener("paste", (event) => {
  const { files, types } = event.clipboardData;
  const isText = event.target.matches?.("input[type=text]") && types.includes("text/plain");
  if (!files.length || isText) return; // office programs copy words as a picture, too
  event.preventDefault();
  take(files);
});

let draggedFromHere = false;
document.addEventListener("dragstart", () => (draggedFromHere = true));
document.addEventListener("dragend", () => (draggedFromHere = false));

let highlight;
document.addEventListener("dragover", (event) => {
  if (!isWelcome(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  document.body.classList.add("over");
  clearTimeout(highlight);
  highlight = setTimeout(() => document.body.classList.remove("over"), HIGHLIGHT);
});
document.addEventListener("drop", (event) => {
  if (!isWelcome(event)) return;
  event.preventDefault();
  if (event.dataTransfer.files.length) take(event.dataTransfer.files);
  else complain("That picture is on another page. Save it to this device, then choose it here.");
});

/** Files, and pictures or links of other pages; not words that are moved into the title. */
function isWelcome({ dataTransfer }) {
  return !draggedFromHere && ["Files", "text/uri-list"].some((type) => dataTransfer.types.includes(type));
}

/** Put the first of some files into the form's field, so that there is one place to look for it. */
function take(files) {
  if (!files.length) return;
  const transfer = new DataTransfer();
  transfer.items.add(files[0]);
  file.files = transfer.files;
  choose(files.length);
}

/** @param {number} offered how many files were there to be chosen from */
async function choose(offered = 1) {
  onChange();
  const mine = file.files.length ? examine(file.files[0]) : null;
  examined = mine;
  tell(file, "");
  element("file-facts").textContent = mine ? "Looking at the picture…" : "";
  const picture = await mine;
  if (mine !== examined) {
    if (picture?.shown) URL.revokeObjectURL(picture.shown.src);
    return;
  }
  show(picture);
  if (picture?.problem) complain(picture.problem);
  else if (offered > 1) element("file-facts").textContent += ` Of the ${offered} files, this one is used.`;
  element("frame").scrollIntoView({ block: "nearest" });
}

/**
 * Show what is wrong with the picture.
 * @param {string} problem
 */
export function complain(problem) {
  tell(file, problem);
  element("file-error").scrollIntoView({ block: "nearest" });
}

function show(picture) {
  const isUsable = picture && !picture.problem;
  element("file-facts").textContent = isUsable ? facts(picture) : "";
  const preview = element("preview");
  if (preview.src) URL.revokeObjectURL(preview.src);
  if (picture?.shown) preview.src = picture.shown.src;
  else preview.removeAttribute("src");
  preview.hidden = !picture?.shown;
  element("no-preview").hidden = Boolean(picture?.shown);
  element("no-preview-words").textContent = isUsable
    ? "This browser cannot show pictures of this kind. The thumbnail can be made all the same."
    : INVITATION;
}
