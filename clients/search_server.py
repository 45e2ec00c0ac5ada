"""A server of the Model Context Protocol on standard input and output with one tool: search."""

import json
import sys

SEARCH = {
    "name": "search",
    "description": "Looks something up.",
    "inputSchema": {
        "type": "object",
        "properties": {"query": {"type": "string"}},
        "required": ["query"],
        "additionalProperties": False,
    },
}
searches = 0


def answer(method, parameters):
    """The result of a method; none where there is no such method."""
    global searches
    if method == "initialize":
        return {
            "protocolVersion": parameters["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "clients", "version": "1"},
        }
    if method == "tools/list":
        return {"tools": [SEARCH]}
    if method == "tools/call":
        searches += 1
        return {"content": [{"type": "text", "text": f"result {searches}"}]}
    return None


for line in sys.stdin:
    request = json.loads(line)
    if "id" not in request:
        continue
    result = answer(request["method"], request.get("params") or {})
    outcome = {"error": {"code": -32601, "message": "unknown method"}}
    if result is not None:
        outcome = {"result": result}
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **outcome}), flush=True)
