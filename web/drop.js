// Files that are dropped or pasted anywhere in the window.

import { isolateName } from "./picture.js";

const LINKS = ["text/uri-list", "text/x-moz-url"];

/** Call `onRefusal` with what to do instead, and `onDrag` with whether a file is over the window. */
export function watchDrops(onFiles, onRefusal, onDrag) {
  let entered = null; // the last element that was entered; leaving that one is leaving the window
  let isInternal = false;
  const listen = document.addEventListener.bind(document);
  const drag = (event) => {
    const { target, dataTransfer: data, type } = event;
    const holdsFile = ["Files", ...LINKS].some((kind) => data.types.includes(kind));
    if (target.matches?.("textarea") && !holdsFile) return; // the field takes the text
    event.preventDefault(); // or browsers open what is dropped, in place of the page
    const isWelcome = holdsFile && !isInternal;
    onDrag(isWelcome && type !== "drop");
    if (type === "dragenter") entered = target;
    if (type !== "drop") data.dropEffect = isWelcome ? "copy" : "none";
    else if (isWelcome) takeFiles(data, onFiles, onRefusal);
  };
  listen("dragstart", () => (isInternal = true));
  listen("dragend", () => (isInternal = false));
  listen("dragleave", ({ target }) => target === entered && onDrag(false));
  for (const type of ["dragenter", "dragover", "drop"]) listen(type, drag);
  listen("paste", (event) => {
    const { files, types } = event.clipboardData;
    const isText = event.target.matches?.("textarea") && types.includes("text/plain");
    if (!files.length || isText) return; // office programs also copy text as an image
    event.preventDefault();
    onFiles([...files]);
  });
}

function takeFiles(data, onFiles, onRefusal) {
  const entries = [...data.items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry?.());
  const files = [...data.files].filter((_, index) => !entries[index]?.isDirectory);
  const isLink = [...LINKS, "text/plain"].some((type) => /^https?:/.test(data.getData(type)));
  if (files.length) onFiles(files);
  else if (data.files.length) {
    onRefusal(`${isolateName(data.files[0])} is a folder. Open it, and drop a picture from it.`);
  } else if (isLink) onRefusal("That is a link. Save the picture to this device, then choose it.");
  else onRefusal("This browser did not hand over a file. Use the button to choose it.");
}
