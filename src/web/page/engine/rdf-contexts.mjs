// The JSON-LD contexts that badges name, out of the form in which the page carries them (see web/data/contexts.rs).

const COMMON = { "@protected": true, id: "@id", type: "@type" };
const MEMBERS = ["@id", "@type", "@container"];
const known = new WeakMap();

// From the address to what stands under "@context"; members of equal objects stand in equal order.
const unpack = ({ prefixes, shared, contexts }) => {
    const text = (packed, name) => {
        if (packed[0] === "~") return prefixes[packed[1]] + packed.slice(2);
        return packed[0] === "=" ? prefixes[packed[1]] + name : packed;
    };
    const value = (packed, name) => {
        if (Number.isInteger(packed)) return value(shared[packed], name);
        if (typeof packed === "string") return text(packed, name);
        if (packed === null || typeof packed !== "object") return packed;
        const members = Array.isArray(packed)
            ? packed.map((item, at) => [MEMBERS[at], item]).filter(([, item]) => item !== 0)
            : Object.entries(packed).filter(([key]) => key !== "*");
        const own = members.map(([key, item]) => [key, value(item, Array.isArray(packed) ? name : key)]);
        return Object.fromEntries([...("*" in packed ? Object.entries(COMMON) : []), ...own]);
    };
    return new Map(Object.entries(contexts).map(([url, packed]) => [url, value(packed, "")]));
};

export const unpackContexts = (packed) => {
    if (!known.has(packed)) known.set(packed, unpack(packed));
    return known.get(packed);
};
