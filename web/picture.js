// What is known of a file before it is sent: is it a picture that can be used, and how does it look?

import config from "./config.js";

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
 * @property {HTMLImageElement | null} shown the picture, loaded, if this browser can show it
 */

/**
 * Look at a file.
 * @param {File} file
 * @returns {Promise<Picture>}
 */
export async function examine(file) {
  if (file.size === 0) return refused(file, "The file is empty. Choose another one.");
  if (file.size > config.maxUploadBytes) {
    const size = `This one has ${megabytes(file.size)} MB.`;
    return refused(file, `Choose a picture of at most ${maxMegabytes} MB. ${size}`);
  }
  const type = await typeOf(file);
  if (!(type in config.acceptedTypes)) return refused(file, `Choose a picture of one of these types: ${typeNames}.`);
  const shown = await load(file);
  if (!shown && !RARELY_SHOWN.includes(type)) {
    return refused(file, "This picture is damaged and cannot be opened. Choose another one.");
  }
  return { file, type, problem: "", shown };
}

/**
 * A file's name, pixels and size. The name is isolated: it may be written from right to left.
 * @param {Picture} picture
 */
export function facts({ file, shown }) {
  const pixels = shown ? `${shown.naturalWidth} × ${shown.naturalHeight} pixels` : "no preview in this browser";
  return `\u2068${file.name}\u2069, ${pixels}, ${megabytes(file.size)} MB`;
}

function refused(file, problem) {
  return { file, type: "", problem, shown: null };
}

async function typeOf(file) {
  let start;
  try {
    start = String.fromCharCode(...new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer()));
  } catch {
    return ""; // a folder, or a file that is gone
  }
  return FORMATS.find((format) => format.start.test(start))?.type ?? "";
}

/** The picture as this browser shows it, or null; whoever puts it away revokes its `src`. */
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

function megabytes(bytes) {
  return bytes < 100_000 ? (bytes / 1_000_000).toPrecision(1) : (bytes / 1_000_000).toFixed(1);
}
