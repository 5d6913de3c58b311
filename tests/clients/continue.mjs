// Reads configurations with Continue's own reader: a list of texts comes in as JSON, what it made of each goes out.
import { readFileSync } from "node:fs";
import { fillTemplateVariables, getTemplateVariables, parseConfigYaml } from "@continuedev/config-yaml";

const read = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  try {
    const variables = getTemplateVariables(text);
    const filled = fillTemplateVariables(text, Object.fromEntries(variables.map((name) => [name, `value-of-${name}`])));
    return { variables, config: parseConfigYaml(filled) };
  } catch (error) {
    return { error: String(error) };
  }
});
process.stdout.write(JSON.stringify(read));
