// Whether everybody can use the page: screen readers, keyboards, small and large windows, paper, two languages. Reads
// {"chromium", "shots": folder, "site", "missing", "hosted", "now", "states": {name: {"how", "what", "outcome"?}}, "saved": text,
// "at_home": the file of a page, "addresses": [[where that is shown, how that is found]], "planted": file in base64} from
// standard input; writes {"failed": {check: why}, "trouble": [..]}.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

import { Visitor, compare, give, giveFile, launch, report, then } from "./browser.mjs";

const input = JSON.parse(await text(process.stdin));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["light", "dark"];
const WIDTHS = [360, 1280];
const LANGUAGES = ["en", "de"];

// A tab on the page, with what makes a state given to it.
const tabIn = async (visitor, state, settings = {}) => {
    const page = await visitor.tab({ locale: "en-GB", ...settings });
    await page.clock.setFixedTime(input.now);
    await page.goto(input.site);
    const given = input.states[state];
    if (given) {
        await give(page, input.site, given);
    }
    assert.equal((await report(page)).outcome, given?.outcome ?? state);
    return page;
};

// Colours in which green prevails, of anything that is seen.
const greens = (page) =>
    page.evaluate(() => {
        const green = (colour) => {
            const [r, g, b, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
            return colour.startsWith("rgb") && alpha > 0 && g > r + 24 && g > b + 24;
        };
        const properties = ["color", "backgroundColor", "borderTopColor", "borderLeftColor", "fill", "stroke"];
        const seen = [...document.querySelectorAll("body, body *")].filter((element) => element.checkVisibility());
        return seen.flatMap((element) => {
            const style = getComputedStyle(element);
            const found = properties.filter((name) => green(style[name]));
            return found.map((name) => `${element.tagName} ${name} ${style[name]}`);
        });
    });

const inspect = async (page, what) => {
    const { violations, overflow } = await page.evaluate(async () => ({
        violations: (await axe.run(document, { resultTypes: ["violations"] })).violations,
        overflow: document.documentElement.scrollWidth - innerWidth,
    }));
    const said = violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target} ${node.any[0]?.message ?? node.failureSummary}`));
    assert.deepEqual(said, [], `${what}: axe-core`);
    assert.ok(overflow <= 0, `${what}: ${overflow} pixels too wide`);
};

const accessible = async (visitor, state) => {
    const page = await tabIn(visitor, state);
    await page.evaluate(AXE);
    for (const lang of LANGUAGES) {
        await page.locator(`#lang-${lang}`).click();
        assert.equal(await page.locator("html").getAttribute("lang"), lang);
        for (const [colorScheme, width] of THEMES.flatMap((theme) => WIDTHS.map((width) => [theme, width]))) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
            const what = `${state}-${lang}-${colorScheme}-${width}`;
            await page.screenshot({ path: `${input.shots}/${what}.png`, fullPage: true });
            await inspect(page, what);
            if (state !== "valid") {
                assert.deepEqual(await greens(page), [], `${what}: green is for a badge that somebody answers for`);
            }
        }
    }
};

// Everything that can be used is reached with Tab, in the order of the page, and is seen to have the focus.
const byTab = async (visitor, state) => {
    const page = await tabIn(visitor, state);
    const wanted = await page.evaluate(() => {
        const usable = "a[href], button, input, textarea, select, summary";
        const all = [...document.querySelectorAll(usable)].filter((one) => one.checkVisibility() && !one.disabled);
        all.forEach((one, n) => { one.dataset.tested = n; });
        document.activeElement?.blur();
        getSelection().removeAllRanges();
        return all.map((one) => one.id || one.tagName);
    });
    await page.evaluate(() => document.body.focus());
    await page.locator("body").click({ position: { x: 1, y: 1 } });
    const reached = [];
    for (let n = 0; n < wanted.length; n += 1) {
        await page.keyboard.press("Tab");
        reached.push(await page.evaluate(() => {
            const one = document.activeElement;
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
            const seen = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
            return `${one.id || one.tagName}${seen ? "" : " (its focus is not seen)"}`;
        }));
    }
    assert.deepEqual(reached, wanted);
};

const checks = {
    ...Object.fromEntries(["idle", ...Object.keys(input.states)].flatMap((state) => [
        [`everybody can read it: ${state}`, (visitor) => accessible(visitor, state)],
        [`Tab reaches everything: ${state}`, (visitor) => byTab(visitor, state)],
    ])),

    "everybody can read a hosted badge's page, which asks for its picture and nothing else": async () => {
        const context = await browser.newContext({ locale: "en-GB" });
        const page = await context.newPage();
        const [asked, said] = [[], []];
        page.on("request", (request) => asked.push(request.url()));
        page.on("console", (message) => said.push(message.text()));
        await page.goto(input.hosted);
        await page.evaluate(AXE);
        for (const [colorScheme, width] of THEMES.flatMap((theme) => WIDTHS.map((width) => [theme, width]))) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
            const what = `hosted-${colorScheme}-${width}`;
            await page.screenshot({ path: `${input.shots}/${what}.png`, fullPage: true });
            await inspect(page, what);
            assert.deepEqual(await greens(page), [], `${what}: green is for a valid badge alone`);
        }
        // As an icon the picture is asked for again.
        assert.deepEqual([...new Set(asked)], [input.hosted, input.hosted.replace(/html$/, "png")]);
        assert.deepEqual(said, []);
        assert.ok(await page.locator("img").evaluate((img) => img.complete && img.naturalWidth > 0), "the picture");
    },

    "a keyboard alone gives a badge, compares a name and saves the file": async (visitor) => {
        const page = await tabIn(visitor, "idle");
        await page.locator("#paste").focus();
        await page.keyboard.insertText(input.states.valid.what);
        await then(page, async () => {
            await page.keyboard.press("Tab");
            await page.keyboard.press("Enter");
        });
        assert.equal((await report(page)).outcome, "valid");
        assert.equal(await page.evaluate(() => document.activeElement.id), "headline", "the verdict has the focus");
        await page.locator("#holder").focus();
        await page.keyboard.insertText("Maria Lindqvist");
        await then(page, () => page.keyboard.press("Enter"));
        assert.equal((await report(page)).answers.holder, "yes");
        await page.locator("#holder").fill("Somebody Else");
        await then(page, () => page.keyboard.press("Enter"));
        const other = await report(page);
        assert.deepEqual([other.outcome, other.shown], ["refused", "mismatch"]);
        assert.match(other.advice, /^The badge itself: .* vouches for it/);
        await page.locator("#download").focus();
        const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
        assert.match(download.suggestedFilename(), /^[a-z0-9-]+\.json$/);
    },

    "what is saved is the program's file, byte for byte": async (visitor) => {
        const page = await tabIn(visitor, "valid");
        const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
        assert.equal(readFileSync(await download.path(), "utf8"), input.saved);
    },

    "a file can be dropped": async (visitor) => {
        const page = await tabIn(visitor, "idle");
        const dataTransfer = await page.evaluateHandle((json) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([json], "badge.json", { type: "application/json" }));
            return transfer;
        }, input.saved);
        await then(page, async () => {
            await page.dispatchEvent("body", "dragover", { dataTransfer });
            await page.dispatchEvent("body", "drop", { dataTransfer });
        });
        assert.equal((await report(page)).outcome, "valid");
    },

    "of two files, which one is checked is said": async (visitor) => {
        const page = await tabIn(visitor, "refused");
        const dataTransfer = await page.evaluateHandle((json) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([json], "“first”.json"));
            transfer.items.add(new File(["hello"], "second.json"));
            return transfer;
        }, input.saved);
        await then(page, () => page.dispatchEvent("body", "drop", { dataTransfer }));
        const said = await report(page);
        assert.deepEqual([said.outcome, said.given], ["valid", "Of 2 files, only one is checked: “first.json”"]);
    },

    "an older file that is read late changes nothing, nor does a verdict stay while one is read": async (visitor) => {
        const page = await visitor.tab({ locale: "en-GB" });
        await page.addInitScript(() => {
            const native = Blob.prototype.arrayBuffer;
            globalThis.slow = [];
            Blob.prototype.arrayBuffer = async function () {
                const bytes = await native.call(this);
                if (bytes.byteLength > 1000) {
                    await new Promise((resolve) => globalThis.slow.push(resolve));
                }
                return bytes;
            };
        });
        await page.clock.setFixedTime(input.now);
        await page.goto(input.site);
        await giveFile(page, "note.txt", Buffer.from("hello"));
        const badge = { name: "badge.json", mimeType: "application/json", buffer: Buffer.from(input.saved) };
        await page.locator("#file").setInputFiles(badge);
        await page.waitForFunction(() => globalThis.slow.length === 1);
        const busy = await report(page);
        assert.deepEqual([busy.outcome, busy.given, busy.status], ["busy", "File: “badge.json”", "Checking …"]);
        assert.equal(await page.locator("#answers").isVisible(), false);
        await giveFile(page, "second.txt", Buffer.from("hello"));
        await page.evaluate(async () => {
            globalThis.slow[0]();
            await new Promise((resolve) => setTimeout(resolve, 400));
        });
        const said = await report(page);
        assert.deepEqual([said.shown, said.given], ["nothing", "File: “second.txt”"]);
        assert.equal(await page.locator("#file").inputValue(), "");
    },

    "what is no badge is not called a bad one": async (visitor) => {
        const page = await tabIn(visitor, "idle");
        const png = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0", "latin1");
        const given = ["hello", "", "{", "{}", "[]", "https://example.org/", png, Buffer.from([0xff, 0xfe, 0]), "%PDF-1.7"];
        for (const what of given) {
            await giveFile(page, "note.txt", Buffer.from(what));
            const said = await report(page);
            assert.equal(said.shown, "nothing", `${what}: ${said.sentence}`);
            assert.match(said.headline, /^No badge found in this/);
            assert.equal(await page.locator("#answers, #record").filter({ visible: true }).count(), 0);
        }
        await page.screenshot({ path: `${input.shots}/nothing.png`, fullPage: true });
        await give(page, input.site, { how: "paste", what: "  " });
        assert.equal((await report(page)).headline, "Nothing was entered");
        await page.locator("#lang-de").click();
        const german = await report(page);
        assert.deepEqual([german.headline, german.status], Array(2).fill("Es wurde nichts eingegeben"));
    },

    "an altered badge is refused in plain words": async (visitor) => {
        const page = await tabIn(visitor, "refused");
        const said = await report(page);
        assert.match(said.headline, /changed after it was signed, or not signed by whom it names/);
        assert.equal(await page.locator("#photo").textContent(), "");
        assert.deepEqual(await page.locator("#answers .instead").allTextContents(),
            Array(4).fill("Not checked, since it was changed."));
        assert.match(said.why.issuer, /could not be read/);
    },

    "no badge leaves the page without an answer": async (visitor) => {
        const page = await tabIn(visitor, "valid");
        for (const file of input.odd) {
            await giveFile(page, "odd.json", Buffer.from(file, "base64"));
            const said = await report(page);
            assert.deepEqual([said.outcome, said.answers.integrity], ["unproven", "yes"], said.sentence);
            assert.ok(await page.locator("#record").isVisible());
            assert.doesNotMatch(await page.locator("#record").textContent(), /NaN|Invalid/);
        }
        assert.match(await page.locator("#figures th", { hasText: "Net speed, RUBBISH (" }).textContent(), /rules\)$/);
        await page.evaluate(() => { Element.prototype.after = () => { throw new Error("harm"); }; });
        await page.locator("#lang-de").click();
        const failed = await report(page);
        assert.equal(failed.outcome, "cannot-tell");
        assert.match(failed.headline, /harm/);
        assert.ok(await page.locator("#unable").isVisible());
        assert.equal(await page.locator("#record").isVisible(), false);
    },

    "German has a comma in its figures, and names the language of what is not German": async (visitor) => {
        const page = await tabIn(visitor, "valid");
        await page.locator("#lang-de").click();
        const seen = await page.locator("[data-figure]").evaluateAll((all) =>
            all.map((one) => [one.textContent, one.dataset.value]));
        assert.ok(seen.some(([text]) => /^\d+,\d+$/.test(text)), String(seen));
        const oneDecimal = seen.map(([, value]) => value.replace(/(\.\d)\d$/, "$1"));
        assert.deepEqual(seen.map(([text]) => text.replace(",", ".")), oneDecimal);
        assert.match(await page.locator("#criteria-title").textContent(), /Original: Englisch/);
        assert.match((await report(page)).status, /^Gültig/);
    },

    "nothing moves for those who asked for that": async (visitor) => {
        const page = await tabIn(visitor, "valid", { reducedMotion: "reduce" });
        const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
            const { animationName, transitionDuration } = getComputedStyle(element);
            return animationName !== "none" || !/^(0s(, )?)+$/.test(transitionDuration);
        }).map((element) => element.outerHTML.slice(0, 80)));
        assert.deepEqual(moving, []);
    },

    "printed, it is one page": async (visitor) => {
        for (const state of ["valid", "refused", "unproven"]) {
            const page = await tabIn(visitor, state);
            for (const format of ["A4", "Letter"]) {
                const pdf = await page.pdf({ format, path: `${input.shots}/${state}-${format}.pdf` });
                const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
                assert.equal(pages, 1, `${state} on ${format}`);
            }
        }
    },

    "the address says the language, or else the browser": async (visitor) => {
        const wishes = [["en-GB", "", "en"], ["de-AT", "", "de"], ["de-AT", "?lang=en", "en"],
            ["fr-FR", "?lang=de", "de"], ["fr-FR", "", "en"]];
        for (const [locale, query, lang] of wishes) {
            const page = await visitor.tab({ locale });
            await page.goto(`${input.site}${query}`);
            assert.equal(await page.locator("html").getAttribute("lang"), lang, `${locale} ${query}`);
        }
    },

    "an address mangled by a mail program still opens the badge": async (visitor) => {
        for (const mark of ["%23", "%2523"]) {
            const page = await visitor.tab({ locale: "en-GB" });
            await page.clock.setFixedTime(input.now);
            page.expected = "status of 404";
            await page.goto(`${input.missing}${mark}${input.states.valid.what}`);
            await page.locator("#verdict[data-outcome=valid]").waitFor({ timeout: 10_000 });
        }
    },

    "no badge at the address of a hosted one: the page says so": async (visitor) => {
        const page = await visitor.tab({ locale: "en-GB" });
        page.expected = "status of 404";
        const address = new URL("b/5a3f1c2e-0b7d-4e11-9c55-0123456789ab.html", input.site).href;
        await page.goto(address);
        await page.screenshot({ path: `${input.shots}/gone.png` });
        assert.match((await report(page)).headline, /No badge is here/);
        await give(page, address, { ...input.states.valid, how: "paste" });
        assert.equal((await report(page)).outcome, "valid");
    },

    "a page whose script fails says what to do instead": async () => {
        const broken = [
            () => { globalThis.DecompressionStream = undefined; },
            () => { globalThis.URLSearchParams = undefined; },
            () => { Object.defineProperty(navigator, "languages", { value: null }); },
            () => { Element.prototype.replaceChildren = undefined; },
            () => { TextDecoder.prototype.decode = undefined; Intl.DateTimeFormat = undefined; },
        ];
        for (const harm of broken) {
            const page = await new Visitor(browser).tab({ locale: "en-GB" });
            await page.addInitScript(harm);
            await page.goto(`${input.site}#${input.states.valid.what}`);
            await page.locator("#unable").waitFor({ timeout: 10_000 })
                .catch(() => { throw new Error(`nothing is said after ${harm}`); });
            assert.notEqual((await report(page)).outcome, "valid");
        }
    },

    "whose page it is depends on host and folder": async (visitor) => {
        const html = readFileSync(new URL(input.at_home), "utf8");
        const page = await visitor.tab({ locale: "en-GB" });
        await page.clock.setFixedTime(input.now);
        await page.route(/^https:/, (route) => route.fulfill({ body: html, contentType: "text/html" }));
        for (const [address, where] of input.addresses) {
            await page.goto("about:blank");
            await page.goto(address);
            await give(page, address, { how: "file", what: Buffer.from(input.saved).toString("base64") });
            assert.equal((await report(page)).outcome, "valid");
            assert.equal(await page.locator("#where").getAttribute("data-where"), where, address);
            await page.screenshot({ path: `${input.shots}/where-${where}.png`, fullPage: true });
        }
    },

    "markup in a badge is shown as text": async (visitor) => {
        const page = await tabIn(visitor, "idle");
        const active = () => page.locator("script, img, iframe, style, link").count();
        const before = await active();
        await give(page, input.site, { how: "file", what: input.planted });
        await compare(page, "<img src=x onerror=alert(1)>");
        const said = await report(page);
        assert.deepEqual([await active(), await page.evaluate(() => globalThis.planted)], [before, undefined]);
        assert.equal(said.answers.integrity, "yes", said.sentence);
        for (const place of ["holder", "achievement"]) {
            assert.match(said[place], /<script>globalThis.planted/, place);
        }
    },
};

const browser = await launch(input.chromium);
const visitor = new Visitor(browser);
const failed = {};
const waiting = Object.entries(checks);
const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [name, check] = next;
        await check(visitor).catch((error) => { failed[name] = error.message; });
    }
};
await Promise.all([work(), work(), work()]);
await browser.close();
process.stdout.write(JSON.stringify({ failed, trouble: visitor.trouble }));
