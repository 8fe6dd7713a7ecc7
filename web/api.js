// The way to the stack: ask for an upload, send the file, wait for the thumbnail.

import config from "./config.js";

// All in milliseconds.
// Hardly a thumbnail is there sooner than the first pause; growth by a quarter makes it late by a quarter at most.
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 3000;
const PAUSE_GROWTH = 1.25;
const PATIENCE = 60_000;
const REQUEST_PATIENCE = 20_000;
const UPLOAD_PATIENCE = 30_000; // without a byte sent

const ASKED_WHEN_BUSY = 4;
const BUSY_PAUSE = 500;

/** What went wrong, in words for the user; trying again may help. */
export class ApiError extends Error {}

/** The same request would be answered the same way. */
export class Refusal extends ApiError {}

/** The picture cannot be used. */
export class UnusablePicture extends Refusal {}

/** The bucket did not take the file, so that the upload has to be asked for anew. */
export class UploadNotTaken extends ApiError {}

/**
 * Ask for a presigned POST.
 * @param {{filename: string, filetype: string, text: string, fit: string, position: string, caps: boolean}} wanted
 * @param {AbortSignal} signal
 * @returns {Promise<{url: string, fields: Record<string, string>, filename: string, expiresIn: number}>}
 */
export async function requestUpload(wanted, signal) {
  for (let asked = 1; ; asked++) {
    const response = await reach(
      `${config.apiUrl}/generate-presigned-url`,
      { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wanted) },
      signal,
    );
    if (!isBusy(response) || asked === ASKED_WHEN_BUSY) return answer(response);
    await pause(BUSY_PAUSE * 2 ** asked, signal);
  }
}

/**
 * Send the file straight to the uploads bucket. `fetch` cannot tell how far an upload is, so this is an XMLHttpRequest.
 * @param {{url: string, fields: Record<string, string>}} upload
 * @param {File} file
 * @param {(share: number) => void} onSent called with the share that is sent, 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function sendFile(upload, file, onSent, signal) {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", file); // S3 ignores every field that comes after the file
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), UPLOAD_PATIENCE);
    };
    const cancel = () => request.abort();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      onSent(loaded / total);
      watch();
    });
    request.addEventListener("loadend", () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", cancel);
      if (signal.aborted) reject(signal.reason);
      else if (request.status === 0) reject(unreachable());
      else if (request.status >= 300) reject(notTaken());
      else resolve();
    });
    signal.addEventListener("abort", cancel);
    request.open("POST", upload.url);
    request.send(form);
    watch();
  });
}

/**
 * Poll until the thumbnail is there: often at first, then less and less.
 * @param {string} filename as `requestUpload` returned it
 * @param {AbortSignal} signal
 * @returns {Promise<{downloadUrl: string, viewUrl: string, expiresIn: number}>}
 */
export async function waitForThumbnail(filename, signal) {
  const url = `${config.apiUrl}/get-final-url?filename=${encodeURIComponent(filename)}`;
  const deadline = Date.now() + PATIENCE;
  for (let wait = FIRST_PAUSE; ; wait = Math.min(LONGEST_PAUSE, wait * PAUSE_GROWTH)) {
    await pause(wait, signal);
    const late = Date.now() >= deadline; // and yet asked once more: the device may have slept
    const response = await reach(url, {}, signal);
    if (response.status !== 404 && (late || !isBusy(response))) return answer(response);
    if (late) break;
  }
  throw new ApiError("The thumbnail is not ready after a minute. It may still come: try again to keep waiting.");
}

/** The status of a response, and its body if that is a JSON object, else null. */
async function reach(url, options, signal) {
  const request = new AbortController();
  const giveUp = () => request.abort();
  const timeout = setTimeout(giveUp, REQUEST_PATIENCE);
  signal.addEventListener("abort", giveUp);
  try {
    const response = await fetch(url, { ...options, signal: request.signal });
    return { status: response.status, body: parsed(await response.text()) };
  } catch {
    signal.throwIfAborted();
    throw unreachable();
  } finally {
    clearTimeout(timeout);
    signal.removeEventListener("abort", giveUp);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function answer({ status, body }) {
  if (status < 300) {
    if (body) return body;
    throw unreachable();
  }
  if (isBusy({ status })) throw new ApiError(body?.error ?? "The server is busy. Please try again in a moment.");
  const Kind = status === 422 ? UnusablePicture : Refusal;
  throw new Kind(body?.error ?? "Something went wrong. Please try again in a moment.");
}

function isBusy({ status }) {
  return status === 429 || status >= 500;
}

function unreachable() {
  return new ApiError("The server cannot be reached. Please check your connection, then try again.");
}

function notTaken() {
  return new UploadNotTaken("The upload was not accepted. Please try again, or choose another picture.");
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(resume);
      reject(signal.reason);
    };
    const resume = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop);
  });
}
