// What a visitor gives: the address that was opened, a file, a text.

import { byId } from "./dom.mjs";

// How # arrives where a mail program escaped it, once or twice; the page answers as 404.html then.
const ESCAPED = /%(?:25)?23([^?&#]*)/;

// More than the largest badge file that is read: what is cut off here is refused as too large.
const FILE_MAX = 16 * 1024 * 1024;

// The badge in the page's own address, or null.
export const givenInAddress = () => {
    const { hash, pathname, search } = location;
    const text = hash.length > 1 ? hash : ESCAPED.exec(pathname + search)?.[1];
    return text ? { kind: "token", text } : null;
};

// Whether this is the address of a hosted badge; the page answers there when there is none.
export const isHostedAddress = () => /\/b\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.html$/.test(location.pathname);

const readText = (text) => ({ kind: "file", bytes: new TextEncoder().encode(text), isEmpty: text === "" });

// A file that cannot be read counts as empty.
const readBytes = async (file) => {
    const bytes = await file.slice(0, FILE_MAX).arrayBuffer().catch(() => []);
    return { kind: "file", bytes: new Uint8Array(bytes) };
};

// Calls `take` with whatever is chosen, dropped, entered or opened, at once: with what reads it, and for files with
// the name of the first and how many there are. Null where there is no badge any more.
export const listen = (take) => {
    const takeFiles = ([file, ...more]) =>
        take({ read: () => readBytes(file), name: file.name, count: more.length + 1 });
    const takeText = (text) => take({ read: () => readText(text.trim()) });
    byId("file").addEventListener("change", ({ target: { files } }) => files.length && takeFiles(files));
    byId("paste-form").addEventListener("submit", (event) => {
        event.preventDefault();
        takeText(byId("paste").value);
    });
    for (const kind of ["dragover", "dragleave", "drop"]) {
        document.addEventListener(kind, (event) => {
            event.preventDefault();
            document.body.classList.toggle("dragging", kind === "dragover");
        });
    }
    document.addEventListener("drop", ({ dataTransfer }) => {
        const { files } = dataTransfer;
        files.length ? takeFiles(files) : takeText(dataTransfer.getData("text"));
    });
    const takeAddress = () => {
        const given = givenInAddress();
        take(given && { read: () => given });
    };
    window.addEventListener("hashchange", takeAddress);
    if (givenInAddress()) {
        takeAddress();
    }
};
