// Which model ids a pasted error speaks of, and what each means on the day of the tables. Pure: no page, no network.

// The ids that the paste speaks of: what it calls a model, and every word that is a known id.
export function idsIn(facts, tables) {
  const found = new Set([...facts.models].filter((id) => /^[\w][\w.:/-]{1,99}$/.test(id)));
  for (const table of Object.values(tables.providers)) {
    for (const [id, model] of Object.entries(table.models)) {
      for (const name of [id, ...model.aliases]) if (facts.words.has(name.toLowerCase())) found.add(name);
    }
  }
  // An id with a library's prefix stands for the one without it.
  const prefixed = new Set([...found].filter((id) => id.includes("/")).map((id) => id.split("/").at(-1)));
  return [...found].filter((id) => !prefixed.has(id));
}

// What `id` means: {id, kind, provider, model, day, replacement, host, nearest}. `order` are the providers that the text
// points to, the likeliest first; `refused` tells whether it says that a model is not there. Kinds: current, alias,
// ending, retired, slug, other (another provider's), weights (no ID of the API), prefixed (right but for what stands before it), host (not served
// at the host in the paste), unknown.
export function resolve(id, tables, order, facts, refused) {
  const name = id.split("/").at(-1).toLowerCase();
  const everybody = [...order, ...Object.keys(tables.providers).filter((provider) => !order.includes(provider))];
  for (const provider of everybody) {
    const table = tables.providers[provider];
    const model = modelOf(name, table);
    if (!model) continue;
    const meaning = meaningOf(id, name, model, provider, table, facts);
    if (meaning.kind === "retired") return meaning;
    if (order.length && !order.includes(provider) && meaning.kind !== "weights") return { ...meaning, kind: "other" };
    const ready = meaning.kind === "current" || meaning.kind === "alias";
    return refused && ready && id.includes("/") ? { ...meaning, kind: "prefixed", name } : meaning;
  }
  const asked = order.length ? order : everybody;
  for (const provider of asked) {
    const slug = fromSlug(name, tables.providers[provider]);
    if (slug) return { id, kind: "slug", provider, model: slug };
  }
  const near = asked.map((provider) => nearest(name, tables.providers[provider])).filter(Boolean).sort((a, b) => a.far - b.far)[0];
  return { id, kind: "unknown", provider: order[0] ?? null, nearest: near?.known ?? null };
}

function modelOf(name, table) {
  const same = (one) => one.toLowerCase() === name;
  return Object.keys(table.models).find((id) => same(id) || table.models[id].aliases.some(same)) ?? null;
}

function meaningOf(id, name, model, provider, table, facts) {
  const { state, retired, successor, weights } = table.models[model];
  const meaning = { id, provider, model };
  if (state === "retired") return { ...meaning, kind: "retired", day: retired, replacement: successor ?? null };
  if (weights) return { ...meaning, kind: "weights" };
  const host = Object.keys(table.hosts).find((known) => facts.lower.includes(known));
  if (host && table.hosts[host] !== "all" && !table.hosts[host].includes(model)) return { ...meaning, kind: "host", host };
  if (retired) return { ...meaning, kind: "ending", day: retired };
  return { ...meaning, kind: name === model.toLowerCase() ? "current" : "alias" };
}

// The id behind the name of a page of the documentation: mistral-small-4-0-26-03 is mistral-small-2603 there.
export function fromSlug(name, table) {
  const parts = /^(.+?)-(\d\d)-(\d\d)$/.exec(name);
  if (!parts) return null;
  const [, stem, year, month] = parts;
  const family = stem.split("-").filter((part) => !/^\d+$/.test(part)).join("-");
  const ending = `-${family}-${year}${month}`;
  // The page may leave out what the id begins with, a company's name or a kind: of several ids the shortest.
  const fitting = Object.keys(table.models).filter((id) => `-${id}`.endsWith(ending));
  return fitting.sort((a, b) => a.length - b.length)[0] ?? null;
}

// The known name closest to `name`, {known, far}, where at most a third of it differs; of equals a model that answers.
function nearest(name, table) {
  let best = null;
  for (const [id, model] of Object.entries(table.models)) {
    for (const known of [id, ...model.aliases]) {
      const ended = model.state === "retired" ? 0.5 : 0;
      const most = Math.max(known.length, name.length) / 3;
      if (Math.abs(known.length - name.length) > most) continue;
      const far = distance(name, known.toLowerCase()) + ended;
      if (far <= most && (!best || far < best.far)) best = { known, far };
    }
  }
  return best;
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
