// Inspect files before one is sent: is it a usable picture, and can this browser show it?

import config from "./config.js";

const SIGNATURES = {
  jpeg: /^\xff\xd8\xff/,
  png: /^\x89PNG\r\n\x1a\n/,
  webp: /^RIFF[^]{4}WEBP/,
  gif: /^GIF8[79]a/,
  bmp: /^BM/,
  tiff: /^(II[*+]\0|MM\0[*+])/,
  avif: /^[^]{4}ftypavi[fs]/,
  heic: /^[^]{4}ftyp(hei[cmsx]|hev[cmsx])/,
  heif: /^[^]{4}ftypm[is]f1/,
};
const SIGNATURE_BYTES = 12;
const formats = Object.keys(config.acceptedTypes).map((type) => type.replace("image/", ""));

/** For a file field. Extensions too: some systems do not know the type of a newer format. */
export const accept = Object.entries(config.acceptedTypes).map(([type, extension]) => `${type},.${extension}`).join();
export const maxMegabytes = config.maxUploadBytes / 1_000_000;

/**
 * Inspect files up to the first usable one; return that, or else the last. `problem` is for the user, and empty if there
 * is none: damage is left to the server. `image` is null if this browser cannot show it; the caller must revoke its `src`.
 */
export async function inspectFiles([file, ...others]) {
  const inspected = await inspectFile(file).catch(() => ({ problem: "cannot be read: it is a folder, or was moved." }));
  const { problem } = inspected;
  if (problem && others.length) return inspectFiles(others);
  return { ...inspected, file, problem: problem && `${isolateName(file)} ${problem}` };
}

async function inspectFile(file) {
  const type = await detectType(file);
  const problem = findProblem(file, type);
  return { type, problem, image: problem ? null : await loadImage(file) };
}

export function describePicture({ file, type, image }) {
  const dimensions = image ? `, ${image.naturalWidth} × ${image.naturalHeight} pixels` : "";
  return `${isolateName(file)}${dimensions}, ${formatSize(file.size)}${type === "image/gif" ? ", first frame" : ""}`;
}

/** In Unicode isolates, so that a right-to-left name does not reorder the text around it. */
export const isolateName = ({ name }) => `\u2068${name}\u2069`;

function findProblem(file, type) {
  if (file.size === 0) return "is empty. Choose another picture.";
  if (!type) return `is not a picture of these types: ${formats.join(", ").toUpperCase()}.`;
  if (file.size <= config.maxUploadBytes) return "";
  return `is too large: ${formatSize(file.size)}. Choose a picture of at most ${maxMegabytes} MB.`;
}

async function detectType(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer()));
  const format = formats.find((name) => SIGNATURES[name]?.test(start));
  return format && `image/${format}`;
}

/** Return an image of the file once its size is known, or null if this browser cannot show it. */
async function loadImage(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await new Promise((resolve) => (image.onload = image.onerror = resolve));
  if (!image.naturalWidth) URL.revokeObjectURL(image.src);
  return image.naturalWidth ? image : null;
}

/** Round up what has to be within a limit, so that it never reads as within it, and down what is. */
export const formatSize = (bytes, round = Math.ceil) =>
  bytes < 1_000_000 ? `${round(bytes / 1000)} kB` : `${(round(bytes / 100_000) / 10).toFixed(1)} MB`;
