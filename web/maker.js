// Makes thumbnails of one picture, which is uploaded once: later requests name that upload as their source.

import { PermanentError, SourceGoneError, UploadRejectedError, requestUpload, sendFile, waitForThumbnail } from "./api.js";
import { isReadable } from "./picture.js";

// Request a new form rather than start an upload with less time left than this (ms).
const EXPIRY_MARGIN = 60_000;
// The first poll, in ms after the upload. A picture that is stored already takes less time.
const FIRST_POLL = 200;
const FIRST_POLL_OF_SOURCE = 100;

/** The file was changed, moved or deleted after it was chosen. */
export class StaleFileError extends PermanentError {}

export class Maker {
  #form = null; // the last one requested: `key` says for what; `isSent` whether the bucket has its upload

  /**
   * @param {{file: File | null, type: string}} picture without a file, only the source can be used
   * @param {string} source an earlier upload of this picture; empty if there is none
   */
  constructor({ file, type }, source = "") {
    this.file = file;
    this.type = type;
    this.source = source;
  }

  /**
   * Make thumbnails. The same request again resumes at the step that failed or was aborted.
   * @param {object} request title and settings
   * @param {string} filename that the downloads are named after
   * @param {AbortSignal} signal
   * @param {(run: Partial<import("./state.js").Run>) => void} onProgress
   * @returns {Promise<import("./api.js").Links>}
   */
  async make(request, filename, signal, onProgress) {
    try {
      await this.#upload({ ...request, filename }, signal, onProgress);
      onProgress({ step: "generating" });
      return await waitForThumbnail(this.#form.filename, this.#form.firstPoll, signal);
    } catch (error) {
      if (!(error instanceof SourceGoneError && this.file)) throw error;
      this.source = "";
      this.#form = null;
      return this.make(request, filename, signal, onProgress);
    }
  }

  async #upload(request, signal, onProgress) {
    const key = JSON.stringify(request);
    if (this.#form?.key === key && this.#form.isSent) return;
    const { source } = this;
    if (this.#form?.key !== key || Date.now() > this.#form.expiresAt - EXPIRY_MARGIN) {
      onProgress({ step: "requesting" });
      const form = await requestUpload({ ...request, ...(source ? { source } : { filetype: this.type }) }, signal);
      this.#form = { ...form, key, expiresAt: Date.now() + 1000 * form.expiresIn, firstPoll: FIRST_POLL };
    }
    if (source) this.#form.firstPoll = FIRST_POLL_OF_SOURCE;
    else if (!(await isReadable(this.file))) {
      throw new StaleFileError("The picture was changed or moved after you chose it. Choose it again.");
    }
    await this.#send(source ? new Blob() : this.file, signal, onProgress);
    if (!source) this.source = this.#form.filename;
    this.#form.isSent = true;
  }

  async #send(body, signal, onProgress) {
    onProgress({ step: "uploading", fraction: 0, isWaiting: false });
    try {
      await sendFile(this.#form, body, onProgress, signal);
    } catch (error) {
      if (error instanceof UploadRejectedError) this.#form = null;
      throw error;
    }
  }
}
