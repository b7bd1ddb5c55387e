// A real Chromium, and a person in front of the verification page: what they do there, and what they see.

import { chromium } from "playwright-core";

// Root has no sandbox to give; the rest keeps the browser itself from asking the network.
const SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--no-first-run", "--disable-component-update", "--disable-sync", "--no-default-browser-check"];

// Milliseconds; longer than anything here takes on a slow machine.
const PATIENCE = 30_000;

export const launch = (executablePath) => chromium.launch({ executablePath, args: SWITCHES });

// What WebCrypto does in a browser that knows no Ed25519.
const refuseEd25519 = () => {
    const subtle = globalThis.crypto?.subtle;
    for (const method of ["importKey", "verify"]) {
        const native = subtle[method].bind(subtle);
        subtle[method] = async (...given) => {
            if (given.some((one) => one === "Ed25519" || one?.name === "Ed25519")) {
                throw new DOMException("Unrecognized name.", "NotSupportedError");
            }
            return native(...given);
        };
    }
};

// What is there when a page comes over plain http.
const withoutSubtle = () => Object.defineProperty(globalThis.crypto, "subtle", { value: undefined });

const CRYPTO = { native: null, refused: refuseEd25519, absent: withoutSubtle };

// Opens tabs that note whatever should not happen: requests for anything but the page, violations of its policy,
// errors, and answers of the server other than the page.
export class Visitor {
    constructor(browser) {
        this.browser = browser;
        this.trouble = [];
    }

    async tab(settings = {}, crypto = "native") {
        const context = await this.browser.newContext(settings);
        context.setDefaultTimeout(PATIENCE);
        const page = await context.newPage();
        await page.addInitScript(() => {
            addEventListener("securitypolicyviolation", (event) => {
                console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
            });
        });
        if (CRYPTO[crypto]) {
            await page.addInitScript(CRYPTO[crypto]);
        }
        page.on("console", (message) => {
            if (!page.expected || !message.text().includes(page.expected)) {
                this.note(`console: ${message.type()}: ${message.text()}`);
            }
        });
        page.on("pageerror", (error) => this.note(`error: ${error.stack}`));
        page.on("dialog", (dialog) => {
            this.note(`dialog: ${dialog.message()}`);
            dialog.dismiss();
        });
        page.on("request", (request) => {
            const own = request.isNavigationRequest() && request.frame() === page.mainFrame();
            if (!own && !/^(data|blob):/.test(request.url())) {
                this.note(`request: ${request.url()}`);
            }
        });
        return page;
    }

    note(what) {
        this.trouble.push(what);
    }
}

const runs = (page) => page.locator("#verdict").getAttribute("data-runs");

// Waits until a verification has finished that had not when `before` was counted.
const settled = (page, before) =>
    page.locator(`#verdict[data-runs]:not([data-runs="${before}"]):not([data-outcome="busy"])`)
        .waitFor({ state: "attached" });

// Does something and waits for the verdict that follows.
export const then = async (page, act) => {
    const before = await runs(page);
    await act();
    await settled(page, before);
};

// Opens the page with a badge behind the `#`: a new tab's address, or another fragment in this one.
const open = async (page, address, fragment) => {
    const target = `${address}#${fragment}`;
    const [here, now] = page.url().split("#");
    if (here === address && now !== undefined && now !== fragment) {
        return then(page, () => page.goto(target, { waitUntil: "commit" }));
    }
    await page.goto("about:blank");
    await page.goto(target);
    return settled(page, "0");
};

export const giveFile = (page, name, buffer) =>
    then(page, () => page.locator("#file").setInputFiles({ name, mimeType: "application/octet-stream", buffer }));

const paste = async (page, text) => {
    await page.locator("#paste").fill(text);
    await then(page, () => page.locator("#check").click());
};

export const compare = async (page, holder) => {
    await page.locator("#holder").fill(holder);
    await then(page, () => page.locator("#compare").click());
};

// Gives a badge in one of the ways: `fragment`, `file` (in base64) or `paste`.
export const give = async (page, address, { how, what }) => {
    if (how === "fragment") {
        return open(page, address, what);
    }
    return how === "paste" ? paste(page, what) : giveFile(page, "badge", Buffer.from(what, "base64"));
};

// What the page says, in the places that it promises.
export const report = (page) =>
    page.evaluate(() => {
        const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? null;
        const by = (name, value) =>
            Object.fromEntries([...document.querySelectorAll(`[data-${name}]`)].map((e) => [e.dataset[name], value(e)]));
        return {
            outcome: document.querySelector("#verdict").dataset.outcome,
            answers: by("answer", (element) => element.dataset.is),
            why: by("answer", (element) => element.querySelector(".why").textContent),
            sentence: text("#sentence"),
            code: document.querySelector("#sentence").dataset.code,
            shown: document.querySelector("#verdict").dataset.shown,
            headline: text("#headline"),
            advice: text("#next"),
            given: text("#given"),
            status: text("#status"),
            holder: text("#holder-name"),
            achievement: text("#achievement"),
            supervision: text("#supervision"),
            figures: by("figure", (element) => element.dataset.value),
        };
    });
