// The sentence of a reason by one table of texts. A code without text, or a hole without value, is a mistake.

export const phrase = (texts, { code, ...params }) => {
    if (texts[code] === undefined) throw new Error(`no text for ${code}`);
    return texts[code].replace(/\{(\w+)\}/g, (_, name) => {
        const value = params[name];
        if (value === undefined) throw new Error(`${code} has no ${name}`);
        return value?.code ? phrase(texts, value) : String(value);
    });
};
