// Gives badges to verification pages, as people do. Reads {"chromium", "passes": [{"name", "crypto", "tabs": [{"address",
// "asks": [{"name", "how", "what", "now", "holder"}]}]}]} from standard input; writes {"answers": {pass: {name: report}},
// "trouble": [..]}.

import { text } from "node:stream/consumers";

import { Visitor, compare, give, launch, report } from "./browser.mjs";

// Tabs at work at the same time: one computes while another waits.
const WORKERS = 3;

// The time that a tab was last told.
const told = new WeakMap();

const ask = async (page, address, given) => {
    if (told.get(page) !== given.now) {
        await page.clock.setFixedTime(given.now);
        told.set(page, given.now);
    }
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
    const pages = new Map();
    for (let tab = waiting.shift(); tab; tab = waiting.shift()) {
        const page = pages.get(tab.crypto) ?? await visitor.tab({ locale: "en-GB" }, tab.crypto);
        pages.set(tab.crypto, page);
        await page.goto(tab.address);
        for (const given of tab.asks) {
            answers[tab.name][given.name] = await ask(page, tab.address, given).catch((error) => ({ error: error.message }));
        }
    }
};

await Promise.all(Array.from({ length: WORKERS }, work));
await browser.close();
process.stdout.write(JSON.stringify({ answers, trouble: visitor.trouble }));
