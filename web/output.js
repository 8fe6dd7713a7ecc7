// What can be done with finished thumbnails: save all, copy, share.

const PAUSE = 300; // ms between downloads: browsers drop some of several at once

/** Browsers can on HTTPS only. */
export const canCopy = Boolean(navigator.clipboard);
export const canShare = Boolean(navigator.canShare?.({ files: [new File([""], "a.jpg", { type: "image/jpeg" })] }));

export async function saveAll(variants) {
  for (const file of await Promise.all(variants.map(fetchFile))) {
    const link = document.createElement("a");
    Object.assign(link, { href: URL.createObjectURL(file), download: file.name }).click();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}

export const share = async (variant) => navigator.share({ files: [await fetchFile(variant)] });

/** Copy as PNG, which all browsers take; as a promise, since Safari lets a page copy only while it handles the click. */
export const copyPicture = (variant) =>
  navigator.clipboard.write([new ClipboardItem({ "image/png": fetchPng(variant) })]);

export const copyText = (text) => navigator.clipboard.writeText(text);

async function fetchFile({ downloadUrl }) {
  const response = await fetch(downloadUrl);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const disposition = new URL(downloadUrl).searchParams.get("response-content-disposition");
  return new File([await response.blob()], decodeURIComponent(disposition.split("''")[1]), { type: "image/jpeg" });
}

async function fetchPng(variant) {
  const bitmap = await createImageBitmap(await fetchFile(variant));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.convertToBlob();
}
