// Timers of a browser hold 31 bits of milliseconds; a longer one would fire at once.

const LONGEST = 2 ** 31 - 1;

/**
 * Call back at a time in milliseconds since 1970, or after about 25 days if that is sooner.
 * @param {number} time
 * @param {() => void} callBack
 * @returns {number} for `clearTimeout`
 */
export function at(time, callBack) {
  return setTimeout(callBack, Math.min(Math.max(0, time - Date.now()), LONGEST));
}
