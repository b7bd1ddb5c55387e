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

const givenText = (text) => ({ kind: "file", bytes: new TextEncoder().encode(text.trim()) });

// Calls `take` with whatever is chosen, dropped or entered; a file that cannot be read counts as empty.
export const listen = (take) => {
    const takeFile = async (file) => {
        const bytes = await file.slice(0, FILE_MAX).arrayBuffer().catch(() => []);
        take({ kind: "file", bytes: new Uint8Array(bytes) });
    };
    byId("file").addEventListener("change", ({ target: { files: [file] } }) => file && takeFile(file));
    byId("paste-form").addEventListener("submit", (event) => {
        event.preventDefault();
        take(givenText(byId("paste").value));
    });
    for (const kind of ["dragover", "dragleave", "drop"]) {
        document.addEventListener(kind, (event) => {
            event.preventDefault();
            document.body.classList.toggle("dragging", kind === "dragover");
        });
    }
    document.addEventListener("drop", ({ dataTransfer }) => {
        const [file] = dataTransfer.files;
        file ? takeFile(file) : take(givenText(dataTransfer.getData("text")));
    });
    window.addEventListener("hashchange", () => take(givenInAddress()));
};
