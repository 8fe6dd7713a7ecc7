// Inspect a file before it is sent: is it a usable picture, and can this browser show it?

import config from "./config.js";

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

// Not every browser shows all of these.
const BROWSER_DEPENDENT_TYPES = ["image/bmp", "image/tiff", "image/avif", "image/heic", "image/heif"];
// Browsers may fail to decode larger pictures that the server accepts.
const RELIABLE_MEGAPIXELS = 40;
// As in process/image/limits.py; a progressive JPEG has the lower limit.
const MAX_MEGAPIXELS = 64;
const MAX_MEGAPIXELS_JPEG = 250;

// All that a file may lack: a JPEG's end marker, a PNG's IEND chunk.
const ENDS = {
  "image/jpeg": Uint8Array.of(0xff, 0xd9),
  "image/png": Uint8Array.of(0, 0, 0, 0, 73, 69, 78, 68, 0xae, 0x42, 0x60, 0x82),
};

const typeNames = FORMATS.filter(({ type }) => type in config.acceptedTypes)
  .map(({ name }) => name)
  .join(", ");
const extensions = Object.values(config.acceptedTypes).map((extension) => `.${extension}`);

/** What a file field accepts. Extensions too: some systems do not know the content type of a newer format. */
export const accept = [...Object.keys(config.acceptedTypes), ...extensions].join(",");
export const maxMegabytes = config.maxUploadBytes / 1_000_000;

/**
 * @typedef {object} Inspected
 * @property {File} file
 * @property {string} type content type, detected from the first bytes; empty if unknown
 * @property {string} problem message for the user; empty if the picture is usable
 * @property {HTMLImageElement | null} image null if this browser cannot show it; its `src` is an object URL, which the
 *   owner must revoke
 */

/**
 * Inspect files up to the first usable one; return that, or else the first.
 * @param {File[]} files
 * @returns {Promise<Inspected>}
 */
export async function inspectFiles(files) {
  const refused = [];
  for (const file of files) {
    const inspected = await inspectFile(file);
    if (!inspected.problem) return inspected;
    refused.push(inspected);
  }
  return refused[0];
}

/** @type {(file: File) => Promise<Inspected>} */
async function inspectFile(file) {
  let problem;
  try {
    const type = await detectType(file);
    problem = findProblem(file, type);
    const image = problem ? null : await loadImage(file);
    if (image) problem = await findPixelProblem(file, type, image);
    else if (!BROWSER_DEPENDENT_TYPES.includes(type)) problem ||= describeDamage(file);
    if (!problem) return { file, type, problem, image };
    if (image) URL.revokeObjectURL(image.src);
  } catch {
    problem = `${isolateName(file)} cannot be read: it is a folder, or was moved. Choose a picture.`;
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
 * Return the picture's file name, dimensions and size, and what is used of it.
 * @param {Inspected} picture
 * @returns {string}
 */
export function describePicture({ file, type, image }) {
  const dimensions = image ? `, ${image.naturalWidth} × ${image.naturalHeight} pixels` : "";
  const frame = type === "image/gif" ? ". The first frame is used." : "";
  return `${isolateName(file)}${dimensions}, ${formatSize(file)}${frame}`;
}

/** Wrap the file name in Unicode isolates, so that a right-to-left name does not reorder the text around it. */
export function isolateName(file) {
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

async function findPixelProblem(file, type, { naturalWidth, naturalHeight }) {
  const megapixels = (naturalWidth * naturalHeight) / 1_000_000;
  const limit = type === "image/jpeg" ? MAX_MEGAPIXELS_JPEG : MAX_MEGAPIXELS;
  if (megapixels > limit) return `${isolateName(file)} has too many pixels. Scale it down to ${limit} megapixels.`;
  return megapixels > RELIABLE_MEGAPIXELS || (await isDecodable(file, type)) ? "" : describeDamage(file);
}

function describeDamage(file) {
  return `${isolateName(file)} is damaged or incomplete. Export or download it again, or choose another picture.`;
}

async function detectType(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer()));
  return FORMATS.find(({ signature }) => signature.test(start))?.type ?? "";
}

/** Return an image of the file once its size is known, or null if this browser cannot show it. */
async function loadImage(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await new Promise((resolve) => (image.onload = image.onerror = resolve));
  if (image.naturalWidth) return image;
  URL.revokeObjectURL(image.src);
  return null;
}

/** Check that the file can be decoded. Chromium rejects what it shows in part; Firefox leaves that to the server. */
async function isDecodable(file, type) {
  try {
    await createImageBitmap(file, { resizeWidth: 1, resizeHeight: 1 }); // small: large bitmaps may fail on phones
    return true;
  } catch {
    // it may only lack its end
  }
  try {
    return !hasFiller(await createImageBitmap(new Blob([file, ENDS[type] ?? ""])));
  } catch {
    return false;
  }
}

/** Look for the grey of missing data in the corners; which one is the last pixel depends on the orientation. */
function hasFiller(bitmap) {
  const context = document.createElement("canvas").getContext("2d");
  const isGrey = (x, y) => {
    context.drawImage(bitmap, -x, -y);
    return context.getImageData(0, 0, 1, 1).data.slice(0, 3).every((level) => Math.abs(level - 128) <= 2);
  };
  const [right, bottom] = [bitmap.width - 1, bitmap.height - 1];
  return isGrey(0, 0) || isGrey(right, 0) || isGrey(0, bottom) || isGrey(right, bottom);
}

/** Round up, so that a file just over the limit never reads as within it. */
function formatSize({ size }) {
  return size < 100_000 ? `${Math.ceil(size / 1000)} kB` : `${(Math.ceil(size / 100_000) / 10).toFixed(1)} MB`;
}
