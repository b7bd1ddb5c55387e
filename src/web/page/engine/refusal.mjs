// Why a badge is not believed, as a code with parameters; and the sentence that a table of texts makes of it.

// A reason: { code, … }. A parameter is a text, a number, or a reason again, which becomes a sentence within the sentence.
export const reason = (code, params = {}) => ({ code, ...params });

// Thrown by whatever refuses. `open` where the answer is not "no" but "nothing can be told".
export class Refusal extends Error {
    constructor(code, params = {}, open = false) {
        super(code);
        this.why = reason(code, params);
        this.open = open;
    }
}

export const refuse = (code, params) => {
    throw new Refusal(code, params);
};

// The sentence of a reason; `texts` maps codes to sentences with {holes}. What fills a hole is not looked into again.
export const phrase = (texts, { code, ...params }) => {
    const word = (value) => (value?.code ? phrase(texts, value) : String(value ?? ""));
    return (texts[code] ?? code).replace(/\{(\w+)\}/g, (_, name) => word(params[name]));
};

// The closing sentence of a report.
export const closing = (texts, { lead, why }) => {
    const sentence = phrase(texts, { code: `lead-${lead}`, why });
    return sentence.endsWith("?") ? sentence : `${sentence}.`;
};
