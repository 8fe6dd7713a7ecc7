// A thumbnail on its way. It remembers how far it came, so that running it again goes on from there.

import { Refusal, UploadNotTaken, requestUpload, sendFile, waitForThumbnail } from "./api.js";
import { isReadable } from "./picture.js";

// An upload that ends this soon, in milliseconds, is asked for anew rather than begun.
const LEAST_LEFT = 60_000;

/** The file was saved again, moved or deleted since it was chosen. */
export class LostFile extends Refusal {}

export class Job {
  #wanted;
  #upload = null;
  #uploadEnds = 0;
  #isSent = false;

  /**
   * @param {import("./picture.js").Picture} picture
   * @param {{text: string, fit: string, position: string, caps: boolean}} options
   */
  constructor(picture, options) {
    this.picture = picture;
    this.#wanted = { filename: picture.file.name, filetype: picture.type, ...options };
  }

  /** The title, or the file's name if there is none. */
  get name() {
    return this.#wanted.text.trim() || this.picture.file.name;
  }

  get isTitled() {
    return Boolean(this.#wanted.text.trim());
  }

  /**
   * @param {(step: "asking" | "uploading" | "making") => void} onStep
   * @param {(share: number) => void} onSent called with the share of the file that is sent, 0 to 1
   * @param {AbortSignal} signal
   * @returns {Promise<{downloadUrl: string, viewUrl: string, expiresIn: number}>}
   */
  async run(onStep, onSent, signal) {
    if (!this.#isSent) {
      onStep("asking");
      await this.#ask(signal);
      onStep("uploading");
      await this.#send(onSent, signal);
      this.#isSent = true;
    }
    onStep("making");
    return waitForThumbnail(this.#upload.filename, signal);
  }

  async #ask(signal) {
    if (Date.now() < this.#uploadEnds - LEAST_LEFT) return;
    this.#upload = await requestUpload(this.#wanted, signal);
    this.#uploadEnds = Date.now() + 1000 * this.#upload.expiresIn;
  }

  async #send(onSent, signal) {
    if (!(await isReadable(this.picture.file))) {
      throw new LostFile("The picture was changed or moved after you chose it. Choose it again.");
    }
    try {
      await sendFile(this.#upload, this.picture.file, onSent, signal);
    } catch (error) {
      if (error instanceof UploadNotTaken) this.#uploadEnds = 0;
      throw error;
    }
  }
}
