// Events in, transitions, and their effects: files are inspected, thumbnails made, results and settings stored.

import { ApiError, PermanentError, UnusablePictureError, UnusableTitleError } from "./api.js";
import config from "./config.js";
import { watchDrops } from "./drop.js";
import { onHistoryChange, readHistory, recallShown, rememberShown, writeHistory } from "./history.js";
import { Maker, StaleFileError } from "./maker.js";
import * as output from "./output.js";
import { accept, describePicture, inspectFiles, maxMegabytes } from "./picture.js";
import { build, get, render } from "./render.js";
import { DEFAULTS, linkTo, loadSettings, saveSettings } from "./settings.js";
import * as go from "./state.js";
import { nameAfter, toggleEmphasis } from "./title.js";

const DEBOUNCE = 150; // ms after the last change
const SAMPLE_TITLE = "We launched *it!*";

let state = go.createState(loadSettings());
let maker = null; // of the picture that is there
let controller = null; // aborts the run; null when idle
let inspection = 0; // number of the last one started
let changeTimer;
let expiryTimer;

/** @param {go.State} next */
function update(next) {
  const previous = state;
  state = next;
  if (state.settings !== previous.settings) saveSettings(state.settings);
  if (state.history !== previous.history) {
    writeHistory(state.history);
    awaitExpiry();
  }
  if (state.result !== previous.result) rememberShown(state.result?.source ?? "");
  render(state, Date.now());
}

// --- the picture

async function inspect(files) {
  if (!files.length) return;
  const number = ++inspection;
  update(go.startCheck(state));
  const inspected = await inspectFiles(files);
  const { file, problem, image } = inspected;
  if (number !== inspection || problem) {
    if (image) URL.revokeObjectURL(image.src);
    if (number === inspection) update(go.refuse(state, problem));
    return;
  }
  const status = files.length > 1 ? `Of the ${files.length} files, ${file.name} is used.` : "";
  const picture = { name: file.name, details: describePicture(inspected), url: image?.src ?? "" };
  replacePicture(new Maker(inspected));
  update(go.choosePicture(state, picture, status));
}

function replacePicture(next) {
  stopRun();
  if (state.picture?.url) URL.revokeObjectURL(state.picture.url);
  maker = next;
}

function chooseFile() {
  update(go.liftRefusal(state));
  get("file").click();
}

for (const id of ["file", "camera"]) {
  get(id).addEventListener("click", () => update(go.liftRefusal(state)));
  get(id).addEventListener("change", ({ target }) => {
    const files = [...target.files];
    target.value = ""; // or the same name again fires no `change`
    inspect(files);
  });
}
get("file").accept = accept;
get("file-hint").textContent = `Any photo up to ${maxMegabytes} MB. Drop it anywhere, or paste it.`;
get("change").addEventListener("click", chooseFile);
get("sample").addEventListener("click", async () => {
  const response = await fetch("sample.jpg").catch(() => null);
  if (!response?.ok) return update(go.refuse(state, "The sample could not be loaded. Check your connection."));
  if (!state.title) update(go.edit(state, { title: SAMPLE_TITLE }));
  inspect([new File([await response.blob()], "sample.jpg")]);
});
watchDrops({
  onFiles: inspect,
  onRefusal: (problem) => update(go.refuse(state, problem)),
  onDrag: (isDragging) => isDragging !== state.isDragging && update({ ...state, isDragging }),
});

// --- making

get("form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (controller || go.isUpToDate(state, Date.now())) return;
  if (!maker) {
    update(go.refuse(state, state.refusal || "Choose a picture first."));
    get("file").focus();
  } else if (go.findTitleError(state, config.maxTextLength)) get("title").focus();
  else run();
});

get("retry").addEventListener("click", () => run());
get("cancel").addEventListener("click", () => {
  stopRun();
  update(go.stop(state, "Cancelled."));
  get("make").focus();
});

function stopRun() {
  clearTimeout(changeTimer);
  controller?.abort();
  controller = null;
}

/** After the first thumbnail, changes make it anew. */
function change(changes) {
  update(go.edit(state, changes));
  clearTimeout(changeTimer);
  changeTimer = setTimeout(remake, DEBOUNCE);
}

function remake() {
  if (!state.result && !controller) return;
  if (controller && !maker.source) return; // the picture is being sent, whatever its title: `run` sees to the change
  stopRun();
  if (!maker || go.isUpToDate(state, Date.now()) || go.findTitleError(state, config.maxTextLength)) {
    update(go.stop(state));
  } else run();
}

async function run() {
  stopRun();
  const own = new AbortController();
  controller = own;
  const { title, settings } = state;
  const request = go.getRequest(state);
  update(go.startRun(state));
  try {
    const filename = nameAfter(title, state.picture.name);
    const links = await maker.make(request, filename, own.signal, (progress) => {
      if (own.signal.aborted) return;
      update(go.progress(state, progress));
      if (progress.step === "generating" && !go.isSame(state, { title, settings })) remake();
    });
    own.signal.throwIfAborted();
    const { expiresIn, variants = [links] } = links;
    await preload(variants, own.signal);
    controller = null;
    const made = { title, settings, source: maker.source, filename: state.picture.name, variants };
    update(go.finish(state, { ...made, expiresAt: Date.now() + 1000 * expiresIn }));
  } catch (error) {
    if (own.signal.aborted) return;
    controller = null;
    handleError(error, title);
  }
}

/** Load the variant that will be on the stage, so that the old one stays until it can be shown. */
async function preload(variants, signal) {
  const image = new Image();
  image.src = (variants.find(({ look }) => look === go.getChosen(state)?.look) ?? variants[0]).viewUrl;
  await image.decode().catch(() => {});
  signal.throwIfAborted();
}

function handleError(error, title) {
  const isFirst = !state.result;
  if (error instanceof UnusableTitleError) {
    update(go.refuseTitle(state, title, error.message.replace(/ \(U\+\w+\)/g, "")));
    get("title").focus();
  } else if (error instanceof StaleFileError || (isFirst && error instanceof UnusablePictureError)) {
    replacePicture(null);
    update(go.dropPicture(state, error.message));
    get("file").focus();
  } else {
    if (!(error instanceof ApiError)) console.error(error);
    const isRetryable = error instanceof ApiError && !(error instanceof PermanentError);
    const message = error instanceof ApiError ? error.message : "Something went wrong. Reload this page and try again.";
    update(go.fail(state, message, isRetryable));
    if (isFirst) get(isRetryable ? "retry" : "make").focus();
  }
}

// --- title and options

const title = get("title");
title.addEventListener("input", () => change({ title: title.value }));
title.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) get("form").requestSubmit();
});
get("emphasise").addEventListener("click", () => {
  const marked = toggleEmphasis(title.value, title.selectionStart, title.selectionEnd);
  change({ title: marked.title });
  title.focus();
  title.setSelectionRange(marked.start, marked.end);
});

const set = (changes) => change({ settings: { ...state.settings, ...changes } });
get("look").addEventListener("change", ({ target }) => set({ look: target.value }));
get("caps").addEventListener("change", ({ target }) => set({ caps: target.checked }));
for (const name of ["fit", "position"]) get(name).addEventListener("change", ({ target }) => set({ [name]: target.value }));
get("accent").addEventListener("input", ({ target }) =>
  set({ accent: target.value === "own" ? get("own-colour").value : target.value }),
);
get("reset").addEventListener("click", () => change({ settings: DEFAULTS }));
get("copy-options").addEventListener("click", () => copy(linkTo(state.settings), "The link is copied."));

// --- the result

get("view").addEventListener("change", ({ target }) =>
  update({ ...state, isPictureShown: target.value === "picture" }),
);
get("variants").addEventListener("change", ({ target }) => update(go.chooseVariant(state, Number(target.value))));
for (const name of ["surface", "theme"]) {
  get(name).addEventListener("change", ({ target }) =>
    update({ ...state, preview: { ...state.preview, [name]: target.value } }),
  );
}
get("download").addEventListener("click", () => update(go.markUsed(state)));
get("copy-link").addEventListener("click", () => copy(go.getChosen(state).viewUrl, "The link is copied."));
offer("download-all", () => output.saveAll(state.result.variants), "All are saved.");
offer("copy-picture", () => output.copyPicture(go.getChosen(state)), "The picture is copied.");
offer("share", () => output.share(go.getChosen(state)), "");

function offer(id, act, done) {
  get(id).addEventListener("click", async () => {
    update({ ...state, status: "" });
    try {
      await act();
      update(go.markUsed(state, done));
    } catch (error) {
      if (error.name !== "AbortError") update({ ...state, status: "This browser did not allow that. Download it instead." });
    }
  });
}

async function copy(text, done) {
  const isCopied = await output.copyText(text);
  update({ ...state, status: isCopied ? done : "This browser did not allow that. Open it, and copy its address." });
}

// --- made so far

function awaitExpiry() {
  clearTimeout(expiryTimer);
  const [next] = state.history.map(({ expiresAt }) => expiresAt).sort();
  if (next) expiryTimer = setTimeout(() => update(go.expire(state, Date.now())), next - Date.now() + 1);
}

function open(result) {
  const isSamePicture = maker && maker.source === result.source;
  const picture = isSamePicture ? state.picture : { name: result.filename, details: result.filename, url: "" };
  if (isSamePicture) stopRun();
  else replacePicture(new Maker({ file: null, type: "" }, result.source));
  update(go.openResult(state, result, picture));
}

get("history-list").addEventListener("click", ({ target }) => {
  const item = target.closest("li");
  if (item) open(state.history[[...item.parentNode.children].indexOf(item)]);
});
get("clear-history").addEventListener("click", () => update(go.clearHistory(state)));
get("undo-clear").addEventListener("click", () => update(go.restoreHistory(state)));
onHistoryChange(() => update({ ...state, history: readHistory() ?? state.history }));

build();
update({ ...state, history: readHistory() ?? [] });
const shown = state.history.find(({ source }) => source === recallShown());
if (shown) open(shown);
get("load-error").remove();
