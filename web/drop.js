// Files that are dropped or pasted anywhere in the window.

import { isolateName } from "./picture.js";

const LINKS = ["text/uri-list", "text/x-moz-url"];

/**
 * @param {object} handlers
 * @param {(files: File[]) => void} handlers.onFiles
 * @param {(problem: string) => void} handlers.onRefusal called for what holds no file; says what to do
 * @param {(isOver: boolean) => void} handlers.onDrag called when something that may be dropped enters or leaves
 */
export function watchDrops({ onFiles, onRefusal, onDrag }) {
  let entered = null; // the last element that was entered; leaving that one is leaving the window
  let isInternal = false;
  const end = () => {
    entered = null;
    onDrag(false);
  };
  document.addEventListener("dragstart", () => (isInternal = true));
  document.addEventListener("dragend", () => (isInternal = false));
  document.addEventListener("dragleave", ({ target }) => target === entered && end());

  // Without preventDefault, browsers open what is dropped in place of the page.
  for (const type of ["dragenter", "dragover"]) {
    document.addEventListener(type, (event) => {
      if (isForField(event)) return;
      event.preventDefault();
      const canDrop = !isInternal && ["Files", ...LINKS].some((kind) => event.dataTransfer.types.includes(kind));
      event.dataTransfer.dropEffect = canDrop ? "copy" : "none";
      if (type === "dragenter") entered = event.target;
      onDrag(canDrop);
    });
  }
  document.addEventListener("drop", (event) => {
    end();
    if (isForField(event)) return;
    event.preventDefault();
    if (isInternal) return;
    const files = listFiles(event.dataTransfer);
    if (files.length) onFiles(files);
    else onRefusal(explainMissingFile(event.dataTransfer));
  });
  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    const isText = event.target.matches?.("textarea") && types.includes("text/plain");
    if (!files.length || isText) return; // office programs also copy text as an image
    event.preventDefault();
    onFiles([...files]);
  });
}

/** Tell whether text is dragged over a field, which then takes it. */
function isForField({ target, dataTransfer: { types } }) {
  return target.matches?.("textarea") && !["Files", ...LINKS].some((kind) => types.includes(kind));
}

function listFiles({ files, items }) {
  const entries = [...items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry?.());
  return [...files].filter((_, index) => !entries[index]?.isDirectory);
}

function explainMissingFile(data) {
  if (data.files.length) return `${isolateName(data.files[0])} is a folder. Open it, and drop a picture from it.`;
  const link = [...LINKS, "text/plain"].map((type) => data.getData(type)).find(Boolean) ?? "";
  if (/^https?:/.test(link)) return "That is a link. Save the picture to this device, then choose it.";
  const isFile = ["Files", ...LINKS].some((type) => data.types.includes(type));
  return isFile ? "This browser did not hand over the file. Use the button to choose it." : "";
}
