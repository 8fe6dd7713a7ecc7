// Shared helpers for the elements in index.html.

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export const getElement = (id) => document.getElementById(id);

/**
 * Show an error next to a field, or clear it.
 * @param {HTMLInputElement} field
 * @param {string} error empty to clear
 */
export function setFieldError(field, error) {
  const message = getElement(`${field.id}-error`);
  if (message.textContent !== error) message.textContent = error; // setting the same text would announce it again
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
