// Is a picture's file cut off? Browsers show what there is of one, and the server refuses it.

/**
 * Tell whether the end of a file is missing, where its format says how it ends.
 * @param {File} file
 * @param {string} type
 * @returns {Promise<boolean>}
 */
export async function isCutOff(file, type) {
  const check = { "image/jpeg": isJpegCutOff, "image/png": isPngCutOff, "image/webp": isWebPCutOff }[type];
  return check ? check(new DataView(await file.arrayBuffer())) : false;
}

/** ITU-T T.81, B.1: segments that tell their length up to the first scan; no end-of-image marker within a scan. */
function isJpegCutOff(data) {
  let at = 2;
  while (at + 4 <= data.byteLength) {
    const marker = data.getUint16(at);
    if (marker === 0xffda) return !hasEndOfImage(data, at);
    at += marker === 0xffff ? 1 : 2 + data.getUint16(at + 2); // any number of 0xff may stand before a marker
  }
  return true;
}

function hasEndOfImage(data, from) {
  const bytes = new Uint8Array(data.buffer);
  for (let at = bytes.indexOf(0xd9, from); at !== -1; at = bytes.indexOf(0xd9, at + 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}

/** PNG specification, 5.3: chunks of a length, a type, data and a checksum; the last is IEND. */
function isPngCutOff(data) {
  for (let at = 8; at + 12 <= data.byteLength; at += 12 + data.getUint32(at)) {
    if (data.getUint32(at + 4) === 0x49454e44) return false;
  }
  return true;
}

/** RFC 9649, 2.3: the header tells how many bytes follow its first eight. */
function isWebPCutOff(data) {
  return data.getUint32(4, true) + 8 > data.byteLength;
}
