// Unpacks the page's script and runs it. The page's policy names the script's digest: nothing else would run.
(async () => {
    "use strict";
    const byId = (id) => document.getElementById(id);
    const able = (whether) => { byId("unable").hidden = whether; };
    able(true);
    for (const failure of ["error", "unhandledrejection"]) {
        addEventListener(failure, () => able(false));
    }
    try {
        const packed = Uint8Array.from(atob(byId("packed").textContent), (letter) => letter.charCodeAt(0));
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
        const text = await new Response(stream).text();
        const policy = globalThis.trustedTypes?.createPolicy("typeproof", { createScript: (same) => same });
        const script = document.createElement("script");
        script.textContent = policy ? policy.createScript(text) : text;
        document.body.append(script);
        // The script's last act is to say that it has started.
        able("started" in byId("verdict").dataset);
    } catch {
        able(false);
    }
})();
