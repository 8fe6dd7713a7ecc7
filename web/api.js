// The way to the stack: ask for an upload, send the file, wait for the thumbnail.

import config from "./config.js";

const FIRST_PAUSE = 400; // ms
const LONGEST_PAUSE = 3000; // ms
const PATIENCE = 60_000; // ms

/** What went wrong, in words for the user. */
export class ApiError extends Error {}

/**
 * Ask for a presigned POST.
 * @param {File} file
 * @param {{text: string, fit: string, position: string, caps: boolean}} options
 * @returns {Promise<{url: string, fields: Record<string, string>, filename: string}>}
 */
export async function requestUpload(file, options) {
  const response = await reach(`${config.apiUrl}/generate-presigned-url`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ filename: file.name, filetype: typeOf(file), ...options }),
  });
  return answer(response);
}

/**
 * Send the file straight to the uploads bucket.
 * @param {{url: string, fields: Record<string, string>}} upload
 * @param {File} file
 */
export async function sendFile(upload, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", file); // S3 ignores every field that comes after the file
  const response = await reach(upload.url, { method: "POST", body: form });
  if (!response.ok) {
    throw new ApiError("The upload was refused. Please try again, or choose another picture.");
  }
}

/**
 * Poll until the thumbnail is there.
 * @param {string} filename as `requestUpload` returned it
 * @returns {Promise<{downloadUrl: string, viewUrl: string, expiresIn: number}>}
 */
export async function waitForThumbnail(filename) {
  const url = `${config.apiUrl}/get-final-url?filename=${encodeURIComponent(filename)}`;
  const deadline = Date.now() + PATIENCE;
  for (let pause = FIRST_PAUSE; Date.now() < deadline; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    const response = await reach(url);
    if (response.status !== 404) return answer(response);
    await new Promise((resume) => setTimeout(resume, pause));
  }
  throw new ApiError("The thumbnail is not ready after a minute. Please try again.");
}

/**
 * The file's content type; browsers that do not know a format leave it empty, so its extension is asked.
 * @param {File} file
 * @returns {string}
 */
export function typeOf(file) {
  if (file.type) return file.type;
  const extension = file.name.split(".").pop().toLowerCase();
  return Object.keys(config.acceptedTypes).find((type) => config.acceptedTypes[type] === extension) ?? "";
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new ApiError("The server cannot be reached. Please check your connection and try again.");
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  if (response.status === 429) throw new ApiError("The server is busy. Please try again in a moment.");
  throw new ApiError(body.error ?? "Something went wrong. Please try again in a moment.");
}
