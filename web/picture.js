// Inspect files before one is sent: is it a usable picture, and can this browser show it?

import config from "./config.js";

const FORMATS = [
  ["image/jpeg", "JPEG", /^\xff\xd8\xff/],
  ["image/png", "PNG", /^\x89PNG\r\n\x1a\n/],
  ["image/webp", "WebP", /^RIFF[^]{4}WEBP/],
  ["image/gif", "GIF", /^GIF8[79]a/],
  ["image/bmp", "BMP", /^BM/],
  ["image/tiff", "TIFF", /^(II[*+]\0|MM\0[*+])/],
  ["image/avif", "AVIF", /^[^]{4}ftypavi[fs]/],
  ["image/heic", "HEIC", /^[^]{4}ftyp(hei[cmsx]|hev[cmsx])/],
  ["image/heif", "HEIF", /^[^]{4}ftypm[is]f1/],
].filter(([type]) => type in config.acceptedTypes);
const SIGNATURE_BYTES = 12;

// Not every browser shows all of these.
const BROWSER_DEPENDENT = /bmp|tiff|avif|hei[cf]/;
// Browsers may fail to decode larger pictures that the server accepts.
const RELIABLE_MEGAPIXELS = 40;
// As in process/image/limits.py; a progressive JPEG has the lower limit.
const MAX_MEGAPIXELS = 64;
const MAX_MEGAPIXELS_JPEG = 250;

// A JPEG's end marker, a PNG's IEND chunk: all that a file may lack.
const ENDS = {
  "image/jpeg": Uint8Array.of(0xff, 0xd9),
  "image/png": Uint8Array.of(0, 0, 0, 0, 73, 69, 78, 68, 0xae, 0x42, 0x60, 0x82),
};

/** For a file field. Extensions too: some systems do not know the type of a newer format. */
export const accept = Object.entries(config.acceptedTypes).map(([type, extension]) => `${type},.${extension}`).join();
export const maxMegabytes = config.maxUploadBytes / 1_000_000;

/**
 * Inspect files up to the first usable one; return that, or else the last. `problem` is for the user, and empty if the
 * picture is usable; `image` is null if this browser cannot show it, and the caller must revoke its `src`.
 * @returns {Promise<{file: File, type: string, problem: string, image: HTMLImageElement | null}>}
 */
export async function inspectFiles([file, ...others]) {
  const inspected = await inspectFile(file);
  return inspected.problem && others.length ? inspectFiles(others) : inspected;
}

async function inspectFile(file) {
  try {
    const type = await detectType(file);
    let problem = findProblem(file, type);
    const image = problem ? null : await loadImage(file);
    if (image) problem = await findPixelProblem(file, type, image);
    else if (!BROWSER_DEPENDENT.test(type)) problem ||= describeDamage(file);
    return { file, type, problem, image };
  } catch {
    return { file, problem: `${isolateName(file)} cannot be read: it is a folder, or was moved.` };
  }
}

/** Check that a file can still be read; browsers refuse one that was modified after it was chosen. */
export const isReadable = (file) => file.slice(0, 1).arrayBuffer().then(Boolean, () => false);

export function describePicture({ file, type, image }) {
  const dimensions = image ? `, ${image.naturalWidth} × ${image.naturalHeight} pixels` : "";
  return `${isolateName(file)}${dimensions}, ${formatSize(file)}${type === "image/gif" ? ", first frame" : ""}`;
}

/** In Unicode isolates, so that a right-to-left name does not reorder the text around it. */
export const isolateName = ({ name }) => `\u2068${name}\u2069`;

function findProblem(file, type) {
  if (file.size === 0) return `${isolateName(file)} is empty. Choose another picture.`;
  if (!type) {
    const names = FORMATS.map(([, name]) => name).join(", ");
    return `${isolateName(file)} is not a picture that can be used. Choose one of these types: ${names}.`;
  }
  if (file.size <= config.maxUploadBytes) return "";
  return `${isolateName(file)} is too large: ${formatSize(file)}. Choose a picture of at most ${maxMegabytes} MB.`;
}

async function findPixelProblem(file, type, { naturalWidth, naturalHeight }) {
  const megapixels = (naturalWidth * naturalHeight) / 1_000_000;
  const limit = type === "image/jpeg" ? MAX_MEGAPIXELS_JPEG : MAX_MEGAPIXELS;
  if (megapixels > limit) return `${isolateName(file)} has too many pixels. Scale it down to ${limit} megapixels.`;
  return megapixels > RELIABLE_MEGAPIXELS || (await isDecodable(file, type)) ? "" : describeDamage(file);
}

const describeDamage = (file) =>
  `${isolateName(file)} is damaged or incomplete. Export or download it again, or choose another picture.`;

async function detectType(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer()));
  return FORMATS.find(([, , signature]) => signature.test(start))?.[0];
}

/** Return an image of the file once its size is known, or null if this browser cannot show it. */
async function loadImage(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await new Promise((resolve) => (image.onload = image.onerror = resolve));
  if (!image.naturalWidth) URL.revokeObjectURL(image.src);
  return image.naturalWidth ? image : null;
}

/** Check that the file can be decoded. Chromium rejects what it shows in part; Firefox leaves that to the server. */
async function isDecodable(file, type) {
  const decode = (blob, options) => createImageBitmap(blob, options).catch(() => null);
  if (await decode(file, { resizeWidth: 1, resizeHeight: 1 })) return true; // small: large bitmaps may fail on phones
  const completed = await decode(new Blob([file, ENDS[type] ?? ""]));
  return completed !== null && !hasFiller(completed);
}

/** Look for the grey of missing data in the corners; which one is the last pixel depends on the orientation. */
function hasFiller(bitmap) {
  const context = document.createElement("canvas").getContext("2d");
  const isGrey = (x, y) => {
    context.drawImage(bitmap, -x, -y);
    return context.getImageData(0, 0, 1, 1).data.slice(0, 3).every((level) => Math.abs(level - 128) <= 2);
  };
  return [0, bitmap.width - 1].some((x) => isGrey(x, 0) || isGrey(x, bitmap.height - 1));
}

/** Round up, so that a file just over the limit never reads as within it. */
const formatSize = ({ size }) =>
  size < 100_000 ? `${Math.ceil(size / 1000)} kB` : `${(Math.ceil(size / 100_000) / 10).toFixed(1)} MB`;
