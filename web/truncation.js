// Detect truncated files. Browsers show the part that is there; the server rejects the file.

/**
 * Check whether the end of a JPEG, PNG or WebP file is missing; other formats always pass.
 * @param {File} file
 * @param {string} type
 * @returns {Promise<boolean>}
 */
export async function isTruncated(file, type) {
  const check = { "image/jpeg": isJpegTruncated, "image/png": isPngTruncated, "image/webp": isWebPTruncated }[type];
  return check ? check(new DataView(await file.arrayBuffer())) : false;
}

/** ITU-T T.81, B.1: skip the segments before the first scan by their length, then look for an end-of-image marker. */
function isJpegTruncated(data) {
  let at = 2;
  while (at + 4 <= data.byteLength) {
    const marker = data.getUint16(at);
    if (marker === 0xffda) return !hasEndOfImage(data, at);
    at += marker === 0xffff ? 1 : 2 + data.getUint16(at + 2); // any number of 0xff fill bytes may precede a marker
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

/** PNG specification, 5.3: each chunk has a length, a type, data and a checksum; the last is IEND. */
function isPngTruncated(data) {
  for (let at = 8; at + 12 <= data.byteLength; at += 12 + data.getUint32(at)) {
    if (data.getUint32(at + 4) === 0x49454e44) return false;
  }
  return true;
}

/** RFC 9649, 2.3: the header holds the file size less its first eight bytes. */
function isWebPTruncated(data) {
  return data.getUint32(4, true) + 8 > data.byteLength;
}
