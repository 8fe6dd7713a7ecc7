// What can be done with finished thumbnails: save all, copy, share.

const PAUSE = 300; // ms between downloads: browsers drop some of several at once
const KEEP = 60_000; // ms for which a file that is being saved stays in memory

/** @typedef {import("./state.js").Variant} Variant */

/** Whether this browser can copy pictures; none can on plain HTTP. */
export const canCopyPictures = Boolean(globalThis.ClipboardItem && navigator.clipboard?.write);

/** Whether this device can share pictures. */
export const canShare = Boolean(navigator.canShare?.({ files: [new File([""], "a.jpg", { type: "image/jpeg" })] }));

/** Save all at once, each under the name that its link has. @param {Variant[]} variants */
export async function saveAll(variants) {
  for (const file of await Promise.all(variants.map(fetchFile))) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEEP);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** @param {Variant} variant */
export async function share(variant) {
  await navigator.share({ files: [await fetchFile(variant)] });
}

/** @param {Variant} variant */
export async function copyPicture(variant) {
  // A promise: Safari lets a page copy only while it handles the click. PNG is the only type that all browsers take.
  await navigator.clipboard.write([new ClipboardItem({ "image/png": fetchPng(variant) })]);
}

/**
 * Copy text to the clipboard. Browsers offer no `navigator.clipboard` on plain HTTP, such as an S3 website.
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.className = "visually-hidden";
    field.readOnly = true;
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    focused.focus();
    return isCopied;
  }
}

async function fetchFile({ downloadUrl }) {
  const response = await fetch(downloadUrl);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const disposition = new URL(downloadUrl).searchParams.get("response-content-disposition") ?? "";
  const [, name = "thumbnail.jpg"] = disposition.match(/filename\*=UTF-8''(.+)/) ?? [];
  return new File([await response.blob()], decodeURIComponent(name), { type: "image/jpeg" });
}

async function fetchPng(variant) {
  const bitmap = await createImageBitmap(await fetchFile(variant));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
