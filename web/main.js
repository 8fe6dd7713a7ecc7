// Events become transitions, and these have effects: files are inspected, thumbnails made, results remembered.

import { watchDrops } from "./drop.js";
import { Maker } from "./maker.js";
import * as output from "./output.js";
import { accept, describePicture, inspectFiles, maxMegabytes } from "./picture.js";
import { get, render } from "./render.js";
import { DEFAULTS, linkTo, loadSettings, pickSettings } from "./settings.js";
import * as go from "./state.js";
import { PASSPHRASE, read, readHistory, SETTINGS, watchHistory, write, writeHistory } from "./storage.js";
import { nameAfter, toggleEmphasis } from "./title.js";

const DEBOUNCE = 150; // ms after the last change
const REFUSED = "This browser did not allow that. Download the thumbnail instead.";

const [form, file, title, passphrase] = ["form", "file", "title", "passphrase"].map(get);
let state = go.createState(loadSettings(), read(PASSPHRASE) ?? "");
let maker = null; // of the picture that is there
let controller = null; // aborts the run; null when idle
let inspections = 0;
let changeTimer;

function update(next) {
  const previous = state;
  state = next;
  if (state.settings !== previous.settings) write(SETTINGS, state.settings);
  if (state.passphrase !== previous.passphrase) write(PASSPHRASE, state.passphrase);
  if (state.history !== previous.history || state.cleared !== previous.cleared) writeHistory(state);
  const { result, variant } = state;
  if (result !== previous.result || variant !== previous.variant) history.replaceState([result?.source, variant], "");
  render(state, Date.now());
}

const getPassphrase = () => state.passphrase || passphrase.value;
const show = (changes) => update({ ...state, ...changes });

async function inspect(files) {
  const number = ++inspections;
  const inspected = await inspectFiles(files);
  const { problem, image, file: { name } } = inspected;
  const url = image?.src;
  if (number !== inspections) URL.revokeObjectURL(url);
  else if (problem) update(go.refuse(state, problem));
  else {
    const isNext = controller || state.result;
    usePicture(new Maker(inspected), { name, details: describePicture(inspected), url });
    title.focus({ preventScroll: true });
    if (isNext) submit();
    if (files.length > 1) show({ status: `Of the ${files.length} files, ${name} is used.` });
  }
}

function usePicture(nextMaker, picture, refusal) {
  stopRun();
  URL.revokeObjectURL(state.picture?.url);
  maker = nextMaker;
  update(go.choosePicture(state, picture, refusal));
}

async function trySample() {
  try {
    const response = await fetch("sample.jpg");
    if (!state.title) update(go.edit(state, { title: "We launched *it!*" }));
    inspect([new File([await response.blob()], "sample.jpg")]);
  } catch {
    update(go.refuse(state, "The sample could not be loaded. Check your connection."));
  }
}

function takeFiles({ target }) {
  const files = [...target.files];
  target.value = ""; // or the same name again fires no `change`
  inspect(files);
}

function submit() {
  if (controller || go.isUpToDate(state, Date.now())) return;
  if (!maker) {
    update(go.fail(state, "Choose a picture first."));
    file.focus();
  } else if (go.findTitleError(state)) title.focus();
  else run();
}

function stopRun() {
  clearTimeout(changeTimer);
  controller?.abort();
  controller = null;
}

function cancel() {
  stopRun();
  update(go.stop(state, "Cancelled."));
  get("make").focus();
}

/** After the first thumbnails, a change makes them anew. */
function change(changes) {
  update(go.edit(state, changes));
  clearTimeout(changeTimer);
  changeTimer = setTimeout(remake, DEBOUNCE);
}

function remake() {
  if (!controller && !state.result) return;
  if (controller && !maker.source) return; // the picture is being sent: `run` sees to the change
  stopRun();
  if (go.isUpToDate(state, Date.now()) || go.findTitleError(state)) update(go.stop(state));
  else run();
}

async function run() {
  stopRun();
  const { signal } = (controller = new AbortController());
  const asked = { title: state.title, settings: state.settings };
  const filename = state.picture.name;
  const onProgress = (progress) => {
    if (signal.aborted) return;
    update(go.progress(state, progress));
    if (progress.step === "generating" && !go.isSame(state, asked)) remake();
  };
  update(go.startRun(state));
  try {
    const request = { ...go.getRequest(asked), filename: nameAfter(asked.title, filename), passphrase: getPassphrase() };
    const { expiresIn, variants } = await maker.make(request, onProgress, signal);
    await preload(variants);
    signal.throwIfAborted();
    controller = null;
    const expiresAt = Date.now() + 1000 * expiresIn;
    const isAwaited = [get("make"), passphrase].includes(document.activeElement);
    const result = { ...asked, filename, variants, expiresAt, source: maker.source };
    update(go.finish({ ...state, passphrase: getPassphrase() }, result));
    if (isAwaited) showResult();
  } catch (error) {
    if (signal.aborted) return;
    controller = null;
    handleError(error, asked.title);
  }
}

function showResult() {
  get("result").focus();
  scrollTo(0, 0);
}

/** Load what will be on the stage, so that the last thumbnail stays until then. */
function preload(variants) {
  const image = new Image();
  image.src = variants[go.findVariant(state, variants)].viewUrl;
  return image.decode().catch(() => {});
}

function handleError(error, refusedTitle) {
  const { kind } = error;
  const message = kind ? error.message : "Something went wrong. Reload this page and try again.";
  if (!kind) console.error(error);
  if (kind === "title") {
    update(go.refuseTitle(state, refusedTitle, message.replace(/ \(U\+\w+\)/g, "")));
    title.focus();
  } else if (kind === "passphrase") {
    update(go.fail({ ...state, passphrase: "" }, getPassphrase() ? message : "Enter the passphrase.", true));
    passphrase.focus();
  } else if (kind === "picture") {
    usePicture(null, null, message);
    file.focus();
  } else {
    update(go.fail(state, message, kind === "busy"));
    if (!state.result) get("make").focus();
  }
}

function emphasise() {
  const [marked, start, end] = toggleEmphasis(title.value, title.selectionStart, title.selectionEnd);
  change({ title: marked });
  title.focus();
  title.setSelectionRange(start, end);
}

async function offer(act, done) {
  show({ status: "" }); // the same text would not be announced
  try {
    await act(go.getVariant(state));
    update(go.markUsed(state, done));
  } catch (error) {
    if (error.name !== "AbortError") show({ status: REFUSED });
  }
}

function open(result) {
  let { picture } = state;
  if (maker?.source === result.source) stopRun();
  else {
    picture = { name: result.filename, details: result.filename };
    usePicture(new Maker({}, result.source), picture);
  }
  update(go.openResult(state, { ...result, settings: pickSettings(result.settings) }, picture));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
form.addEventListener("input", ({ target: { name, type, value, checked } }) => {
  if (name === "title") change({ title: value });
  else if (name in DEFAULTS) change({ settings: { ...state.settings, [name]: type === "checkbox" ? checked : value } });
  else if (name === "variant") show({ variant: Number(value), view: "thumbnail" });
  else if (name === "view") show({ view: value });
});
title.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => key === "Enter" && (ctrlKey || metaKey) && submit());
for (const field of [file, get("camera")]) field.addEventListener("change", takeFiles);
watchDrops(
  inspect,
  (problem) => update(go.refuse(state, problem)),
  (isOver) => document.documentElement.classList.toggle("drag-over", isOver),
);
get("history-list").addEventListener("click", ({ target }) => {
  const item = target.closest("li");
  if (!item) return;
  open(state.history[[...item.parentNode.children].indexOf(item)]);
  showResult();
});
const refreshHistory = () => show(readHistory());
watchHistory(refreshHistory);
setInterval(refreshHistory, 60_000); // links expire

/** What a click does, by the ID of what is clicked. */
const actions = {
  change: () => file.click(),
  sample: trySample,
  cancel,
  emphasise,
  reset: () => change({ settings: DEFAULTS }),
  recipe: () => offer(() => output.copyText(linkTo(state.settings)), "The link to options is copied."),
  download: () => update(go.markUsed(state)),
  all: () => offer(() => output.saveAll(state.result.variants), "All are saved."),
  share: () => offer(output.share),
  copy: () => offer(output.copyPicture, "The picture is copied."),
  link: () => offer(({ viewUrl }) => output.copyText(viewUrl), "The link is copied."),
  forget: () => {
    passphrase.value = "";
    show({ passphrase: "" });
    passphrase.focus();
  },
  clear: () => update(go.toggleHistory(state)),
};
document.addEventListener("click", ({ target }) => {
  if (state.refusal) show({ refusal: "" }); // whatever is done about it
  actions[target.closest("[id]")?.id]?.();
});

file.accept = accept;
get("file-hint").textContent = `Any photo up to ${maxMegabytes} MB`;
refreshHistory();
const [shownSource, variant] = history.state ?? []; // before a reload
const shown = state.history.find(({ source }) => source === shownSource);
if (shown) {
  open(shown);
  show({ variant });
}
get("load-error").remove();
