"""Loads configurations with LiteLLM's own loader and asks through the router it makes of each.

The paths of the files are the arguments; what happened goes out as JSON. Run by the Python that has litellm.
"""

import asyncio
import json
import sys

from litellm.proxy.proxy_server import ProxyConfig

REQUEST = {"messages": [{"role": "user", "content": "Say hello."}]}
# Fields that clients send and some providers refuse: the file must make them pass.
UNWELCOME = {"max_completion_tokens": 50, "seed": 4, "user": "someone"}


async def ask(path: str) -> dict[str, object]:
    router, models, settings = await ProxyConfig().load_config(router=None, config_file_path=path)
    name = models[0]["model_name"]
    answer = await router.acompletion(model=name, **REQUEST, **UNWELCOME)
    stream = await router.acompletion(model=name, stream=True, **REQUEST)
    pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
    answer = answer.choices[0].message.content
    return {"name": name, "answer": answer, "stream": "".join(pieces), "settings": sorted(settings)}


async def main() -> list[dict[str, object]]:
    heard = []
    for path in sys.argv[1:]:
        try:
            heard.append(await ask(path))
        except Exception as error:  # noqa: BLE001 - whatever LiteLLM raises is what the test is to show
            heard.append({"error": repr(error)})
    return heard


if __name__ == "__main__":
    heard = asyncio.run(main())
    sys.stdout.write("\n" + json.dumps(heard))
