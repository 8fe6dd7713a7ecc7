// The elements that index.html names.

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export const element = (id) => document.getElementById(id);

/**
 * Show a problem beside its field, or take it away.
 * @param {HTMLInputElement} field
 * @param {string} problem empty if there is none
 */
export function tell(field, problem) {
  const message = element(`${field.id}-error`);
  if (message.textContent !== problem) message.textContent = problem; // not to be read out again
  message.hidden = !problem;
  field.setAttribute("aria-invalid", String(Boolean(problem)));
}

/**
 * Say something that screen readers read out, too.
 * @param {string} words
 */
export function say(words) {
  element("status").textContent = words;
}
