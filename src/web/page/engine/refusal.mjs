// Why a badge is believed or not, as a code with parameters, of which a table of texts makes a sentence.

// A reason: { code, … }. A parameter is a text, a number, or a reason again, which becomes a sentence within the sentence.
export const reason = (code, params = {}) => ({ code, ...params });

// Thrown by whatever refuses. `open` where the answer is not "no" but "it cannot be said".
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

export const refuseOpen = (code, params) => {
    throw new Refusal(code, params, true);
};
