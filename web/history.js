// The thumbnails made in this browser, kept until their links expire.

import { getElement } from "./dom.js";
import { describeThumbnail, focusResult, showResult } from "./result.js";

/** @typedef {import("./result.js").Result} Result */

const STORAGE_KEY = "thumbnails-made";
const MAX_ENTRIES = 24;
const MAX_LIFETIME = 24 * 3_600_000; // a later expiry means that the clock was wrong when it was stored

/** @type {Result[]} newest first */
let thumbnails = [];
let expiryTimer;

/** Load and show the list; other tabs may have changed it. */
export function loadHistory() {
  thumbnails = readStorage() ?? thumbnails;
  update();
}

/** @param {Result} thumbnail */
export function addToHistory(thumbnail) {
  thumbnails = [thumbnail, ...(readStorage() ?? thumbnails)].slice(0, MAX_ENTRIES);
  update();
}

getElement("clear-history").addEventListener("click", () => {
  thumbnails = [];
  update();
  getElement("submit").focus();
});

addEventListener("storage", ({ key }) => {
  if (key === STORAGE_KEY) loadHistory();
});

/** @returns {Result[] | null} null if storage is disabled */
function readStorage() {
  let json;
  try {
    json = localStorage.getItem(STORAGE_KEY) ?? "[]";
  } catch {
    return null;
  }
  try {
    return [...JSON.parse(json)].filter(isResult);
  } catch {
    return []; // another script on this origin wrote it
  }
}

/** Drop expired thumbnails; store and show the rest. */
function update() {
  const now = Date.now();
  thumbnails = thumbnails.filter(({ expiresAt }) => expiresAt > now && expiresAt < now + MAX_LIFETIME);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(thumbnails)); // notifies other tabs only if the value changes
  } catch {
    // Storage is full or disabled: the list lasts as long as the page.
  }
  render();
  clearTimeout(expiryTimer);
  if (thumbnails.length) {
    expiryTimer = setTimeout(loadHistory, Math.min(...thumbnails.map(({ expiresAt }) => expiresAt)) - now);
  }
}

/** Show the list; existing items are reused, so that they keep the focus. */
function render() {
  const items = new Map([...getElement("history-list").children].map((item) => [item.dataset.url, item]));
  getElement("history-list").replaceChildren(
    ...thumbnails.map((thumbnail) => items.get(thumbnail.viewUrl) ?? createItem(thumbnail)),
  );
  getElement("history").hidden = thumbnails.length === 0;
}

function createItem(thumbnail) {
  const image = new Image(168, 94);
  image.src = thumbnail.viewUrl;
  image.alt = describeThumbnail(thumbnail);
  const button = document.createElement("button");
  button.type = "button";
  button.append(image);
  button.addEventListener("click", () => {
    showResult(thumbnail);
    focusResult();
  });
  const item = document.createElement("li");
  item.dataset.url = thumbnail.viewUrl;
  item.append(button);
  return item;
}

function isResult(value) {
  const variants = value?.variants ?? [value];
  return (
    typeof value?.name === "string" &&
    typeof value.expiresAt === "number" &&
    hasLinks(value) &&
    Array.isArray(variants) &&
    variants.length > 0 &&
    variants.every((variant) => hasLinks(variant) && typeof (variant.look ?? "") === "string")
  );
}

function hasLinks(value) {
  return [value?.viewUrl, value?.downloadUrl].every((url) => /^https?:/.test(url));
}
