// Compares pictures with the badges in them as the page does: `node pictures.mjs JOBS`. Prints JSON: for each job the codes of its
// answers.

import { readFileSync } from "node:fs";
import { comparePicture } from "../../src/web/page/engine/compared.mjs";
import { parseJson } from "../../src/web/page/engine/json.mjs";
import { utf8 } from "../../src/web/page/engine/bytes.mjs";

const { data, jobs } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = [];
for (const { credential, pictures } of jobs) {
    const badge = parseJson(utf8(credential));
    const found = [];
    for (const picture of pictures) {
        found.push(await comparePicture(new Uint8Array(Buffer.from(picture, "base64")), badge, data));
    }
    answers.push(found);
}
console.log(JSON.stringify(answers));
