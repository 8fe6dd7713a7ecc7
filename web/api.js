// The stack's API: request a form, send it, poll for the thumbnails.

import config from "./config.js";

// All times are in milliseconds.
const PAUSE_GROWTH = 1.25;
const LONGEST_PAUSE = 3000;
const POLL_TIMEOUT = 60_000;
const REQUEST_TIMEOUT = 20_000;

// Requests for a form are retried while the server is busy, after 1, 2, 4, … s.
const FIRST_RETRY_PAUSE = 1000;
const RETRY_TIMEOUT = 30_000;

// Without progress, an upload fails after CONNECT_TIMEOUT if nothing was sent. What was sent may still be in buffers of
// the system or a proxy: it gets ANSWER_TIMEOUT, and as long as it takes on a slow line.
const CONNECT_TIMEOUT = 30_000;
const ANSWER_TIMEOUT = 60_000;
const SLOW_RATE = 50; // bytes per ms: 400 kbit/s, "3G" in Chromium's developer tools
const NOTICEABLE = 3000; // that the server may take to confirm an upload before the page says so

/** A failed request; the message is for the user. A retry may succeed. */
export class ApiError extends Error {}

/** A retry would fail in the same way. */
export class PermanentError extends ApiError {}

/** The server cannot use this picture. */
export class UnusablePictureError extends PermanentError {}

/** The server cannot use this title. */
export class UnusableTitleError extends PermanentError {}

/** The earlier upload that was named as the source has expired. */
export class SourceGoneError extends PermanentError {}

/** The bucket rejected the file; a retry needs a new form. */
export class UploadRejectedError extends ApiError {
  constructor() {
    super("The upload was not accepted. Try again, or choose another picture.");
  }
}

const UNREACHABLE = "The server cannot be reached or is busy. Check your connection, and try again in a moment.";

// `expiresIn` is in seconds.
/** @typedef {{url: string, fields: Record<string, string>, filename: string, expiresIn: number}} Form */
/** @typedef {{viewUrl: string, downloadUrl: string, variants?: import("./state.js").Variant[], expiresIn: number}} Links */

/**
 * Request a presigned POST.
 * @param {object} request
 * @param {AbortSignal} signal
 * @returns {Promise<Form>}
 */
export async function requestUpload(request, signal) {
  const deadline = Date.now() + RETRY_TIMEOUT;
  for (let delay = FIRST_RETRY_PAUSE; ; delay *= 2) {
    const response = await fetchJson(
      `${config.apiUrl}/generate-presigned-url`,
      { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) },
      signal,
    );
    if (!isBusy(response) || Date.now() + delay > deadline) return unwrap(response);
    await pause(delay, signal);
  }
}

/**
 * Send a file straight to the uploads bucket. Uses XMLHttpRequest, since `fetch` reports no upload progress.
 * @param {Form} form
 * @param {Blob} file empty if the form names a source
 * @param {(progress: {fraction: number} | {isWaiting: true}) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function sendFile(form, file, onProgress, signal) {
  const data = new FormData();
  for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
  data.append("file", file); // must be last: S3 ignores all fields after the file
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    let stallTimer = setTimeout(cancel, CONNECT_TIMEOUT);
    let waitingTimer;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      onProgress({ fraction: loaded / total });
      clearTimeout(stallTimer);
      clearTimeout(waitingTimer);
      stallTimer = setTimeout(cancel, ANSWER_TIMEOUT + loaded / SLOW_RATE);
      if (loaded === total) waitingTimer = setTimeout(() => onProgress({ isWaiting: true }), NOTICEABLE);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(stallTimer);
      clearTimeout(waitingTimer);
      if (signal.aborted) reject(signal.reason);
      else if (request.status === 0) reject(new ApiError(UNREACHABLE));
      else if (request.status >= 300) reject(new UploadRejectedError());
      else resolve();
    });
    signal.addEventListener("abort", cancel);
    request.open("POST", form.url);
    request.send(data);
  });
}

/**
 * Poll until the thumbnails are ready.
 * @param {string} filename as returned by `requestUpload`
 * @param {number} firstPause
 * @param {AbortSignal} signal
 * @returns {Promise<Links>}
 */
export async function waitForThumbnail(filename, firstPause, signal) {
  const url = `${config.apiUrl}/get-final-url?filename=${encodeURIComponent(filename)}`;
  const deadline = Date.now() + POLL_TIMEOUT;
  for (let delay = firstPause; ; delay = Math.min(LONGEST_PAUSE, delay * PAUSE_GROWTH)) {
    await pause(delay, signal);
    const isLast = Date.now() >= deadline; // poll once more even so: the device may have slept past the deadline
    const response = await fetchJson(url, {}, signal);
    if (response.status !== 404 && (isLast || !isBusy(response))) return unwrap(response);
    if (isLast) break;
  }
  throw new ApiError("The thumbnails are not ready after a minute. They may still come: try again to keep waiting.");
}

/**
 * Return the status and the body, or null if that is not JSON. The status is 0 without a complete response and for one
 * without CORS headers, as a gateway's own 429 or 503 may be: here these are the same.
 */
async function fetchJson(url, options, signal) {
  let result = { status: 0 };
  const request = new AbortController();
  const abort = () => request.abort();
  const timeout = setTimeout(abort, REQUEST_TIMEOUT);
  signal.addEventListener("abort", abort);
  try {
    const response = await fetch(url, { ...options, signal: request.signal });
    const body = await response.json().catch(() => null);
    if (body || !response.ok) result = { status: response.status, body };
  } catch {
    // no response
  }
  clearTimeout(timeout);
  signal.throwIfAborted();
  return result;
}

/** Return the body of a successful response; throw for any other. */
function unwrap({ status, body }) {
  if (status === 0) throw new ApiError(UNREACHABLE);
  if (status < 300) return body;
  if (isBusy({ status })) throw new ApiError(body?.error ?? "The server is busy. Try again in a moment.");
  const ErrorType = getErrorType(status, body);
  throw new ErrorType(body?.error ?? "Something went wrong. Try again in a moment.");
}

function getErrorType(status, body) {
  if (body?.code === "source-gone") return SourceGoneError;
  if (body?.field === "text") return UnusableTitleError;
  return status === 422 ? UnusablePictureError : PermanentError;
}

function isBusy({ status }) {
  return status === 0 || status === 429 || status >= 500;
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
