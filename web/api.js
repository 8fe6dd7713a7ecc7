// The stack's API: request an upload, send the file, poll for the thumbnail.

import config from "./config.js";

// All times are in milliseconds.
// Polling uses exponential backoff: 200 ms, x1.25, capped at 3 s.
const FIRST_PAUSE = 200;
const PAUSE_GROWTH = 1.25;
const LONGEST_PAUSE = 3000;
const POLL_TIMEOUT = 60_000;
const REQUEST_TIMEOUT = 20_000;
const UPLOAD_STALL_TIMEOUT = 30_000; // without progress

// Upload requests are retried after 1, 2 and 4 s while the server is busy.
const MAX_ATTEMPTS = 4;
const FIRST_RETRY_PAUSE = 1000;

/** A failed request; the message is for the user. A retry may succeed. */
export class ApiError extends Error {}

/** A retry would fail in the same way. */
export class PermanentError extends ApiError {}

/** The server cannot use this picture. */
export class UnusablePictureError extends PermanentError {}

/** The bucket rejected the file; a retry needs a new presigned POST. */
export class UploadRejectedError extends ApiError {
  constructor() {
    super("The upload was not accepted. Please try again, or choose another picture.");
  }
}

class ConnectionError extends ApiError {
  constructor() {
    super("The server cannot be reached. Please check your connection, then try again.");
  }
}

/** @typedef {{filename: string, filetype: string} & import("./options.js").Options} UploadRequest */

// `expiresIn` is in seconds.
/** @typedef {{url: string, fields: Record<string, string>, filename: string, expiresIn: number}} Upload */
/** @typedef {import("./result.js").Variant} Variant */
/** @typedef {{downloadUrl: string, viewUrl: string, expiresIn: number, variants?: Variant[]}} Links */

/**
 * Request a presigned POST.
 * @param {UploadRequest} request
 * @param {AbortSignal} signal
 * @returns {Promise<Upload>}
 */
export async function requestUpload(request, signal) {
  for (let attempt = 1, delay = FIRST_RETRY_PAUSE; ; attempt++, delay *= 2) {
    const response = await fetchJson(
      `${config.apiUrl}/generate-presigned-url`,
      { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) },
      signal,
    );
    if (!isBusy(response) || attempt === MAX_ATTEMPTS) return unwrap(response);
    await pause(delay, signal);
  }
}

/**
 * Send the file straight to the uploads bucket. Uses XMLHttpRequest, since `fetch` reports no upload progress.
 * @param {Upload} upload
 * @param {File} file
 * @param {(fraction: number) => void} onProgress called with the fraction sent, 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function sendFile(upload, file, onProgress, signal) {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", file); // must be last: S3 ignores all fields after the file
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stallTimer;
    const restartStallTimer = () => {
      clearTimeout(stallTimer);
      stallTimer = setTimeout(() => request.abort(), UPLOAD_STALL_TIMEOUT);
    };
    const cancel = () => request.abort();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      onProgress(loaded / total);
      restartStallTimer();
    });
    request.addEventListener("loadend", () => {
      clearTimeout(stallTimer);
      signal.removeEventListener("abort", cancel);
      if (signal.aborted) reject(signal.reason);
      else if (request.status === 0) reject(new ConnectionError());
      else if (request.status >= 300) reject(new UploadRejectedError());
      else resolve();
    });
    signal.addEventListener("abort", cancel);
    request.open("POST", upload.url);
    request.send(form);
    restartStallTimer();
  });
}

/**
 * Poll until the thumbnail is ready.
 * @param {string} filename as returned by `requestUpload`
 * @param {AbortSignal} signal
 * @returns {Promise<Links>}
 */
export async function waitForThumbnail(filename, signal) {
  const url = `${config.apiUrl}/get-final-url?filename=${encodeURIComponent(filename)}`;
  const deadline = Date.now() + POLL_TIMEOUT;
  for (let delay = FIRST_PAUSE; ; delay = Math.min(LONGEST_PAUSE, delay * PAUSE_GROWTH)) {
    await pause(delay, signal);
    const isLast = Date.now() >= deadline; // poll once more even so: the device may have slept past the deadline
    const response = await fetchJson(url, {}, signal);
    if (response.status !== 404 && (isLast || !isBusy(response))) return unwrap(response);
    if (isLast) break;
  }
  throw new ApiError("The thumbnail is not ready after a minute. It may still arrive: try again to keep waiting.");
}

/** Return the status of the response and its body, or null if that is not JSON. */
async function fetchJson(url, options, signal) {
  const request = new AbortController();
  const abort = () => request.abort();
  const timeout = setTimeout(abort, REQUEST_TIMEOUT);
  signal.addEventListener("abort", abort);
  try {
    const response = await fetch(url, { ...options, signal: request.signal });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch {
    signal.throwIfAborted();
    throw new ConnectionError();
  } finally {
    clearTimeout(timeout);
    signal.removeEventListener("abort", abort);
  }
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Return the body of a successful response; throw for any other. */
function unwrap({ status, body }) {
  if (status < 300) {
    if (body) return body;
    throw new ConnectionError(); // the body was cut off
  }
  if (isBusy({ status })) throw new ApiError(body?.error ?? "The server is busy. Please try again in a moment.");
  const ErrorType = status === 422 ? UnusablePictureError : PermanentError;
  throw new ErrorType(body?.error ?? "Something went wrong. Please try again in a moment.");
}

function isBusy({ status }) {
  return status === 429 || status >= 500;
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", cancel);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", cancel);
  });
}
