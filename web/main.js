// The form: check, send, show. Everything that comes from a user or a server is shown as text, never as HTML.

import config from "./config.js";
import { ApiError, requestUpload, sendFile, typeOf, waitForThumbnail } from "./api.js";

const element = (id) => document.getElementById(id);
const form = element("form");
const file = element("file");
const text = element("text");

const types = Object.keys(config.acceptedTypes);
const typeNames = types.map((type) => type.replace("image/", "").toUpperCase()).join(", ");
const maxMegabytes = config.maxUploadBytes / 1_000_000;

const extensions = Object.values(config.acceptedTypes).map((extension) => `.${extension}`);
file.accept = [...types, ...extensions].join(","); // extensions too: not every system knows every type
element("file-hint").textContent = `${typeNames}; at most ${maxMegabytes} MB.`;

element("text-hint").textContent =
  `At most ${config.maxTextLength} characters. Leave it empty for a thumbnail without a title.`;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clear();
  const invalid = [check(file, fileProblem()), check(text, textProblem())].find(Boolean);
  if (invalid) {
    invalid.focus();
    return;
  }
  element("submit").disabled = true;
  try {
    await generate(file.files[0]);
  } catch (error) {
    if (!(error instanceof ApiError)) console.error(error);
    element("failure").textContent =
      error instanceof ApiError ? error.message : "Something went wrong on this page. Please reload it and try again.";
  } finally {
    element("submit").disabled = false;
    say("");
  }
});

/** @param {File} picture */
async function generate(picture) {
  say("Asking for an upload…");
  const upload = await requestUpload(picture, chosen());
  say("Uploading the picture…");
  await sendFile(upload, picture);
  say("Making the thumbnail…");
  show(await waitForThumbnail(upload.filename));
}

function chosen() {
  return {
    text: text.value,
    fit: element("fit").value,
    position: element("position").value,
    caps: element("caps").checked,
  };
}

function show({ downloadUrl, viewUrl, expiresIn }) {
  element("thumbnail").src = viewUrl;
  element("thumbnail").alt = text.value ? `Thumbnail with the title “${text.value}”` : "Thumbnail without a title";
  element("download").href = downloadUrl;
  element("view").href = viewUrl;
  element("expiry").textContent = `The links work for ${Math.round(expiresIn / 60)} minutes.`;
  element("result").hidden = false;
  element("result-heading").focus();
}

function fileProblem() {
  const picture = file.files[0];
  if (!picture) return "Choose a picture.";
  if (!(typeOf(picture) in config.acceptedTypes)) return `Choose a picture of one of these types: ${typeNames}.`;
  if (picture.size === 0) return "The file is empty. Choose another one.";
  if (picture.size > config.maxUploadBytes) return `Choose a picture of at most ${maxMegabytes} MB.`;
  return "";
}

function textProblem() {
  const length = [...text.value].length;
  return length > config.maxTextLength
    ? `Shorten the title to ${config.maxTextLength} characters; it has ${length}.`
    : "";
}

/** Show a field's problem beside it; return the field if there is one. */
function check(field, problem) {
  const message = element(`${field.id}-error`);
  message.textContent = problem;
  message.hidden = !problem;
  field.setAttribute("aria-invalid", String(Boolean(problem)));
  return problem ? field : null;
}

function clear() {
  element("failure").textContent = "";
  element("result").hidden = true;
}

function say(words) {
  element("status").textContent = words;
}
