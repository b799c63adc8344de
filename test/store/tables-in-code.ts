/** The tables that src/store/sqlite/tables.ts declares, wherever from, by name, each with its columns by name. */
import { fileURLToPath } from "node:url";
import ts from "typescript";

const file = fileURLToPath(new URL("../../src/store/sqlite/tables.ts", import.meta.url));

export function tablesInCode(): [table: string, columns: readonly string[]][] {
  const options = { allowImportingTsExtensions: true, noEmit: true, noLib: true, types: [] };
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const tables = source?.statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "Tables");
  if (!tables) throw new Error(`${file} has no interface Tables`);
  const byName = (one: string, other: string) => (one < other ? -1 : 1);
  return checker
    .getTypeAtLocation(tables)
    .getProperties()
    .map((table): [string, string[]] => {
      const columns = checker.getTypeOfSymbolAtLocation(table, tables).getProperties();
      return [table.name, columns.map(({ name }) => name).sort(byName)];
    })
    .sort(([one], [other]) => byName(one, other));
}
