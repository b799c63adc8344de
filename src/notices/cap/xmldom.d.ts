/**
 * What is used of @xmldom/xmldom. Its own declarations bring all of a browser's names into the check of a program that has no
 * window: `document`, `name`, `location` would be taken for granted everywhere. They belong to the package, not to this file of it.
 */
declare module "@xmldom/xmldom/lib/index.js" {
  /** Of a node, whatever it is. */
  interface Node {
    /** 1: an element, 3: text, 4: CDATA. */
    readonly nodeType: number;
    readonly nodeName: string;
    readonly nodeValue: string | null;
    readonly parentNode: Node | null;
    readonly firstChild: Node | null;
    readonly nextSibling: Node | null;
  }

  interface Element extends Node {
    readonly localName: string | null;
    readonly namespaceURI: string | null;
    /** With a locator. */
    readonly lineNumber?: number;
    hasAttribute(name: string): boolean;
    getAttribute(name: string): string | null;
    getElementsByTagNameNS(namespace: string, name: string): ArrayLike<Element>;
  }

  interface Document extends Node {
    /** null: it is empty. */
    readonly documentElement: Element | null;
    getElementsByTagNameNS(namespace: string, name: string): ArrayLike<Element>;
  }

  type Complain = (message: string) => void;

  class DOMParser {
    constructor(options: {
      readonly locator?: object;
      readonly errorHandler?:
        | ((level: string, message: unknown) => void)
        | { readonly warning: Complain; readonly error: Complain; readonly fatalError: Complain };
    });
    parseFromString(source: string, mimeType: string): Document;
  }
}
