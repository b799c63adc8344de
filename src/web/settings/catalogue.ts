/** The catalogue's tree as it is being changed: nothing counts before it is saved. Needs no browser. */
import type { Catalogue, CatalogueNode } from "../../notices/catalogue-types.ts";

export interface FlatNode {
  readonly node: CatalogueNode;
  /** 0: at the top. */
  readonly depth: number;
}

/** Four levels, as the document has them. */
export const deepest = 3;

/** Parents before their children. */
export const flat = (nodes: readonly CatalogueNode[], depth = 0): readonly FlatNode[] =>
  nodes.flatMap((node) => [{ node, depth }, ...flat(node.children ?? [], depth + 1)]);

export const isCode = (text: string): boolean => /^[A-Z0-9]{1,18}$/.test(text);

const hasCode = ({ nodes, other }: Catalogue, code: string): boolean =>
  other.code === code || flat(nodes).some(({ node }) => node.code === code);

/** Behind the others of `parent`; null: at the top. Its code must be new: two classes would share one row of numbers. */
export function withNode(catalogue: Catalogue, parent: string | null, node: CatalogueNode): Catalogue | null {
  if (hasCode(catalogue, node.code)) return null;
  if (parent === null) return { ...catalogue, nodes: [...catalogue.nodes, node] };
  return mapped(catalogue, parent, (over) => [{ ...over, children: [...(over.children ?? []), node] }]);
}

/** With another name, categories and so on; its code and what is below it stay. */
export const changed = (catalogue: Catalogue, { code, ...rest }: Omit<CatalogueNode, "children">): Catalogue =>
  mapped(catalogue, code, ({ children }) => [{ code, ...rest, ...(children && { children }) }]);

/** Numbers that were given in it stay. What still has classes below it is not taken out. */
export const without = (catalogue: Catalogue, code: string): Catalogue =>
  mapped(catalogue, code, (node) => ((node.children ?? []).length > 0 ? [node] : []));

function mapped(
  catalogue: Catalogue,
  code: string,
  change: (node: CatalogueNode) => readonly CatalogueNode[],
): Catalogue {
  const below = (nodes: readonly CatalogueNode[]): readonly CatalogueNode[] =>
    nodes.flatMap((node) => {
      if (node.code === code) return change(node);
      if (node.children === undefined) return [node];
      const { children, ...rest } = node;
      const left = below(children);
      return [left.length > 0 ? { ...rest, children: left } : rest];
    });
  return { ...catalogue, nodes: below(catalogue.nodes) };
}

export interface CatalogueChange {
  readonly code: string;
  readonly name: string;
  readonly what: "added" | "changed" | "removed";
}

export function changesBetween(before: Catalogue, after: Catalogue): readonly CatalogueChange[] {
  const own = ({ children: _, ...node }: CatalogueNode) => JSON.stringify(node, Object.keys(node).sort());
  const [old, now] = [before, after].map(({ nodes }) => new Map(flat(nodes).map(({ node }) => [node.code, node])));
  const changes: CatalogueChange[] = [];
  for (const [code, node] of now ?? []) {
    const was = old?.get(code);
    if (was === undefined) changes.push({ code, name: node.name, what: "added" });
    else if (own(was) !== own(node)) changes.push({ code, name: node.name, what: "changed" });
  }
  for (const [code, { name }] of old ?? []) if (!now?.has(code)) changes.push({ code, name, what: "removed" });
  return changes;
}

/** Words as people part them: by commas of either kind, spaces, or a line each. */
export const listOf = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,\uff0c\u3001;\uff1b]+/).filter((word) => word !== "")),
];
