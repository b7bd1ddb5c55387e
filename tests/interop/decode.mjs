// What jsQR reads in a picture: {"width", "height", "pixels": RGBA in base64} from standard input, the text or null to
// standard output.

import { text } from "node:stream/consumers";

import jsQR from "jsqr";

const { width, height, pixels } = JSON.parse(await text(process.stdin));
const code = jsQR(new Uint8ClampedArray(Buffer.from(pixels, "base64")), width, height);
process.stdout.write(JSON.stringify(code?.data ?? null));
