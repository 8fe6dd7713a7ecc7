// The page's state: its shape, its transitions, and what follows from it. Pure: no DOM, no network, no clock.

import config from "./config.js";
import { countCharacters, countWords, flatten } from "./title.js";

/** @typedef {import("./settings.js").Settings} Settings */

/**
 * What was made of one request. `source` is the upload that holds the picture, `filename` the picture's name; `variants`
 * are as in docs/api.md; `isUsed` tells whether one was saved or shared.
 * @typedef {{title: string, settings: Settings, source: string, filename: string, variants: object[], expiresAt: number,
 *   isUsed?: boolean}} Result
 */

// A capital of 11-pixel text, the smallest that reads with ease, is 8 pixels tall.
const MIN_CAP_HEIGHT = 8;
// WCAG 2.2, 1.4.3: the least contrast of large text.
const MIN_CONTRAST = 3;
const MAX_WORDS = 7;
const LONG_TITLE = "Long title: six words read best";

export const UPDATED = "Made with your change.";

// `variant` and `view` are what the stage shows.
const NO_RESULT = { run: null, result: null, variant: 0, view: "thumbnail" };

// `refusal` is of what was chosen or dropped last, and says nothing about the picture; `status` is what happened last.
const CALM = { refusal: "", failure: null, status: "" };

/** @param {Settings} settings */
export const createState = (settings, passphrase) => ({
  ...NO_RESULT,
  ...CALM,
  picture: null, // {name, details, url}; `url` is empty if this browser cannot show it
  title: "",
  refusedTitle: null, // {title, message}
  settings,
  passphrase, // empty until one has worked
  history: [], // results, newest first
  cleared: [], // what was in the history before it was cleared
});

// Transitions: each takes a state and returns the next.

/** A file was refused; the picture that is there stays. */
export const refuse = (state, refusal) => ({ ...state, refusal });

/** `picture` is null if the one that was there turned out to be unusable. */
export const choosePicture = (state, picture, refusal = "") => ({
  ...state,
  ...NO_RESULT,
  ...CALM,
  ...{ picture, refusal },
});

export const edit = (state, changes) => ({ ...state, ...CALM, view: "thumbnail", ...changes });

/** `step` is "requesting", "uploading" or "generating". */
export const startRun = (state) => ({ ...state, ...CALM, run: { step: "requesting" } });

export const progress = (state, run) => ({ ...state, run: { ...state.run, ...run } });
export const stop = (state, status = "") => ({ ...state, run: null, status });
export const fail = (state, message, isRetryable) => ({ ...state, run: null, failure: { message, isRetryable } });
export const refuseTitle = (state, title, message) => ({ ...state, run: null, refusedTitle: { title, message } });

/** The look on the stage stays; an unused result of the same picture leaves the history. */
export function finish(state, result) {
  const others = state.history.filter((entry) => entry.source !== result.source || entry.isUsed);
  return {
    ...stop(state, state.result ? UPDATED : `Your thumbnail${result.variants.length > 1 ? "s are" : " is"} ready.`),
    ...{ result, variant: findVariant(state, result.variants) },
    ...{ history: [result, ...others], cleared: [] },
  };
}

/** The result was saved, copied or shared. */
export function markUsed(state, status = "") {
  const mark = (entry) => (entry.expiresAt === state.result?.expiresAt ? { ...entry, isUsed: true } : entry);
  return { ...state, status, history: state.history.map(mark) };
}

export const openResult = (state, result, picture) => ({
  ...choosePicture(state, picture),
  ...{ title: result.title, settings: result.settings, result },
});

/** Clear the history, or undo that. */
export const toggleHistory = (state) => ({ ...state, history: state.cleared, cleared: state.history });

// What follows from a state. `now` is in milliseconds since 1970.

/** What is asked of the API, besides the picture; without halves of characters, which it refuses. */
export const getRequest = ({ title, settings }) => ({ text: title.replace(/\p{Surrogate}/gu, ""), ...settings });

export const isSame = (one, other) => JSON.stringify(getRequest(one)) === JSON.stringify(getRequest(other));

/** Whether the result is what is asked for, and its links work. */
export const isUpToDate = (state, now) =>
  Boolean(state.result && state.result.expiresAt > now && isSame(state.result, state));

export const getVariant = ({ result, variant }) => result?.variants[variant];

/** By how much the thumbnail on the stage enlarges the picture, or would at another size; 0 if that is unknown. */
export function findScale(state, size) {
  const { scale } = getVariant(state) ?? {};
  return scale ? Number(((scale * parseInt(size)) / parseInt(state.result.settings.size)).toFixed(1)) : 0;
}

/** Find the look on the stage among new variants, or else the first. */
export const findVariant = (state, variants) =>
  Math.max(0, variants.findIndex(({ look }) => look === getVariant(state)?.look));

/** Why the title cannot be used; empty if it can. */
export function findTitleError({ title, refusedTitle }) {
  const maxLength = config.maxTextLength;
  if ([...title].length <= maxLength) return refusedTitle?.title === title ? refusedTitle.message : "";
  const hint = countCharacters(title) > maxLength ? "" : " Some emoji take the place of several.";
  return `Shorten the title to ${maxLength} characters.${hint}`;
}

export function adviseOnTitle(title) {
  if (!flatten(title)) return "No title: the picture alone";
  return countWords(title) > MAX_WORDS ? LONG_TITLE : "";
}

/** How well a variant reads. */
export function describeLegibility({ contrast, capHeight, words }) {
  if (!words) return "";
  if (capHeight < MIN_CAP_HEIGHT) return "Small in the sidebar";
  if (contrast < MIN_CONTRAST) return "Title blends into the picture";
  return words > MAX_WORDS ? LONG_TITLE : "Reads well in the sidebar";
}

export const nameResult = ({ title, filename }) => flatten(title) || filename;
