// Bring the page into line with the state. Strings from users and servers are inserted as text, never as HTML.

import config from "./config.js";
import { canCopy, canShare } from "./output.js";
import { formatSize } from "./picture.js";
import { CHOICES, formatName } from "./settings.js";
import * as from from "./state.js";
import { countCharacters, flatten } from "./title.js";

const STEPS = {
  requesting: "Getting ready…",
  uploading: "Uploading…",
  generating: "Making it…",
};

export const get = (id) => document.getElementById(id);
const create = (tag, properties, ...content) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
};
const createRadio = (name, value, ...content) =>
  create("label", {}, create("input", { type: "radio", name, value }), ...content);

const fields = get("form").elements;
const radios = {
  accent: CHOICES.accent,
  position: CHOICES.position,
  fit: CHOICES.fit,
  size: CHOICES.size,
  limit: CHOICES.limit,
  view: { picture: "Picture", thumbnail: "Thumbnail" },
  surface: { home: "Home", sidebar: "Sidebar" },
  theme: { light: "Light", dark: "Dark" },
};
for (const [name, choices] of Object.entries(radios)) {
  for (const [value, label] of Object.entries(choices)) {
    get(`${name}s`).append(createRadio(name, value, create("span", { title: label }, label)));
  }
}
for (const { style, previousSibling } of get("accents").querySelectorAll("span")) style.background = previousSibling.value;
get("accents").append(get("own").parentNode);
fields.surface.value = "home";
fields.theme.value = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
for (const [value, label] of Object.entries(CHOICES.look)) fields.look.append(new Option(label, value));
for (const id of ["copy", "link", "recipe"]) show(id, canCopy);
show("share", canShare);
show("sizes", config.sizes.length > 1);

/** `now` is in milliseconds since 1970. */
export function render(state, now) {
  renderStage(state, now);
  renderVariants(state);
  if (state.result) renderResult(state);
  renderTitle(state);
  renderProgress(state, now);
  show("door", config.hasPassphrase && !state.passphrase);
  show("forget", state.passphrase);
  renderSettings(state.settings);
  renderSizes(state);
  renderHistory(state);
}

function renderStage(state, now) {
  const { picture, result, run, failure, refusal } = state;
  const isResultShown = Boolean(result) && state.view === "thumbnail";
  const isOutdated = isResultShown && !from.isUpToDate(state, now);
  show("empty", !picture);
  show("bar", picture);
  show("picture", picture?.url && !isResultShown);
  show("no-preview", picture && !picture.url && !isResultShown);
  show("thumbnail", isResultShown);
  show("result", result || run);
  show("actions", result?.expiresAt > now);
  show("youtube", result);
  show("views", result && picture.url);
  setSource(get("picture"), picture?.url);
  get("frame").classList.toggle("outdated", isOutdated);
  fields.view.value = state.view;
  const outdated = failure ? "Your last thumbnail, without the change" : "Updating…";
  setText("note", isOutdated ? outdated : "");
  setText("details", picture?.details);
  setText("refusal", refusal);
  get("file").setAttribute("aria-invalid", Boolean(refusal && !picture));
}

function renderResult(state) {
  const { title, result } = state;
  const { look, viewUrl, downloadUrl, bytes } = from.getVariant(state);
  get("thumbnail").alt = `Thumbnail “${from.nameResult(result)}”, look: ${formatName(look)}`;
  for (const id of ["thumbnail", "preview-image"]) setSource(get(id), viewUrl);
  get("download").href = downloadUrl;
  setText("download", bytes ? `Download (${formatSize(bytes, Math.floor)})` : "Download");
  show("all", result.variants.length > 1);
  setText("preview-title", flatten(title) || "Your video");
}

/** Tiles that are empty until the first thumbnails are there hold their place. */
function renderVariants({ result, settings, variant: chosen }) {
  const variants = result?.variants ?? Array(settings.look === "auto" ? 3 : 1).fill({});
  const fieldset = get("variants");
  show("variants", variants.length > 1);
  if (fieldset.inert !== !result || fieldset.children.length !== variants.length) {
    const createTile = (_, index) => createRadio("variant", index, create("img", { alt: "" }), create("b"), create("span"));
    fieldset.replaceChildren(...variants.map(createTile));
  }
  fieldset.inert = !result;
  variants.forEach((variant, index) => {
    const [input, image, name, legibility] = fieldset.children[index].children;
    input.checked = index === chosen;
    setSource(image, variant.viewUrl);
    name.textContent = formatName(variant.look);
    legibility.textContent = from.describeLegibility(variant);
  });
}

function renderTitle(state) {
  const { title } = state;
  const error = from.findTitleError(state);
  if (get("title").value !== title) get("title").value = title;
  get("title").setAttribute("aria-invalid", Boolean(error));
  setText("title-error", error);
  setText("title-count", `${countCharacters(title)} of ${config.maxTextLength}`);
  setText("title-advice", error ? "" : from.adviseOnTitle(title));
}

function renderProgress(state, now) {
  const { run, failure, result, status } = state;
  const isFirst = Boolean(run && !result);
  const isMade = result?.expiresAt > now;
  show("progress", isFirst);
  show("made", isMade && !failure);
  show("make", !isMade || failure?.isRetryable);
  setText("make", run ? "Making thumbnails…" : failure?.isRetryable ? "Try again" : "Make thumbnails");
  get("make").setAttribute("aria-disabled", Boolean(run));
  setText("step", isFirst ? STEPS[run.step] : "");
  show("sent", run?.step === "uploading");
  get("sent").value = run?.fraction ?? 0;
  setText("failure", failure && (result ? "The change could not be made. " : "") + failure.message);
  setText("status", status);
  get("status").classList.toggle("visually-hidden", status === from.UPDATED);
}

function renderSettings({ caps, ...others }) {
  const own = get("own");
  if (others.accent !== "auto") own.value = others.accent;
  own.nextSibling.style.background = others.accent in CHOICES.accent ? "" : others.accent;
  for (const field of fields.accent) field.checked = field.value === others.accent;
  fields.caps.checked = caps;
  for (const [name, value] of Object.entries(others)) fields[name].value = value;
}

function renderSizes(state) {
  const { size } = state.settings;
  for (const { value, nextSibling } of document.getElementsByName("size")) {
    nextSibling.textContent = CHOICES.size[value] + (from.findScale(state, value) > 1 ? " (enlarged)" : "");
  }
  const scale = from.findScale(state, size);
  setText("size-hint", scale > 1 ? `Your picture is smaller than this size: it is enlarged ${scale} times.` : "");
  show("limits", size !== "1280x720");
}

function renderHistory({ history, cleared }) {
  const list = get("history-list");
  const urls = history.map(({ variants }) => variants[0].viewUrl);
  if (list.dataset.urls !== String(urls)) {
    list.dataset.urls = urls;
    const createEntry = (result, index) => {
      const caption = create("span", { dir: "auto" }, from.nameResult(result));
      return create("li", {}, create("button", {}, create("img", { src: urls[index], alt: "" }), caption));
    };
    list.replaceChildren(...history.map(createEntry));
  }
  show("history", history.length || cleared.length);
  setText("clear", cleared.length ? "Undo clearing" : "Clear");
}

function show(id, isShown) {
  get(id).hidden = !isShown;
}

/** Setting the same text would make screen readers announce it again. */
function setText(id, text) {
  if (get(id).textContent !== (text ?? "")) get(id).textContent = text ?? "";
}

function setSource(image, url) {
  if (url && image.getAttribute("src") !== url) image.src = url;
}
