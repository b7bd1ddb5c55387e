// The sentences of what rdf.mjs refuses; the English ones are the program's own.

export const RDF_TEXTS = {
    en: {
        "rdf-context-missing":
            "the document names no `@context`, so its members have no meaning; it is not a verifiable credential",
        "rdf-context-unknown":
            "the context {url} is not one this program carries, and contexts are never fetched; the badge cannot be checked here",
        "rdf-context-inline": "`@context` entry {number} is no address: a document that defines its own terms is refused",
        "rdf-context-many": "the document names {count} contexts, more than the {most} that are read",
        "rdf-not-object": "the document is not a JSON object",
        "rdf-name":
            'the member name at "{path}" is empty, a JSON-LD keyword, a blank node or holds white space; it would not be signed',
        "rdf-alias":
            'the member name at "{path}" is an address or a class; what has a plain name is refused under a second one',
        "rdf-void": 'the value at "{path}" is {what}, which JSON-LD drops; it would not be signed',
        "rdf-void-null": "null",
        "rdf-void-array": "an empty array",
        "rdf-void-object": "an empty object",
        "rdf-void-nested": "an array in an array",
        "rdf-id": 'the id at "{path}" is not an absolute IRI such as https://… or urn:…; it would not be signed',
        "rdf-type": 'the type at "{path}" is not a name or a list of names; it would not be signed',
        "rdf-jsonld": "the document is not JSON-LD: {why}",
        "rdf-jsonld-protected": "Overriding the protected term {term}",
        "rdf-jsonld-nullified": "Definition of {term} will be overridden even if it's protected",
        "rdf-loss": "JSON-LD drops {lost} of the document's values, so they would not be signed",
        "rdf-loss-named":
            "JSON-LD drops {lost} of the document's values, so they would not be signed; no context of it defines {words}",
        "rdf-surplus":
            "JSON-LD makes {extra} more statements of the document than it has values; its form is not known here",
        "rdf-alike":
            "{count} objects without id look alike, and canonicalising the document would take too long; give them ids or different contents",
        "rdf-tangled": "the document refers to one blank node from several places; such a graph is refused",
    },
    de: {
        "rdf-context-missing":
            "das Dokument nennt keinen `@context`; seine Angaben haben so keine Bedeutung, und es ist kein prüfbarer Nachweis",
        "rdf-context-unknown":
            "der Kontext {url} ist hier nicht bekannt, und Kontexte werden nie nachgeladen; das Abzeichen lässt sich hier nicht prüfen",
        "rdf-context-inline":
            "Eintrag {number} von `@context` ist keine Adresse: ein Dokument, das seine Begriffe selbst festlegt, wird abgelehnt",
        "rdf-context-many": "das Dokument nennt {count} Kontexte, gelesen werden höchstens {most}",
        "rdf-not-object": "das Dokument ist kein JSON-Objekt",
        "rdf-name":
            "der Name bei „{path}“ ist leer, ein Schlüsselwort von JSON-LD, ein namenloser Knoten oder enthält Leerraum; er wäre nicht unterschrieben",
        "rdf-alias":
            "der Name bei „{path}“ ist eine Adresse oder eine Klasse; was einen einfachen Namen hat, wird unter einem zweiten abgelehnt",
        "rdf-void": "der Wert bei „{path}“ ist {what} und fällt in JSON-LD weg; er wäre nicht unterschrieben",
        "rdf-void-null": "null",
        "rdf-void-array": "eine leere Liste",
        "rdf-void-object": "ein leeres Objekt",
        "rdf-void-nested": "eine Liste in einer Liste",
        "rdf-id": "die id bei „{path}“ ist keine vollständige Adresse wie https://… oder urn:…; sie wäre nicht unterschrieben",
        "rdf-type": "der Typ bei „{path}“ ist kein Name und keine Liste von Namen; er wäre nicht unterschrieben",
        "rdf-jsonld": "das Dokument ist kein JSON-LD: {why}",
        "rdf-jsonld-protected": "der geschützte Begriff {term} wird anders festgelegt",
        "rdf-jsonld-nullified": "der geschützte Begriff {term} wird aufgehoben",
        "rdf-loss": "JSON-LD lässt {lost} Werte des Dokuments weg; sie wären nicht unterschrieben",
        "rdf-loss-named":
            "JSON-LD lässt {lost} Werte des Dokuments weg; sie wären nicht unterschrieben; keiner seiner Kontexte kennt {words}",
        "rdf-surplus": "JSON-LD macht {extra} Aussagen mehr, als das Dokument Werte hat; seine Form ist hier nicht bekannt",
        "rdf-alike":
            "{count} Objekte ohne id gleichen einander, und die Prüfung würde zu lange dauern; sie brauchen eine id oder verschiedene Inhalte",
        "rdf-tangled": "das Dokument verweist von mehreren Stellen auf einen namenlosen Knoten; das wird abgelehnt",
    },
};
