/** What a source file imports and which global names it uses, by TypeScript's own parser. */
import ts from "typescript";
import { read } from "./files.ts";

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Gone at run time: only types are taken. */
  readonly typeOnly: boolean;
}

/** TypeScript, JavaScript and the scripts of .vue files. */
export function parse(path: string): ts.SourceFile {
  const text = read(path);
  const script = path.endsWith(".vue")
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, body]) => body).join("\n")
    : text;
  return ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true);
}

export function importsOf(path: string): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      found.push({ from: path, specifier: specifier.text, typeOnly });
    }
  };
  walk(parse(path), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, onlyTypes(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
  });
  return found;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/** Uses of a name as a value, not as a property, type or declaration; and BigInt literals as `BigInt`. */
export function valuesUsed(path: string): ReadonlySet<string> {
  const names = new Set<string>();
  walk(parse(path), (node) => {
    if (ts.isBigIntLiteral(node)) names.add("BigInt");
    if (!ts.isIdentifier(node)) return;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
    if (ts.isPropertyAssignment(parent) && parent.name === node) return;
    if (ts.isTypeNode(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) return;
    names.add(node.text);
  });
  return names;
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
