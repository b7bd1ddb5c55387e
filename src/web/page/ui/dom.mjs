// The few ways in which the page touches its document, in the language it is in: text only, never markup.

import { say } from "../texts/say.mjs";

export const byId = (id) => document.getElementById(id);

// The language of the page is the document's own.
export const language = () => document.documentElement.lang;

// A text of the page by its code.
export const told = (code, parameters) => say({ ...parameters, code }, language());

// A new element with attributes and children; a text among the children stays text.
export const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
};

export const write = (id, text) => {
    byId(id).textContent = text;
};
