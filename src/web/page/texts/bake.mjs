// The sentences of unbake.mjs and status.mjs; the English ones are the program's own.

export const BAKE_TEXTS = {
    en: {
        "bake-picture-large": "the picture has {size} bytes, more than the {most} that are read; ask for "
            + "the badge's .json file",
        "bake-badge-large": "the badge for this picture has {size} bytes, more than the {most} that are "
            + "read; is it really a badge?",
        "bake-other-picture": "this is a {kind} picture, and a badge travels only in PNG and SVG: an app "
            + "that converted it has stripped the badge; ask for the .json file, or scan the picture's code "
            + "with a phone",
        "bake-pdf": "this is a PDF document: the badge's .json file is attached to it if it is a "
            + "certificate; save the attachment with a PDF reader and give that, or scan its code with a "
            + "phone",
        "bake-other-xml": "this is a web page or another XML file, not an SVG picture; ask for the "
            + "badge's .json file",
        "bake-none": "this picture holds no badge: messengers and photo apps strip it; ask for the .json "
            + "file, or scan the picture's code with a phone if it shows one",
        "bake-parts": "the picture has more than {most} parts, which is more than are read; ask for the "
            + "badge's .json file",
        "bake-several": "this picture holds more than one badge; a picture with two readings is refused; "
            + "ask for the .json file",
        "bake-open-badges-2": "this picture holds an Open Badge 2, which is not read here; ask its issuer "
            + "for an Open Badge 3.0",
        "bake-token": "this picture holds its badge as a JSON Web Token, which is not read here; ask its "
            + "issuer for a badge with an embedded proof (a .json file)",
        "bake-compressed": "the badge in this picture is compressed, which Open Badges 3.0 forbids and "
            + "wallets cannot read; ask for the .json file",
        "bake-form": "the badge in this picture is not written as Open Badges 3.0 asks ({what}); ask for "
            + "the .json file",
        "bake-form-kind": "its chunk is not iTXt",
        "bake-form-malformed": "its iTXt chunk is malformed",
        "bake-form-utf-8": "it is not UTF-8",
        "bake-form-element": "its element holds more than a text",
        "bake-incomplete": "the PNG picture is not all there; download or copy it again",
        "bake-checksum": "the PNG picture is damaged: the checksum of its {chunk} chunk is wrong; "
            + "download or copy it again",
        "bake-png": "the PNG picture is damaged: {what}; download or copy it again",
        "bake-png-beginning": "its first bytes were changed, as by a transfer of text",
        "bake-png-name": "a chunk has no name",
        "bake-png-headers": "it has two headers",
        "bake-png-no-header": "it does not begin with its header",
        "bake-png-behind": "something follows its end",
        "bake-xml": "the SVG picture is damaged: it is no well-formed XML ({what}); download or copy it "
            + "again",
        "bake-xml-utf-8": "it is not UTF-8",
        "bake-xml-early": "it ends too early",
        "bake-xml-tag": "a tag is malformed",
        "bake-xml-ampersand": "an & stands alone",
        "bake-xml-outside": "a text stands outside",
        "bake-xml-nothing": "it has no element",
        "bake-xml-crosswise": "an element ends that did not begin",
        "bake-xml-second": "it has a second element outside",
        "bake-xml-deep": "it nests too deep",
        "bake-declarations": "the SVG picture declares entities of its own, so that its text has no one "
            + "reading; ask for the .json file",
        "bake-entity": "the SVG picture uses the entity &{name}; which XML does not know; ask for the "
            + ".json file",
        "status-listed": "in force until {day}; not revoked in its issuer's list of {list}",
        "status-listed-endless": "in force, without an end; not revoked in its issuer's list of {list}",
        "status-revoked": "it was revoked by its issuer, as the list of {list} says",
        "status-suspended": "it is suspended by its issuer, as the list of {list} says",
        "status-missing": "it names the list of revoked badges at {url}; nothing is fetched here, and "
            + "this page does not hold that list: ask the issuer",
        "status-other-issuer": "the list of revoked badges that was given for it is of {issuer}, and only "
            + "that of the badge's own issuer counts: ask the issuer for it",
        "status-future": "the list of revoked badges that was given is of {list}, a day to come",
        "status-ran-out": "the list of revoked badges that was given ran out on {day}: get the newer one "
            + "at {url}",
        "status-outside": "its place {index} lies beyond the end of its issuer's list: ask the issuer",
        "status-unread": "it names a list of revoked badges in a form that is not read here: ask the issuer",
    },
    de: {
        "bake-picture-large": "das Bild hat {size} Byte, gelesen werden höchstens {most}; lassen Sie sich "
            + "die .json-Datei des Abzeichens geben",
        "bake-badge-large": "das Abzeichen in diesem Bild hat {size} Byte, gelesen werden höchstens "
            + "{most}; ist es wirklich ein Abzeichen?",
        "bake-other-picture": "dies ist ein {kind}-Bild, und ein Abzeichen reist nur in PNG und SVG: ein "
            + "Programm, das es umgewandelt hat, hat das Abzeichen entfernt; lassen Sie sich die "
            + ".json-Datei geben, oder scannen Sie den Code des Bildes mit einem Telefon",
        "bake-pdf": "dies ist ein PDF-Dokument: ist es eine Urkunde, so hängt ihm die .json-Datei des "
            + "Abzeichens an; speichern Sie den Anhang mit einem PDF-Programm und geben Sie diesen hier an, "
            + "oder scannen Sie den Code mit einem Telefon",
        "bake-other-xml": "dies ist eine Webseite oder eine andere XML-Datei, kein SVG-Bild; lassen Sie "
            + "sich die .json-Datei des Abzeichens geben",
        "bake-none": "dieses Bild enthält kein Abzeichen: Messenger und Foto-Apps entfernen es; lassen "
            + "Sie sich die .json-Datei geben, oder scannen Sie den Code des Bildes mit einem Telefon, wenn "
            + "es einen zeigt",
        "bake-parts": "das Bild hat mehr als {most} Teile, und so viele werden nicht gelesen; lassen Sie "
            + "sich die .json-Datei des Abzeichens geben",
        "bake-several": "dieses Bild enthält mehr als ein Abzeichen; was sich auf zwei Weisen lesen "
            + "lässt, wird abgelehnt; lassen Sie sich die .json-Datei geben",
        "bake-open-badges-2": "dieses Bild enthält ein Open Badge 2, das hier nicht gelesen wird; bitten "
            + "Sie den Aussteller um ein Open Badge 3.0",
        "bake-token": "dieses Bild enthält das Abzeichen als JSON Web Token, das hier nicht gelesen wird; "
            + "bitten Sie den Aussteller um ein Abzeichen mit eingebetteter Signatur (eine .json-Datei)",
        "bake-compressed": "das Abzeichen in diesem Bild ist komprimiert, was Open Badges 3.0 verbietet "
            + "und Wallets nicht lesen können; lassen Sie sich die .json-Datei geben",
        "bake-form": "das Abzeichen in diesem Bild ist nicht so eingebettet, wie Open Badges 3.0 es "
            + "verlangt ({what}); lassen Sie sich die .json-Datei geben",
        "bake-form-kind": "sein Abschnitt ist kein iTXt",
        "bake-form-malformed": "sein iTXt-Abschnitt ist fehlerhaft",
        "bake-form-utf-8": "es ist kein UTF-8",
        "bake-form-element": "sein Element enthält mehr als einen Text",
        "bake-incomplete": "das PNG-Bild ist nicht vollständig; laden oder kopieren Sie es noch einmal",
        "bake-checksum": "das PNG-Bild ist beschädigt: die Prüfsumme seines Abschnitts {chunk} stimmt "
            + "nicht; laden oder kopieren Sie es noch einmal",
        "bake-png": "das PNG-Bild ist beschädigt: {what}; laden oder kopieren Sie es noch einmal",
        "bake-png-beginning": "seine ersten Bytes wurden verändert, wie bei einer Übertragung als Text",
        "bake-png-name": "ein Abschnitt hat keinen Namen",
        "bake-png-headers": "es hat zwei Kopfzeilen",
        "bake-png-no-header": "es beginnt nicht mit seiner Kopfzeile",
        "bake-png-behind": "hinter seinem Ende steht noch etwas",
        "bake-xml": "das SVG-Bild ist beschädigt: es ist kein wohlgeformtes XML ({what}); laden oder "
            + "kopieren Sie es noch einmal",
        "bake-xml-utf-8": "es ist kein UTF-8",
        "bake-xml-early": "es endet zu früh",
        "bake-xml-tag": "ein Tag ist fehlerhaft",
        "bake-xml-ampersand": "ein & steht allein",
        "bake-xml-outside": "ein Text steht außerhalb",
        "bake-xml-nothing": "es hat kein Element",
        "bake-xml-crosswise": "ein Element endet, das nicht begonnen hat",
        "bake-xml-second": "es hat ein zweites Element außerhalb",
        "bake-xml-deep": "es ist zu tief verschachtelt",
        "bake-declarations": "das SVG-Bild legt eigene Entitäten fest, so dass sein Text nicht eindeutig "
            + "ist; lassen Sie sich die .json-Datei geben",
        "bake-entity": "das SVG-Bild verwendet die Entität &{name};, die XML nicht kennt; lassen Sie sich "
            + "die .json-Datei geben",
        "status-listed": "in Kraft bis {day}; in der Widerrufsliste des Ausstellers vom {list} nicht "
            + "aufgeführt",
        "status-listed-endless": "in Kraft, ohne Ende; in der Widerrufsliste des Ausstellers vom {list} "
            + "nicht aufgeführt",
        "status-revoked": "es wurde von seinem Aussteller widerrufen, wie die Liste vom {list} sagt",
        "status-suspended": "es ist von seinem Aussteller ausgesetzt, wie die Liste vom {list} sagt",
        "status-missing": "es nennt die Widerrufsliste unter {url}; hier wird nichts nachgeladen, und "
            + "diese Seite enthält die Liste nicht: fragen Sie den Aussteller",
        "status-other-issuer": "die vorliegende Widerrufsliste ist von {issuer}, und es gilt nur die des "
            + "Ausstellers selbst: fragen Sie ihn danach",
        "status-future": "die vorliegende Widerrufsliste ist vom {list}, einem künftigen Tag",
        "status-ran-out": "die vorliegende Widerrufsliste galt bis {day}: die neuere gibt es unter {url}",
        "status-outside": "sein Platz {index} liegt hinter dem Ende der Widerrufsliste: fragen Sie den "
            + "Aussteller",
        "status-unread": "es nennt eine Widerrufsliste in einer Form, die hier nicht gelesen wird: fragen "
            + "Sie den Aussteller",
    },
};
