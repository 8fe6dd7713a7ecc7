// The thumbnails that this browser has made, until their links end.

import { element } from "./dom.js";
import { describe, show } from "./result.js";

const KEY = "thumbnails-made";
const MOST = 24;

let all = [];

/** Show what an earlier visit left. */
export function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    all = Array.isArray(kept) ? kept.filter(isMade) : [];
  } catch {
    all = []; // nothing there that can be read, or storage is turned off
  }
  update();
}

/** @param {import("./result.js").Made} made */
export function remember(made) {
  all = [made, ...all].slice(0, MOST);
  update();
}

element("forget").addEventListener("click", () => {
  all = [];
  update();
  element("text").focus();
});

let pruning;

function update() {
  all = all.filter(({ ends }) => ends > Date.now());
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Storage is full or turned off: the list lives as long as the page.
  }
  element("made-list").replaceChildren(...all.map(entry));
  element("made").hidden = all.length === 0;
  clearTimeout(pruning);
  if (all.length) pruning = setTimeout(update, Math.min(...all.map(({ ends }) => ends)) - Date.now());
}

function entry(made) {
  const image = new Image(168, 94);
  image.src = made.viewUrl;
  image.alt = describe(made);
  const button = document.createElement("button");
  button.type = "button";
  button.append(image);
  button.addEventListener("click", () => show(made));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function isMade(value) {
  return (
    typeof value?.name === "string" &&
    typeof value.ends === "number" &&
    [value.viewUrl, value.downloadUrl].every((url) => /^https?:/.test(url))
  );
}
