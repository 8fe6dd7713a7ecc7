// Shared helpers for the elements in index.html.

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export const getElement = (id) => document.getElementById(id);

/**
 * Set a text; setting the same one would make screen readers announce it again.
 * @param {HTMLElement} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Show an error next to a field, or clear it.
 * @param {HTMLInputElement} field
 * @param {string} error empty to clear
 */
export function setFieldError(field, error) {
  const message = getElement(`${field.id}-error`);
  setText(message, error);
  message.hidden = !error;
  field.setAttribute("aria-invalid", String(Boolean(error)));
}

/**
 * Show a status message; screen readers announce it.
 * @param {string} message
 */
export function announce(message) {
  getElement("status").textContent = message;
}
