// Unpacks the page's script and runs it. The page's policy names the script's digest: nothing else would run.
(async () => {
    "use strict";
    const byId = (id) => document.getElementById(id);
    byId("unable").hidden = true;
    try {
        const packed = Uint8Array.from(atob(byId("packed").textContent), (letter) => letter.charCodeAt(0));
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
        const text = await new Response(stream).text();
        const policy = globalThis.trustedTypes?.createPolicy("typeproof", { createScript: (same) => same });
        const script = document.createElement("script");
        script.textContent = policy ? policy.createScript(text) : text;
        document.body.append(script);
    } catch {
        byId("unable").hidden = false;
    }
})();
