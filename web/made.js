// The thumbnails that this browser has made, until their links end.

import { element } from "./dom.js";
import { describe, show } from "./result.js";
import { at } from "./timer.js";

const KEY = "thumbnails-made";
const MOST = 24;
const LONGEST_LIFE = 24 * 3_600_000; // what ends later was made while the clock was wrong

let all = [];

/** Show what was made before, in this tab or another. */
export function recall() {
  all = stored() ?? all;
  update();
}

/** @param {import("./result.js").Made} made */
export function remember(made) {
  all = [made, ...(stored() ?? all)].slice(0, MOST);
  update();
}

element("forget").addEventListener("click", () => {
  all = [];
  update();
  element("submit").focus();
});

addEventListener("storage", ({ key }) => {
  if (key === KEY) recall();
});

/** What is stored; null if storage is turned off. */
function stored() {
  let kept;
  try {
    kept = localStorage.getItem(KEY) ?? "[]";
  } catch {
    return null;
  }
  try {
    return [...JSON.parse(kept)].filter(isMade);
  } catch {
    return []; // not of our writing
  }
}

let pruning;

function update() {
  const now = Date.now();
  all = all.filter(({ ends }) => ends > now && ends < now + LONGEST_LIFE);
  try {
    const json = JSON.stringify(all);
    if (localStorage.getItem(KEY) !== json) localStorage.setItem(KEY, json);
  } catch {
    // Storage is full or turned off: the list lives as long as the page.
  }
  list();
  clearTimeout(pruning);
  if (all.length) pruning = at(Math.min(...all.map(({ ends }) => ends)), recall);
}

/** Show the list; an entry that stays is not made anew, so that it keeps the focus. */
function list() {
  const shown = new Map([...element("made-list").children].map((item) => [item.dataset.url, item]));
  element("made-list").replaceChildren(...all.map((made) => shown.get(made.viewUrl) ?? entry(made)));
  element("made").hidden = all.length === 0;
}

function entry(made) {
  const image = new Image(168, 94);
  image.src = made.viewUrl;
  image.alt = describe(made);
  const button = document.createElement("button");
  button.type = "button";
  button.append(image);
  button.addEventListener("click", () => {
    show(made);
    element("result-heading").focus();
  });
  const item = document.createElement("li");
  item.dataset.url = made.viewUrl;
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
