// Parses programs as modules and runs each with its imports replaced by listeners: a list of texts comes in as JSON,
// what each asked for goes out. Needs --experimental-vm-modules.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const heard = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const seen = { imports: [] };
  try {
    const context = vm.createContext({ console: { log() {} }, process: { env: { ...process.env }, stdout: { write() {} } } });
    const module = new vm.SourceTextModule(text, { context });
    await module.link((name) => {
      seen.imports.push(name);
      const provide = (options) => { seen.options = options; return (id) => id; };
      const ask = (request) => { seen.request = request; return { text: "", textStream: [] }; };
      const exported = {
        createMistral: provide, createDeepSeek: provide, createOpenAICompatible: provide, generateText: ask, streamText: ask,
      };
      return new vm.SyntheticModule(Object.keys(exported), function fill() {
        for (const [key, value] of Object.entries(exported)) this.setExport(key, value);
      }, { context });
    });
    await module.evaluate();
    heard.push(seen);
  } catch (error) {
    heard.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(heard));
