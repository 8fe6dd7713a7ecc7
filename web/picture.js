// What is known of a file before it is sent: is it a picture that can be used, and how does it look?

import config from "./config.js";
import { isCutOff } from "./whole.js";

// Each format: its type, its name, and how its files begin.
const FORMATS = [
  { type: "image/jpeg", name: "JPEG", start: /^\xff\xd8\xff/ },
  { type: "image/png", name: "PNG", start: /^\x89PNG\r\n\x1a\n/ },
  { type: "image/webp", name: "WebP", start: /^RIFF[^]{4}WEBP/ },
  { type: "image/gif", name: "GIF", start: /^GIF8[79]a/ },
  { type: "image/bmp", name: "BMP", start: /^BM/ },
  { type: "image/tiff", name: "TIFF", start: /^(II[*+]\0|MM\0[*+])/ },
  { type: "image/avif", name: "AVIF", start: /^[^]{4}ftypavi[fs]/ },
  { type: "image/heic", name: "HEIC", start: /^[^]{4}ftyp(hei[cmsx]|hev[cmsx])/ },
  { type: "image/heif", name: "HEIF", start: /^[^]{4}ftypm[is]f1/ },
];
const START_BYTES = 12;

// Not every browser can show these, so that one who cannot says nothing about the file.
const RARELY_SHOWN = ["image/tiff", "image/avif", "image/heic", "image/heif"];
// Browsers give up on pictures that are larger than this, sooner or later; the server does not.
const ALWAYS_SHOWN_PIXELS = 40_000_000;

export const typeNames = FORMATS.filter(({ type }) => type in config.acceptedTypes)
  .map(({ name }) => name)
  .join(", ");
export const maxMegabytes = config.maxUploadBytes / 1_000_000;

/**
 * @typedef {object} Picture
 * @property {File} file
 * @property {string} type its content type, told from its first bytes
 * @property {string} problem what is wrong with it, in words for the user; empty if it can be used
 * @property {HTMLImageElement | null} shown the picture, loaded, if this browser can show it; who puts it away revokes
 *   its `src`
 */

/**
 * Look at a file.
 * @param {File} file
 * @returns {Promise<Picture>}
 */
export async function examine(file) {
  let problem;
  try {
    const type = await typeOf(file);
    problem = problemOf(file, type) || ((await isCutOff(file, type)) ? cutOff(file) : "");
    const shown = problem ? null : await load(file);
    if (problem || shown || RARELY_SHOWN.includes(type)) return { file, type, problem, shown };
    problem = `${named(file)} is damaged and cannot be opened. Choose another picture.`;
  } catch {
    problem = `${named(file)} cannot be read; it may be a folder. Choose a picture.`;
  }
  return { file, type: "", problem, shown: null };
}

/**
 * Tell whether a file can still be read: one that was saved again since it was chosen cannot.
 * @param {File} file
 */
export async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/**
 * A file's name, pixels and size.
 * @param {Picture} picture
 */
export function facts({ file, shown }) {
  const pixels = shown ? `, ${shown.naturalWidth} × ${shown.naturalHeight} pixels` : "";
  return `${named(file)}${pixels}, ${sizeOf(file)}`;
}

/** A file's name, kept apart from the words around it: it may be written from right to left. */
function named(file) {
  return `\u2068${file.name}\u2069`;
}

function problemOf(file, type) {
  if (file.size === 0) return `${named(file)} is empty. Choose another picture.`;
  if (!(type in config.acceptedTypes)) {
    return `${named(file)} is not a picture that can be used. Choose one of these types: ${typeNames}.`;
  }
  if (file.size > config.maxUploadBytes) {
    return `${named(file)} is too large: ${sizeOf(file)}. Choose a picture of at most ${maxMegabytes} MB.`;
  }
  return "";
}

function cutOff(file) {
  return `${named(file)} is damaged: its end is missing. Export or download it again, or choose another picture.`;
}

async function typeOf(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer()));
  return FORMATS.find((format) => format.start.test(start))?.type ?? "";
}

async function load(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } catch {
    if (image.naturalWidth * image.naturalHeight > ALWAYS_SHOWN_PIXELS) return image;
    URL.revokeObjectURL(image.src);
    return null;
  }
}

/** Rounded up, so that what is too large does not look as if it were not. */
function sizeOf({ size }) {
  return size < 100_000 ? `${Math.ceil(size / 1000)} kB` : `${(Math.ceil(size / 100_000) / 10).toFixed(1)} MB`;
}
