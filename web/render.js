// Bring the page into line with the state. Strings from users and servers are inserted as text, never as HTML.

import config from "./config.js";
import { canCopyPictures, canShare } from "./output.js";
import { ACCENTS, FITS, LOOKS, POSITIONS, formatLook } from "./settings.js";
import {
  UPDATED, adviseOnLength, describeLegibility, describeThumbnail, findTitleError, getChosen, isUpToDate,
} from "./state.js";
import { countCharacters, flatten } from "./title.js";

/** @typedef {import("./state.js").State} State */

const STEPS = { requesting: "Getting ready…", uploading: "Uploading…", generating: "Making it…" };
const WAITING = "Waiting for the server to confirm…";
const OWN = "own"; // value of the accent for a colour of the user's

/** @type {(id: string) => HTMLElement} */
export const get = (id) => document.getElementById(id);

/** Fill in what there is to choose. */
export function build() {
  for (const [value, label] of LOOKS) get("look").append(new Option(label, value));
  addRadios("accent", [...ACCENTS, [OWN, "Own colour"]]);
  addRadios("position", POSITIONS);
  addRadios("fit", FITS);
  addRadios("view", [["picture", "Picture"], ["thumbnail", "Thumbnail"]]);
  addRadios("surface", [["home", "Home"], ["sidebar", "Sidebar"]]);
  addRadios("theme", [["light", "Light"], ["dark", "Dark"]]);
  for (const [value] of ACCENTS) get("accent").querySelector(`[value="${value}"] + span`).style.background = value;
  const colour = Object.assign(document.createElement("input"), { id: "own-colour", type: "color", value: "#ff5f5f" });
  colour.setAttribute("aria-label", "Own accent colour");
  get("accent").append(colour);
}

function addRadios(id, choices) {
  for (const [value, label] of choices) {
    const option = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: id, value });
    const text = document.createElement("span");
    text.textContent = label;
    option.title = label;
    option.append(input, text);
    get(id).append(option);
  }
}

/** @type {(state: State, now: number) => void} */
export function render(state, now) {
  document.documentElement.classList.toggle("drag-over", state.isDragging);
  renderStage(state, now);
  renderResult(state, now);
  renderTitle(state);
  renderProgress(state, now);
  renderSettings(state.settings);
  renderPreview(state);
  renderHistory(state);
}

function renderStage(state, now) {
  const { picture, result, run, failure, isChecking, refusal } = state;
  const isResultShown = Boolean(result) && !state.isPictureShown;
  show("empty", !picture);
  show("picture", picture?.url && !isResultShown);
  show("no-preview", picture && !picture.url && !isResultShown);
  show("thumbnail", isResultShown);
  setSource(get("picture"), picture?.url);
  const isOutdated = isResultShown && !isUpToDate(state, now);
  get("frame").classList.toggle("outdated", isOutdated);
  setText("note", isChecking ? "Checking…" : isOutdated ? describeOutdated(run, failure) : "");
  show("note", isChecking || isOutdated);
  show("bar", picture);
  show("view", result && picture?.url);
  check("view", isResultShown ? "thumbnail" : "picture");
  setText("details", picture?.details ?? "");
  setText("refusal", refusal);
  show("refusal", refusal);
  get("file").setAttribute("aria-invalid", Boolean(refusal && !picture));
}

function describeOutdated(run, failure) {
  if (failure) return "This is the last thumbnail, without your change.";
  return run?.step === "uploading" && run.fraction < 1 ? `Uploading ${Math.floor(100 * run.fraction)}%` : "Updating…";
}

function renderResult(state, now) {
  const { result } = state;
  show("result", result);
  if (!result) return;
  const { variants } = result;
  const chosen = getChosen(state);
  const look = formatLook(chosen.look ?? "");
  get("thumbnail").alt = describeThumbnail(result) + (look ? `, look: ${look}` : "");
  setSource(get("thumbnail"), chosen.viewUrl);
  renderVariants(variants, state.chosen);
  get("download").href = chosen.downloadUrl;
  get("open").href = chosen.viewUrl;
  show("download-all", variants.length > 1);
  setText("download-all", `Download all ${variants.length === 3 ? "three" : variants.length}`);
  show("share", canShare);
  show("copy-picture", canCopyPictures);
  show("actions", result.expiresAt > now);
}

function renderVariants(variants, chosen) {
  const list = get("variants");
  list.hidden = variants.length < 2;
  const tiles = list.getElementsByTagName("label");
  while (tiles.length > variants.length) tiles[variants.length].remove();
  while (tiles.length < variants.length) list.append(createTile(tiles.length));
  variants.forEach((variant, index) => {
    const [input, image, name, legibility] = tiles[index].children;
    input.checked = index === chosen;
    setSource(image, variant.viewUrl);
    setText(name, formatLook(variant.look ?? ""));
    setText(legibility, describeLegibility(variant));
  });
}

function createTile(index) {
  const tile = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "variant", value: index });
  const image = Object.assign(new Image(320, 180), { alt: "" });
  tile.append(input, image, document.createElement("b"), document.createElement("small"));
  return tile;
}

function renderTitle(state) {
  const { title } = state;
  const error = findTitleError(state, config.maxTextLength);
  if (get("title").value !== title) get("title").value = title;
  get("title").setAttribute("aria-invalid", Boolean(error));
  setText("title-error", error);
  show("title-error", error);
  setText("title-count", `${countCharacters(title)} of ${config.maxTextLength}`);
  setText("title-advice", error ? "" : adviseOnLength(title));
}

function renderProgress(state, now) {
  const { run, failure, result } = state;
  const isFirst = Boolean(run && !result);
  show("progress", isFirst);
  show("make", !isFirst);
  const isDone = isUpToDate(state, now);
  setText("make", isDone ? "Up to date" : "Make thumbnails");
  get("make").setAttribute("aria-disabled", isDone || Boolean(run));
  setText("step", isFirst ? (run.isWaiting ? WAITING : STEPS[run.step]) : "");
  show("bar-sent", run?.step === "uploading" && !run.isWaiting);
  get("bar-sent").value = Math.floor(100 * (run?.fraction ?? 0));
  show("failure", failure);
  const prefix = result ? "This is your last thumbnail; the change could not be made. " : "";
  setText("failure-message", failure ? prefix + failure.message : "");
  show("retry", failure?.isRetryable);
  setText("status", state.status);
  get("status").classList.toggle("visually-hidden", state.status === UPDATED);
}

function renderSettings({ look, accent, fit, position, caps }) {
  get("look").value = look;
  get("caps").checked = caps;
  check("fit", fit);
  check("position", position);
  const isProven = ACCENTS.some(([value]) => value === accent);
  check("accent", isProven ? accent : OWN);
  if (!isProven) get("own-colour").value = accent;
}

function renderPreview(state) {
  const { surface, theme } = state.preview;
  show("youtube", state.result);
  check("surface", surface);
  check("theme", theme);
  get("preview").className = `${surface} ${theme}`;
  setSource(get("preview-image"), getChosen(state)?.viewUrl);
  setText("preview-title", flatten(state.title) || "Your video");
}

function renderHistory({ history, cleared }) {
  const items = new Map([...get("history-list").children].map((item) => [item.dataset.url, item]));
  const wanted = history.map((entry) => items.get(entry.variants[0].viewUrl) ?? createEntry(entry));
  if (wanted.some((item, index) => item !== get("history-list").children[index]) || items.size !== wanted.length) {
    get("history-list").replaceChildren(...wanted);
  }
  show("history", history.length || cleared.length);
  show("clear-history", history.length);
  show("undo-clear", cleared.length);
}

function createEntry(entry) {
  const { viewUrl } = entry.variants[0];
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const image = Object.assign(new Image(168, 94), { src: viewUrl, alt: describeThumbnail(entry) });
  button.append(image);
  const item = document.createElement("li");
  item.dataset.url = viewUrl;
  item.append(button);
  return item;
}

const show = (id, isShown) => (get(id).hidden = !isShown);

function check(name, value) {
  const input = get(name).querySelector(`[value="${value}"]`);
  if (input) input.checked = true;
}

/** Setting the same text would make screen readers announce it again. */
function setText(target, text) {
  const element = typeof target === "string" ? get(target) : target;
  if (element.textContent !== text) element.textContent = text;
}

function setSource(image, url) {
  if ((image.getAttribute("src") ?? "") === (url ?? "")) return;
  if (url) image.src = url;
  else image.removeAttribute("src");
}
