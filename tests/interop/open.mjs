// Opens an address in a browser as a phone does after its camera has read it. Reads {"chromium", "address"} from standard
// input; writes {"said": report, "trouble": [..]}.

import { text } from "node:stream/consumers";

import { Visitor, launch, report } from "./browser.mjs";

const input = JSON.parse(await text(process.stdin));
const browser = await launch(input.chromium);
const visitor = new Visitor(browser);
const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
const page = await visitor.tab({ locale: "en-GB", ...phone });
await page.goto(input.address);
const checked = page.locator("#verdict:not([data-runs='0'])").waitFor({ state: "attached" });
await checked.catch((error) => visitor.note(error.message));
const said = await report(page);
await browser.close();
process.stdout.write(JSON.stringify({ said, trouble: visitor.trouble }));
