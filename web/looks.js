// Looks and titles in words that a creator uses.

// A capital of 11-pixel text, the smallest that reads with ease, is about 8 pixels tall.
const MIN_CAP_HEIGHT = 8;
// WCAG 2.2, 1.4.3: the least contrast of text that is not large.
const MIN_CONTRAST = 4.5;
const MAX_WORDS = 7;

/**
 * Return the name of a look as it is shown.
 * @param {string} look as the stack names it
 * @returns {string}
 */
export function formatLook(look) {
  return look.charAt(0).toUpperCase() + look.slice(1).replaceAll("_", " ");
}

/**
 * Say what makes a variant hard to read; empty if nothing does.
 * @param {import("./result.js").Variant} variant
 * @returns {string}
 */
export function describeWeakness({ contrast, capHeight, words }) {
  if (!words) return ""; // the thumbnail has no title
  if (capHeight < MIN_CAP_HEIGHT) {
    return words > MAX_WORDS
      ? `Small letters in YouTube’s sidebar: ${words} words are a lot.`
      : "Small letters in YouTube’s sidebar.";
  }
  return contrast < MIN_CONTRAST ? "The title stands out little from the picture." : "";
}

/**
 * Advise on the length of a title; empty if it is short enough.
 * @param {string} title
 * @returns {string}
 */
export function adviseOnLength(title) {
  // Scripts without spaces count as one word: a warning there would be a guess.
  const words = title.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length > MAX_WORDS ? `Short titles read better: try ${MAX_WORDS} words or fewer.` : "";
}
