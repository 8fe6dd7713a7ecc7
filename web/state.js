// The page's state: its shape, its transitions, and what follows from it. Pure: no DOM, no network, no clock.

import { countCharacters, countWords, flatten } from "./title.js";

/** @typedef {import("./settings.js").Settings} Settings */

/**
 * What was made of one request. `source` is the upload that holds the picture, `filename` the picture's name; `variants`
 * are as in docs/api.md; `isUsed` tells whether one was saved or shared.
 * @typedef {{title: string, settings: Settings, source: string, filename: string, variants: object[], expiresAt: number,
 *   isUsed?: boolean}} Result
 */

// A capital of 11-pixel text, the smallest that reads with ease, is about 8 pixels tall.
const MIN_CAP_HEIGHT = 8;
// WCAG 2.2, 1.4.3: the least contrast of text that is not large.
const MIN_CONTRAST = 4.5;
const MAX_WORDS = 7;
const MAX_ENTRIES = 24;

export const UPDATED = "Updated.";

const NO_RESULT = { run: null, failure: null, result: null, variant: 0, view: "thumbnail" };

/** @param {Settings} settings */
export const createState = (settings) => ({
  ...NO_RESULT, // `variant` and `view`: what the stage shows
  picture: null, // {name, details, url}; `url` is empty if this browser cannot show it
  isChecking: false,
  isDragging: false,
  refusal: "", // of what was chosen or dropped last; it says nothing about `picture`
  title: "",
  refusedTitle: null, // {title, message}
  settings,
  surface: "home", // and `theme`: of the preview
  theme: "dark",
  history: [], // results, newest first
  cleared: [], // what clearing took out of the history
  status: "", // what happened last
});

// Transitions: each takes a state and returns the next.

const CALM = { isChecking: false, refusal: "", failure: null, status: "" };
export const startCheck = (state) => ({ ...state, ...CALM, isChecking: true });

/** A file was refused; the picture that is there stays. */
export const refuse = (state, refusal) => ({ ...state, isChecking: false, refusal });

/** `picture` is null if the one that was there turned out to be unusable. */
export const choosePicture = (state, picture, refusal = "") => ({
  ...state,
  ...NO_RESULT,
  ...CALM,
  ...{ picture, refusal },
});

export const edit = (state, changes) => ({
  ...state,
  ...{ failure: null, status: "", view: "thumbnail", refusal: state.picture ? "" : state.refusal },
  ...changes,
});

/** `step` is "requesting", "uploading" or "generating". */
export const startRun = (state) => ({
  ...state,
  ...CALM,
  run: { step: "requesting", fraction: 0, isWaiting: false },
});

export const progress = (state, run) => ({ ...state, run: { ...state.run, ...run } });
export const stop = (state, status = "") => ({ ...state, run: null, status });
export const fail = (state, message, isRetryable) => ({ ...state, run: null, failure: { message, isRetryable } });
export const refuseTitle = (state, title, message) => ({ ...state, run: null, refusedTitle: { title, message } });

/** The look on the stage stays; an unused result of the same picture leaves the history. */
export function finish(state, result) {
  const { look } = getVariant(state) ?? {};
  const others = state.history.filter((entry) => entry.source !== result.source || entry.isUsed);
  return {
    ...stop(state, state.result ? UPDATED : `Your thumbnail${result.variants.length > 1 ? "s are" : " is"} ready.`),
    ...{ result, variant: Math.max(0, result.variants.findIndex((variant) => variant.look === look)) },
    ...{ history: [result, ...others].slice(0, MAX_ENTRIES), cleared: [] },
  };
}

/** The result was saved, copied or shared. */
export function markUsed(state, status = "") {
  const result = state.result && { ...state.result, isUsed: true };
  return { ...state, result, status, history: state.history.map((entry) => (entry === state.result ? result : entry)) };
}

export const openResult = (state, result, picture) => ({
  ...choosePicture(state, picture),
  ...{ title: result.title, settings: result.settings, result },
});

export const expire = (state, now) => ({ ...state, history: state.history.filter(({ expiresAt }) => expiresAt > now) });
export const clearHistory = (state) => ({ ...state, history: [], cleared: state.history });
export const restoreHistory = (state) => ({ ...state, history: state.cleared, cleared: [] });

// What follows from a state. `now` is in milliseconds since 1970.

/** What is asked of the API, besides the picture; without halves of characters, which it refuses. */
export const getRequest = ({ title, settings }) => ({ text: title.replace(/\p{Surrogate}/gu, ""), ...settings });

export const isSame = (one, other) => JSON.stringify(getRequest(one)) === JSON.stringify(getRequest(other));

/** Whether the result is what is asked for, and its links work. */
export const isUpToDate = (state, now) =>
  Boolean(state.result && state.result.expiresAt > now && isSame(state.result, state));

export const getVariant = ({ result, variant }) => result?.variants[variant];

/** Why the title cannot be used; empty if it can. */
export function findTitleError({ title, refusedTitle }, maxLength) {
  if ([...title].length <= maxLength) return refusedTitle?.title === title ? refusedTitle.message : "";
  const hint = countCharacters(title) > maxLength ? "" : " Some emoji take the place of several.";
  return `Shorten the title to ${maxLength} characters.${hint}`;
}

export const adviseOnLength = (title) => (countWords(title) > MAX_WORDS ? "Long title: six words read best." : "");

/** How well a variant reads, in a creator's words. */
export function describeLegibility({ contrast, capHeight, words }) {
  if (!words) return "";
  if (capHeight < MIN_CAP_HEIGHT) return `Small in the sidebar${words > MAX_WORDS ? ": six words read best" : ""}`;
  return contrast < MIN_CONTRAST ? "Title blends into the picture" : "Reads well in the sidebar";
}

export function describeThumbnail({ title, filename }) {
  const name = flatten(title);
  return name ? `Thumbnail with the title “${name}”` : `Thumbnail of ${filename}, without a title`;
}
