// The kind of Worker that guides pass around for this purpose since 2024, rebuilt from how it behaves:
// it changes the host only, reads every request as JSON, keeps the fields of one list and forgets the rest.
// The tests hold it against the cases to show what each of them is there for.
const FIELDS = ["model", "messages", "temperature", "top_p", "max_tokens", "min_tokens", "stream", "stop",
  "random_seed", "response_format", "tools", "tool_choice", "safe_prompt"];

export default {
  async fetch(request) {
    if (request.method === "OPTIONS") {
      return new Response(null, {
        status: 204,
        headers: {
          "Access-Control-Allow-Origin": "*",
          "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
          "Access-Control-Allow-Headers": "Content-Type, Authorization",
          "Access-Control-Max-Age": "86400",
        },
      });
    }
    const url = new URL(request.url);
    url.host = "api.mistral.ai";
    let read;
    try {
      read = await request.json();
    } catch {
      return new Response("Invalid JSON", { status: 400 });
    }
    const kept = {};
    for (const name in read) if (FIELDS.includes(name)) kept[name] = read[name];
    return fetch(new Request(url, {
      method: request.method,
      body: JSON.stringify(kept),
      headers: request.headers,
    }));
  },
};
