// One upload, from request to result. A job keeps its state, so that a retry resumes where it stopped.

import { PermanentError, UploadRejectedError, requestUpload, sendFile, waitForThumbnail } from "./api.js";
import { isReadable } from "./picture.js";

// Request a new presigned POST rather than start an upload with less time left than this (ms).
const EXPIRY_MARGIN = 60_000;

/** The file was changed, moved or deleted after it was chosen. */
export class StaleFileError extends PermanentError {}

/** @typedef {"requesting" | "uploading" | "generating"} Step */

export class Job {
  #request;
  #upload = null;
  #uploadExpiresAt = 0;
  #isUploaded = false;

  /**
   * @param {import("./picture.js").Picture} picture
   * @param {import("./options.js").Options} options
   */
  constructor(picture, options) {
    this.picture = picture;
    this.#request = { filename: picture.file.name, filetype: picture.type, ...options };
  }

  /** The title, or the file name if the title is empty. */
  get name() {
    return this.#request.text.trim() || this.picture.file.name;
  }

  get isTitled() {
    return Boolean(this.#request.text.trim());
  }

  /**
   * @param {(step: Step) => void} onStep
   * @param {(fraction: number) => void} onProgress called with the fraction of the file sent, 0 to 1
   * @param {AbortSignal} signal
   * @returns {Promise<import("./api.js").Links>}
   */
  async run(onStep, onProgress, signal) {
    if (!this.#isUploaded) {
      onStep("requesting");
      await this.#requestUpload(signal);
      onStep("uploading");
      await this.#sendFile(onProgress, signal);
      this.#isUploaded = true;
    }
    onStep("generating");
    return waitForThumbnail(this.#upload.filename, signal);
  }

  async #requestUpload(signal) {
    if (Date.now() < this.#uploadExpiresAt - EXPIRY_MARGIN) return;
    this.#upload = await requestUpload(this.#request, signal);
    this.#uploadExpiresAt = Date.now() + 1000 * this.#upload.expiresIn;
  }

  async #sendFile(onProgress, signal) {
    if (!(await isReadable(this.picture.file))) {
      throw new StaleFileError("The picture was changed or moved after you chose it. Choose it again.");
    }
    try {
      await sendFile(this.#upload, this.picture.file, onProgress, signal);
    } catch (error) {
      if (error instanceof UploadRejectedError) this.#uploadExpiresAt = 0;
      throw error;
    }
  }
}
