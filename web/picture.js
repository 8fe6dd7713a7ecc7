// Inspect a file before it is sent: is it a usable picture, and can this browser show it?

import config from "./config.js";
import { isTruncated } from "./truncation.js";

const FORMATS = [
  { type: "image/jpeg", name: "JPEG", signature: /^\xff\xd8\xff/ },
  { type: "image/png", name: "PNG", signature: /^\x89PNG\r\n\x1a\n/ },
  { type: "image/webp", name: "WebP", signature: /^RIFF[^]{4}WEBP/ },
  { type: "image/gif", name: "GIF", signature: /^GIF8[79]a/ },
  { type: "image/bmp", name: "BMP", signature: /^BM/ },
  { type: "image/tiff", name: "TIFF", signature: /^(II[*+]\0|MM\0[*+])/ },
  { type: "image/avif", name: "AVIF", signature: /^[^]{4}ftypavi[fs]/ },
  { type: "image/heic", name: "HEIC", signature: /^[^]{4}ftyp(hei[cmsx]|hev[cmsx])/ },
  { type: "image/heif", name: "HEIF", signature: /^[^]{4}ftypm[is]f1/ },
];
const SIGNATURE_BYTES = 12;

// Not every browser decodes these, so a failure to decode does not mean that the file is damaged.
const BROWSER_DEPENDENT_TYPES = ["image/tiff", "image/avif", "image/heic", "image/heif"];
// Browsers may fail to decode larger pictures that the server accepts.
const RELIABLE_PIXELS = 40_000_000;

export const typeNames = FORMATS.filter(({ type }) => type in config.acceptedTypes)
  .map(({ name }) => name)
  .join(", ");
export const maxMegabytes = config.maxUploadBytes / 1_000_000;

/**
 * @typedef {object} Picture
 * @property {File} file
 * @property {string} type content type, detected from the first bytes; empty if unknown
 * @property {string} problem message for the user; empty if the picture is usable
 * @property {HTMLImageElement | null} image null if this browser cannot show it; its `src` is an object URL, which the
 *   owner must revoke
 */

/**
 * @param {File} file
 * @returns {Promise<Picture>}
 */
export async function inspectFile(file) {
  let problem;
  try {
    const type = await detectType(file);
    problem = findProblem(file, type) || ((await isTruncated(file, type)) ? describeTruncation(file) : "");
    const image = problem ? null : await loadImage(file);
    if (problem || image || BROWSER_DEPENDENT_TYPES.includes(type)) return { file, type, problem, image };
    problem = `${isolateName(file)} is damaged and cannot be opened. Choose another picture.`;
  } catch {
    problem = `${isolateName(file)} cannot be read; it may be a folder. Choose a picture.`;
  }
  return { file, type: "", problem, image: null };
}

/**
 * Check that a file can still be read; browsers refuse one that was modified after it was chosen.
 * @param {File} file
 * @returns {Promise<boolean>}
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
 * Return the picture's file name, dimensions and size.
 * @param {Picture} picture
 * @returns {string}
 */
export function describePicture({ file, image }) {
  const dimensions = image ? `, ${image.naturalWidth} × ${image.naturalHeight} pixels` : "";
  return `${isolateName(file)}${dimensions}, ${formatSize(file)}`;
}

/** Wrap the file name in Unicode isolates, so that a right-to-left name does not reorder the text around it. */
function isolateName(file) {
  return `\u2068${file.name}\u2069`;
}

function findProblem(file, type) {
  if (file.size === 0) return `${isolateName(file)} is empty. Choose another picture.`;
  if (!(type in config.acceptedTypes)) {
    return `${isolateName(file)} is not a picture that can be used. Choose one of these types: ${typeNames}.`;
  }
  if (file.size > config.maxUploadBytes) {
    return `${isolateName(file)} is too large: ${formatSize(file)}. Choose a picture of at most ${maxMegabytes} MB.`;
  }
  return "";
}

function describeTruncation(file) {
  return `${isolateName(file)} is damaged: its end is missing. Export or download it again, or choose another picture.`;
}

async function detectType(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer()));
  return FORMATS.find(({ signature }) => signature.test(start))?.type ?? "";
}

async function loadImage(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } catch {
    if (image.naturalWidth * image.naturalHeight > RELIABLE_PIXELS) return image;
    URL.revokeObjectURL(image.src);
    return null;
  }
}

/** Round up, so that a file just over the limit never reads as within it. */
function formatSize({ size }) {
  return size < 100_000 ? `${Math.ceil(size / 1000)} kB` : `${(Math.ceil(size / 100_000) / 10).toFixed(1)} MB`;
}
