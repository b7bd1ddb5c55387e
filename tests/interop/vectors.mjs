// Gives badges to verification pages, as people do. Reads {"chromium", "passes": [{"name", "crypto", "tabs": [{"address",
// "asks": [{"name", "how", "what", "now", "holder"}]}]}]} from standard input; writes {"answers": {pass: {name: report}},
// "trouble": [..]}.

import { text } from "node:stream/consumers";

import { Visitor, compare, give, launch, report } from "./browser.mjs";

// Tabs at work at the same time: one computes while another waits.
const WORKERS = 3;

const ask = async (page, address, given) => {
    await page.clock.setFixedTime(given.now);
    await give(page, address, given);
    if (given.holder !== null) {
        await compare(page, given.holder);
    }
    return report(page);
};

const { chromium, passes } = JSON.parse(await text(process.stdin));
const browser = await launch(chromium);
const visitor = new Visitor(browser);
const answers = Object.fromEntries(passes.map(({ name }) => [name, {}]));
const waiting = passes.flatMap(({ name, crypto, tabs }) => tabs.map((tab) => ({ name, crypto, ...tab })));

const work = async () => {
    for (let tab = waiting.shift(); tab; tab = waiting.shift()) {
        const page = await visitor.tab({ locale: "en-GB" }, tab.crypto);
        await page.goto(tab.address);
        for (const given of tab.asks) {
            answers[tab.name][given.name] = await ask(page, tab.address, given).catch((error) => ({ error: error.message }));
        }
        await page.context().close();
    }
};

await Promise.all(Array.from({ length: WORKERS }, work));
await browser.close();
process.stdout.write(JSON.stringify({ answers, trouble: visitor.trouble }));
