// The page's state: its shape, its transitions, and what follows from it. Pure: no DOM, no network, no clock.

import { MAX_WORDS, countCharacters, countWords, flatten } from "./title.js";

/** @typedef {import("./settings.js").Settings} Settings */

/**
 * One thumbnail, as the API describes it.
 * @typedef {object} Variant
 * @property {string} viewUrl
 * @property {string} downloadUrl
 * @property {string} [look]
 * @property {number} [contrast] of the letters to what is behind them: a WCAG contrast ratio, 1 to 21
 * @property {number} [capHeight] height of a capital, in pixels, when the thumbnail is shown 168 pixels wide
 * @property {number} [words] number of words in the title
 */

/**
 * What was made of one request. It is also an entry of the history.
 * @typedef {object} Result
 * @property {string} title
 * @property {Settings} settings
 * @property {string} source the upload that holds the picture
 * @property {string} filename of the picture
 * @property {Variant[]} variants best first
 * @property {number} expiresAt when the links expire, in milliseconds since 1970
 * @property {boolean} [isUsed] whether it was downloaded, copied or shared
 */

/**
 * @typedef {object} Picture
 * @property {string} name of its file
 * @property {string} details for the user
 * @property {string} url to show it; empty if this browser cannot
 */

/** @typedef {{step: "requesting" | "uploading" | "generating", fraction: number, isWaiting: boolean}} Run */

/**
 * @typedef {object} State
 * @property {Picture | null} picture
 * @property {boolean} isChecking whether a file is being inspected
 * @property {string} refusal why what was chosen or dropped last cannot be used; says nothing about `picture`
 * @property {string} title
 * @property {{title: string, message: string} | null} refusedTitle
 * @property {Settings} settings
 * @property {Run | null} run
 * @property {{message: string, isRetryable: boolean} | null} failure
 * @property {Result | null} result the last one made of `picture`
 * @property {number} chosen index of the variant on the stage
 * @property {boolean} isPictureShown whether the stage shows the picture instead of the result
 * @property {{surface: string, theme: string}} preview
 * @property {Result[]} history newest first
 * @property {Result[]} cleared what clearing the history took away, until something else happens to it
 * @property {string} status what happened last, for the user
 */

// A capital of 11-pixel text, the smallest that reads with ease, is about 8 pixels tall.
const MIN_CAP_HEIGHT = 8;
// WCAG 2.2, 1.4.3: the least contrast of text that is not large.
const MIN_CONTRAST = 4.5;
const MAX_ENTRIES = 24;

/** The status after a change; the stage shows it. */
export const UPDATED = "Updated.";

/** @type {(settings: Settings) => State} */
export const createState = (settings) => ({
  picture: null,
  isChecking: false,
  refusal: "",
  title: "",
  refusedTitle: null,
  settings,
  run: null,
  failure: null,
  result: null,
  chosen: 0,
  isPictureShown: false,
  preview: { surface: "home", theme: "dark" },
  history: [],
  cleared: [],
  status: "",
  isDragging: false,
});

// --- transitions: each takes a state and returns the next one

const set = (changes) => (state) => ({ ...state, ...changes });

export const startCheck = set({ isChecking: true, refusal: "", failure: null, status: "" });
export const liftRefusal = set({ refusal: "" });

/** A file was refused; the picture that is there stays. */
export const refuse = (state, refusal) => ({ ...state, isChecking: false, refusal });

/** @type {(state: State, picture: Picture, status?: string) => State} */
export const choosePicture = (state, picture, status = "") => ({
  ...state,
  ...{ picture, status, isChecking: false, refusal: "", run: null, failure: null, result: null, chosen: 0 },
  isPictureShown: false,
});

/** The picture turned out to be unusable. */
export const dropPicture = (state, refusal) => ({ ...choosePicture(state, null), refusal });

/** @type {(state: State, changes: {title?: string, settings?: Settings}) => State} */
export const edit = (state, changes) => ({
  ...state,
  ...changes,
  ...{ failure: null, status: "", isPictureShown: false },
  refusal: state.picture ? "" : state.refusal,
});

export const startRun = (state) => ({
  ...state,
  ...{ run: { step: "requesting", fraction: 0, isWaiting: false }, failure: null, refusal: "", status: "" },
});

/** @type {(state: State, run: Partial<Run>) => State} */
export const progress = (state, run) => ({ ...state, run: { ...state.run, ...run } });

/** @type {(state: State, result: Result) => State} */
export function finish(state, result) {
  const look = getChosen(state)?.look;
  const chosen = Math.max(0, result.variants.findIndex((variant) => variant.look === look));
  const isFirst = !state.result;
  const others = state.history.filter((entry) => entry.source !== result.source || entry.isUsed);
  return {
    ...state,
    ...{ run: null, failure: null, result, chosen },
    history: [result, ...others].slice(0, MAX_ENTRIES),
    cleared: [],
    status: isFirst ? `Your thumbnail${result.variants.length > 1 ? "s are" : " is"} ready.` : UPDATED,
  };
}

export const stop = (state, status = "") => ({ ...state, run: null, status });
export const fail = (state, message, isRetryable) => ({ ...state, run: null, failure: { message, isRetryable } });
export const refuseTitle = (state, title, message) => ({ ...state, run: null, refusedTitle: { title, message } });
export const chooseVariant = (state, chosen) => ({ ...state, chosen, isPictureShown: false });

/** The result was saved, copied or shared: later changes do not take its place in the history. */
export function markUsed(state, status = "") {
  const used = { ...state.result, isUsed: true };
  const history = state.history.map((entry) => (entry === state.result ? used : entry));
  return { ...state, result: used, history, status };
}

/** @type {(state: State, result: Result, picture: Picture) => State} */
export const openResult = (state, result, picture) => ({
  ...choosePicture(state, picture),
  ...{ title: result.title, settings: result.settings, result },
});

/** Drop what has expired by a time, in milliseconds since 1970. */
export function expire(state, now) {
  const history = state.history.filter(({ expiresAt }) => expiresAt > now);
  return history.length === state.history.length ? state : { ...state, history };
}

export const clearHistory = (state) => ({ ...state, history: [], cleared: state.history });
export const restoreHistory = (state) => ({ ...state, history: state.cleared, cleared: [] });

// --- what follows from a state

/** What is asked of the API, besides the picture. */
export const getRequest = ({ title, settings }) => ({ text: title.replace(/\p{Surrogate}/gu, ""), ...settings });

/** @type {(one: object, other: object) => boolean} */
export const isSame = (one, other) => JSON.stringify(getRequest(one)) === JSON.stringify(getRequest(other));

/** Whether the result is what the title and the settings ask for, and its links work. */
export const isUpToDate = (state, now) =>
  Boolean(state.result && state.result.expiresAt > now && isSame(state.result, state));

/** @returns {Variant | undefined} */
export const getChosen = ({ result, chosen }) => result?.variants[chosen];

/** @type {(state: State, maxLength: number) => string} empty if the title can be used */
export function findTitleError({ title, refusedTitle }, maxLength) {
  const excess = [...title].length - maxLength;
  if (excess > 0) {
    return countCharacters(title) > maxLength
      ? `Shorten the title to ${maxLength} characters.`
      : "Shorten the title: some of its emoji count as several characters.";
  }
  return refusedTitle?.title === title ? refusedTitle.message : "";
}

/** @type {(title: string) => string} */
export function adviseOnLength(title) {
  return countWords(title) > MAX_WORDS ? "Long title: six words or fewer read best." : "";
}

/** Say how well a variant reads, in words that a creator uses. @type {(variant: Variant) => string} */
export function describeLegibility({ contrast, capHeight, words }) {
  if (!words) return "";
  if (capHeight < MIN_CAP_HEIGHT) {
    return words > MAX_WORDS ? "Small in the sidebar: six words read best" : "Small in the sidebar";
  }
  return contrast < MIN_CONTRAST ? "Title blends into the picture" : "Reads well in the sidebar";
}

/** @type {(result: Result) => string} alternative text */
export function describeThumbnail({ title, filename }) {
  const name = flatten(title);
  return name ? `Thumbnail with the title “${name}”` : `Thumbnail of ${filename}, without a title`;
}
