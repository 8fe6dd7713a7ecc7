// Bring the page into line with the state. Strings from users and servers are inserted as text, never as HTML.

import config from "./config.js";
import { canCopyPictures, canShare } from "./output.js";
import { CHOICES, formatLook } from "./settings.js";
import * as from from "./state.js";
import { countCharacters, flatten } from "./title.js";

const STEPS = { requesting: "Getting ready…", uploading: "Uploading…", generating: "Making it…" };
const WAITING = "Waiting for the server to confirm…";

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
  accent: { ...CHOICES.accent, "": "Own colour" },
  position: CHOICES.position,
  fit: CHOICES.fit,
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
const ownAccent = [...fields.accent].at(-1); // its value is that of the colour field
get("accents").append(get("own"));
for (const [value, label] of Object.entries(CHOICES.look)) fields.look.append(new Option(label, value));

/** `now` is in milliseconds since 1970. */
export function render(state, now) {
  document.documentElement.classList.toggle("drag-over", state.isDragging);
  renderStage(state, now);
  if (state.result) renderResult(state);
  renderTitle(state);
  renderProgress(state, now);
  renderSettings(state.settings);
  renderHistory(state);
}

function renderStage(state, now) {
  const { picture, result, run, failure, isChecking, refusal } = state;
  const isResultShown = Boolean(result) && state.view === "thumbnail";
  const isOutdated = isResultShown && !from.isUpToDate(state, now);
  show("empty", !picture);
  show("bar", picture);
  show("picture", picture?.url && !isResultShown);
  show("no-preview", picture && !picture.url && !isResultShown);
  show("thumbnail", isResultShown);
  show("result", result || run); // in time, so that nothing moves when it is there
  show("actions", result?.expiresAt > now);
  show("youtube", result);
  show("views", result && picture.url);
  setSource(get("picture"), picture?.url);
  get("frame").classList.toggle("outdated", isOutdated);
  fields.view.value = state.view;
  const outdated = failure ? "Your last thumbnail, without the change" : "Updating…";
  setText("note", isChecking ? "Checking…" : isOutdated ? outdated : "");
  setText("details", picture?.details);
  setText("refusal", refusal);
  get("file").setAttribute("aria-invalid", Boolean(refusal && !picture));
}

function renderResult(state) {
  const { title, result, surface, theme } = state;
  const { variants } = result;
  const { look, viewUrl, downloadUrl } = from.getVariant(state);
  get("thumbnail").alt = from.describeThumbnail(result) + (look ? `, look: ${formatLook(look)}` : "");
  for (const id of ["thumbnail", "preview-image"]) setSource(get(id), viewUrl);
  renderVariants(variants, state.variant);
  get("download").href = downloadUrl;
  get("open").href = viewUrl;
  show("all", variants.length > 1);
  setText("all", `Download all ${variants.length === 3 ? "three" : variants.length}`);
  show("share", canShare);
  show("copy", canCopyPictures);
  get("preview").className = `${surface} ${theme}`;
  fields.surface.value = surface;
  fields.theme.value = theme;
  setText("preview-title", flatten(title) || "Your video");
}

function renderVariants(variants, chosen) {
  const tiles = get("variants").getElementsByTagName("label");
  show("variants", variants.length > 1);
  while (tiles.length > variants.length) tiles[variants.length].remove();
  while (tiles.length < variants.length) {
    const content = [create("img", { alt: "", width: 320, height: 180 }), create("b"), create("small")];
    get("variants").append(createRadio("variant", tiles.length, ...content));
  }
  variants.forEach((variant, index) => {
    const [input, image, name, legibility] = tiles[index].children;
    input.checked = index === chosen;
    setSource(image, variant.viewUrl);
    name.textContent = formatLook(variant.look ?? "");
    legibility.textContent = from.describeLegibility(variant);
  });
}

function renderTitle(state) {
  const { title } = state;
  const error = from.findTitleError(state, config.maxTextLength);
  if (get("title").value !== title) get("title").value = title;
  get("title").setAttribute("aria-invalid", Boolean(error));
  setText("title-error", error);
  setText("title-count", `${countCharacters(title)} of ${config.maxTextLength}`);
  setText("title-advice", error ? "" : from.adviseOnLength(title));
}

function renderProgress(state, now) {
  const { run, failure, result, status } = state;
  const isFirst = Boolean(run && !result);
  const isDone = from.isUpToDate(state, now);
  show("progress", isFirst);
  setText("make", isDone ? "Up to date" : isFirst ? "Making thumbnails…" : "Make thumbnails");
  get("make").setAttribute("aria-disabled", isDone || Boolean(run));
  setText("step", isFirst ? (run.isWaiting ? WAITING : STEPS[run.step]) : "");
  show("sent", run?.step === "uploading" && !run.isWaiting);
  get("sent").value = run?.fraction ?? 0;
  setText("failure", failure && (result ? "The change could not be made. " : "") + failure.message);
  show("retry", failure?.isRetryable);
  setText("status", status);
  get("status").classList.toggle("visually-hidden", status === from.UPDATED);
}

function renderSettings({ caps, ...others }) {
  if (!(others.accent in CHOICES.accent)) get("own").value = others.accent;
  ownAccent.value = get("own").value;
  fields.caps.checked = caps;
  for (const [name, value] of Object.entries(others)) fields[name].value = value;
}

function renderHistory({ history, cleared }) {
  const list = get("history-list");
  const urls = history.map(({ variants }) => variants[0].viewUrl);
  if (list.dataset.urls !== String(urls)) {
    list.dataset.urls = urls;
    const createEntry = (entry, index) => {
      const image = create("img", { src: urls[index], alt: from.describeThumbnail(entry), width: 168, height: 94 });
      return create("li", {}, create("button", {}, image));
    };
    list.replaceChildren(...history.map(createEntry));
  }
  show("history", history.length || cleared.length);
  show("clear", history.length);
  show("undo", cleared.length);
}

function show(id, isShown) {
  get(id).hidden = !isShown;
}

/** Setting the same text would make screen readers announce it again. */
function setText(id, text) {
  if (get(id).textContent !== (text ?? "")) get(id).textContent = text ?? "";
}

function setSource(image, url) {
  if (image.getAttribute("src") === (url || null)) return;
  if (url) image.src = url;
  else image.removeAttribute("src");
}
