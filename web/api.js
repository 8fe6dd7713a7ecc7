// The stack's API: request a form, send it, poll for the thumbnails.

import config from "./config.js";

// All times are in milliseconds.
const FIRST_PAUSE = 50;
const PAUSE_GROWTH = 1.25;
const LONGEST_PAUSE = 3000;
const POLL_TIMEOUT = 60_000;
const REQUEST_TIMEOUT = 20_000;

// Requests for a form are retried while the server is busy, after 1, 2, 4, … s.
const FIRST_RETRY_PAUSE = 1000;
const RETRY_TIMEOUT = 30_000;

// How long an upload may make no progress: at first, and later, when what was sent may still be on its way.
const CONNECT_TIMEOUT = 30_000;
const ANSWER_TIMEOUT = 60_000;
const SLOW_RATE = 50; // bytes per ms: 400 kbit/s, "3G" in Chromium's developer tools

const UNREACHABLE = "The server cannot be reached or is busy. Check your connection, and try again.";
const REJECTED = "The upload was not accepted. Try again, or choose another picture.";
const LATE = "The thumbnails are not ready after a minute. Try again to keep waiting.";

/**
 * A failed request; the message is for the user. The kind is "busy" if a retry may succeed, "picture" or "title" if that
 * is unusable, "source-gone" if it has expired, "passphrase" if that is wrong, else "permanent".
 */
export class ApiError extends Error {
  constructor(message, kind) {
    super(message);
    this.kind = kind;
  }
}

/** Request a form for one upload: see docs/api.md. */
export async function requestForm({ passphrase, ...request }, signal) {
  const deadline = Date.now() + RETRY_TIMEOUT;
  const headers = { "Content-Type": "application/json" };
  if (config.hasPassphrase) headers.Authorization = `Basic ${encodeBase64(`:${passphrase}`)}`;
  const options = { method: "POST", credentials: "omit", headers, body: JSON.stringify(request) };
  for (let delay = FIRST_RETRY_PAUSE; ; delay *= 2) {
    const response = await fetchJson(`${config.apiUrl}/generate-presigned-url`, options, signal);
    if (!isBusy(response) || Date.now() + delay > deadline) return unwrap(response);
    await pause(delay);
  }
}

/** Send a form and its file straight to the uploads bucket. Uses XMLHttpRequest: `fetch` reports no upload progress. */
export function sendForm(form, file, onProgress, signal) {
  const data = new FormData();
  for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
  data.append("file", file); // must be last: S3 ignores all fields after the file
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    let stallTimer = setTimeout(cancel, CONNECT_TIMEOUT);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      onProgress({ fraction: loaded / total });
      clearTimeout(stallTimer);
      stallTimer = setTimeout(cancel, ANSWER_TIMEOUT + loaded / SLOW_RATE);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(stallTimer);
      if (signal.aborted) reject(signal.reason);
      else if (request.status === 0) reject(new ApiError(UNREACHABLE, "busy"));
      else if (request.status >= 300) reject(new ApiError(REJECTED, "busy"));
      else resolve();
    });
    signal.addEventListener("abort", cancel);
    request.open("POST", form.url);
    request.send(data);
  });
}

/** Poll until the thumbnails of an upload are ready. */
export async function waitForThumbnails(filename, signal) {
  const url = `${config.apiUrl}/get-final-url?filename=${encodeURIComponent(filename)}`;
  const deadline = Date.now() + POLL_TIMEOUT;
  for (let delay = FIRST_PAUSE; ; delay = Math.min(LONGEST_PAUSE, delay * PAUSE_GROWTH)) {
    await pause(delay);
    const isLast = Date.now() >= deadline; // poll once more: the device may have slept past the deadline
    const response = await fetchJson(url, {}, signal);
    if (response.status !== 404 && (isLast || !isBusy(response))) return unwrap(response);
    if (isLast) throw new ApiError(LATE, "busy");
  }
}

/** The status is 0 without a complete response, and for one without CORS headers, as a gateway's own 429 may be. */
async function fetchJson(url, options, signal) {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT)]);
    const response = await fetch(url, { ...options, signal: limit });
    const body = await response.json().catch(() => null);
    if (body || !response.ok) return { status: response.status, body };
  } catch {
    signal.throwIfAborted();
  }
  return { status: 0 };
}

/** Return the body of a successful response; throw for any other. */
function unwrap({ status, body }) {
  if (status === 0) throw new ApiError(UNREACHABLE, "busy");
  if (status < 300) return body;
  const kind = status === 401 ? "passphrase" : status === 422 ? "picture" : isBusy({ status }) ? "busy" : "permanent";
  throw new ApiError(
    body?.error ?? UNREACHABLE,
    body?.field === "text" ? "title" : (body?.code ?? kind),
  );
}

const encodeBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const isBusy = ({ status }) => status === 0 || status === 429 || status >= 500;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
