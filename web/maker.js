// Makes thumbnails of one picture, which is sent once: later requests name the upload that holds it as their source.

import { ApiError, requestForm, sendForm, waitForThumbnails } from "./api.js";

export class Maker {
  #sent = {}; // the last request that the bucket has, as JSON, and the name of its upload

  /** Without a file, only the source can be used, an earlier upload of the same picture. */
  constructor({ file, type }, source = "") {
    Object.assign(this, { file, type, source });
  }

  /** Make thumbnails, and return their links. The same request again only waits for those of the first. */
  async make(request, onProgress, signal) {
    const json = JSON.stringify(request);
    try {
      if (this.#sent.json !== json) this.#sent = { json, name: await this.#send(request, onProgress, signal) };
      onProgress({ step: "generating" });
      return await waitForThumbnails(this.#sent.name, signal);
    } catch (error) {
      if (error.kind !== "source-gone" || !this.file) throw error;
      this.#sent = {};
      this.source = "";
      return this.make(request, onProgress, signal);
    }
  }

  async #send(request, onProgress, signal) {
    const { file, type, source } = this;
    onProgress({ step: "requesting" });
    const form = await requestForm({ ...request, ...(source ? { source } : { filetype: type }) }, signal);
    const data = source ? new Blob() : file;
    // Browsers refuse to read a file that was modified after it was chosen.
    await data.slice(0, 1).arrayBuffer().catch(() => {
      throw new ApiError("The picture was changed or moved after you chose it. Choose it again.", "picture");
    });
    onProgress({ step: "uploading", fraction: 0 });
    await sendForm(form, data, onProgress, signal);
    this.source ||= form.filename;
    return form.filename;
  }
}
