// Titles: count as a person does, mark emphasis, name files. Pure.

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const MAX_NAME_BYTES = 280; // percent-encoded; the API keeps the last 300 of a file name

export const countCharacters = (title) => [...graphemes.segment(title)].length;
const listWords = (title) => [...words.segment(title)].filter(({ isWordLike }) => isWordLike);
export const countWords = (title) => listWords(title).length;

/**
 * Put asterisks around the selected words, or the word at the caret, or take them away.
 * @returns {[title: string, start: number, end: number]} the new title and selection
 */
export function toggleEmphasis(title, start, end) {
  const margin = start === end ? 1 : 0; // a caret may stand beside its word
  const touched = listWords(title).filter(
    ({ segment, index }) => index < end + margin && index + segment.length > start - margin,
  );
  if (!touched.length) return [title, start, end];
  const from = touched[0].index;
  const to = touched.at(-1).index + touched.at(-1).segment.length;
  const [before, after] = [title.slice(0, from), title.slice(to)];
  const inner = title.slice(from, to).replaceAll("*", "");
  const isMarked = before.endsWith("*") && after.startsWith("*");
  const first = isMarked ? from - 1 : from + 1;
  const marked = isMarked ? before.slice(0, -1) + inner + after.slice(1) : `${before}*${inner}*${after}`;
  return [marked, first, first + inner.length];
}

/** Return the title in one line, without the marks of emphasis. */
export const flatten = (title) => title.replaceAll("*", "").replace(/\s+/g, " ").trim();

/** Name a file after a title, or else after the picture; the API replaces the extension. */
export function nameAfter(title, filename) {
  const safe = flatten(title.replace(/[\\/:?"<>|\p{Cc}\p{Surrogate}]/gu, " "));
  const parts = [...graphemes.segment(safe)].map(({ segment }) => segment);
  while (encodeURIComponent(parts.join("")).length > MAX_NAME_BYTES) parts.pop();
  return parts.length ? `${parts.join("").trim()}.jpg` : filename;
}
