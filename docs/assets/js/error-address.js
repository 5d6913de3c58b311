// What the addresses in a pasted error say: whose they are, and whether a part of the path stands in them twice. Pure.

const MOST = 3; // addresses that are explained
const FULL = /^(https?:\/\/[^/?#]+)([^?#]*)/;

// The addresses that are wrong: [{address, kind, provider, base}], `base` being what a client wants in its place.
// Kinds: doubled (a part of the path stands there twice), elsewhere (no route of a known host begins or ends so).
export function addressesIn(facts, tables) {
  const found = [];
  for (const address of new Set(facts.addresses)) {
    if (found.length === MOST) break;
    const [, origin, path] = FULL.exec(address) ?? [];
    if (!origin) continue;
    const owner = ownerOf(origin, tables);
    const doubled = twice(path);
    if (doubled !== null) found.push({ address, kind: "doubled", ...baseOf(owner, origin, doubled) });
    else if (owner && facts.status !== null && [404, 405].includes(facts.status) && !isKnown(owner, address)) {
      found.push({ address, kind: "elsewhere", provider: owner.provider, base: owner.bases.map((one) => one.url).join(", ") });
    }
  }
  return found;
}

// The path without what is said again: "/v1" of "/v1/v1/models" and of "/v1/chat/completions/chat/completions"; null
// where nothing is.
function twice(path) {
  const steps = path.split("/").filter(Boolean).slice(0, 20);
  for (let length = 1; length <= steps.length / 2; length += 1) {
    for (let at = 0; at + 2 * length <= steps.length; at += 1) {
      const one = steps.slice(at, at + length).join("/");
      if (one === steps.slice(at + length, at + 2 * length).join("/")) {
        return `/${steps.slice(0, /^v\d/.test(one) ? at + length : at).join("/")}`.replace(/\/$/, "");
      }
    }
  }
  // A whole address put where the base belongs: /v1/chat/completions/v1/messages.
  const versions = steps.flatMap((step, at) => (/^v\d/.test(step) ? [at] : []));
  return versions.length > 1 ? `/${steps.slice(0, versions[0] + 1).join("/")}` : null;
}

function ownerOf(origin, tables) {
  for (const [provider, table] of Object.entries(tables.providers)) {
    const bases = table.bases.filter((base) => base.url === origin || base.url.startsWith(`${origin}/`));
    if (bases.length) return { provider, bases };
  }
  return null;
}

// The base that was meant: the provider's own one that the rest of the path begins with, the longest first.
function baseOf(owner, origin, rest) {
  if (!owner) return { provider: null, base: origin + rest };
  const fitting = owner.bases.filter((base) => `${origin}${rest}/`.startsWith(`${base.url}/`)).sort((a, b) => b.url.length - a.url.length);
  return { provider: owner.provider, base: (fitting[0] ?? owner.bases[0]).url };
}

function isKnown(owner, address) {
  const plain = address.replace(/[?#].*$/, "").replace(/\/$/, "");
  return owner.bases.some((base) => base.url === plain || base.routes.some((route) => plain.startsWith(base.url + route)));
}
