// Make thumbnails with sharp, and measure them: `node sharp.js FILE TITLE SIZE`, with worker.py's commands on standard input.

const { readFileSync, writeFileSync } = require("node:fs");
const { createInterface } = require("node:readline");
const sharp = require("sharp");

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

sharp.concurrency(1);
sharp.cache(false); // or the same picture would cost nothing the second time

function makeThumbnail(image, text, [width, height]) {
  const scale = width / 1280;
  const escaped = text.replace(/[&<>]/g, (character) => ENTITIES[character]);
  const title = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <text x="${50 * scale}" y="${664 * scale}" font-family="Anton" font-size="${64 * scale}" fill="white">${escaped}</text></svg>`;
  return sharp(image)
    .autoOrient()
    .resize({ width, height, fit: "contain", background: "black" })
    .flatten({ background: "black" })
    .composite([{ input: Buffer.from(title) }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

async function main([file, text, size]) {
  const image = readFileSync(file);
  console.log("ready");
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, out] = line.split(" ", 2);
    const before = process.cpuUsage();
    const thumbnail = await makeThumbnail(image, text, size.split("x").map(Number));
    const { user, system } = process.cpuUsage(before);
    if (command === "write") writeFileSync(out, thumbnail);
    console.log((user + system) / 1e6);
  }
}

main(process.argv.slice(2));
