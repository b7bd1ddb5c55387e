// Compares pictures with the badges in them as the page does: `node pictures.mjs JOBS`. Prints JSON: the code of each answer.

import { readFileSync } from "node:fs";
import { comparePicture } from "../../src/web/page/engine/compared.mjs";
import { parseJson } from "../../src/web/page/engine/json.mjs";
import { utf8 } from "../../src/web/page/engine/bytes.mjs";

const { data, credential, pictures } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const badge = parseJson(utf8(credential));
const answers = [];
for (const picture of pictures) {
    answers.push(await comparePicture(new Uint8Array(Buffer.from(picture, "base64")), badge, data));
}
console.log(JSON.stringify(answers));
