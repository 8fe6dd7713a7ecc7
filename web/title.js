// Titles: count them as a person does, mark emphasis, and name files after them. Pure.

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const MAX_NAME_BYTES = 280; // percent-encoded; the API keeps the last 300 of a file name
export const MAX_WORDS = 7;

/** @type {(title: string) => number} */
export const countCharacters = (title) => [...graphemes.segment(title)].length;

/** @type {(title: string) => number} */
export function countWords(title) {
  return title.split(/\s+/).reduce((count, part) => {
    if (!UNSPACED.test(part)) return count + /[\p{L}\p{N}]/u.test(part);
    return count + [...words.segment(part)].filter(({ isWordLike }) => isWordLike).length;
  }, 0);
}

/**
 * Put asterisks around the words of a selection, or around the word at the caret, or take them away.
 * @param {string} title
 * @param {number} start
 * @param {number} end
 * @returns {{title: string, start: number, end: number}} the new title and selection
 */
export function toggleEmphasis(title, start, end) {
  const segments = [...words.segment(title)].filter(
    ({ segment, index, isWordLike }) => isWordLike && index <= end && index + segment.length >= start,
  );
  // A selection takes in only the words that it overlaps, a caret those that it touches.
  const touched = segments.filter(
    ({ segment, index }) => start === end || (index < end && index + segment.length > start),
  );
  if (!touched.length) return { title, start, end };
  const from = touched[0].index;
  const last = start === end ? touched[0] : touched.at(-1);
  const to = last.index + last.segment.length;
  const before = title.slice(0, from);
  const after = title.slice(to);
  const inner = title.slice(from, to);
  if (before.endsWith("*") && after.startsWith("*")) {
    return { title: before.slice(0, -1) + inner + after.slice(1), start: from - 1, end: to - 1 };
  }
  const plain = inner.replaceAll("*", "");
  return { title: `${before}*${plain}*${after}`, start: from + 1, end: from + 1 + plain.length };
}

/** @type {(title: string) => string} the title in one line, without the marks of emphasis */
export const flatten = (title) => title.replaceAll("*", "").replace(/\s+/g, " ").trim();

/**
 * Name a file after a title; the API adds what it makes of it.
 * @param {string} title
 * @param {string} filename of the picture, for thumbnails without a title
 * @returns {string}
 */
export function nameAfter(title, filename) {
  let name = flatten(title.replace(/[\\/:?"<>|\p{Cc}\p{Surrogate}]/gu, " "));
  if (!name) return filename;
  const parts = [...graphemes.segment(name)].map(({ segment }) => segment);
  while (encodeURIComponent(name).length > MAX_NAME_BYTES) {
    parts.pop();
    name = parts.join("").trim();
  }
  return `${name}.jpg`;
}
