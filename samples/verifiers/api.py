"""An API of one route that does only what a step token allows. Configuration comes from the environment; ACCOUNTS is {"API key": "tenant"}."""
import http.server
import json
import os
import sys

from verify import Verifier

tenants = json.loads(os.environ["ACCOUNTS"])
verifier = Verifier(os.environ["ISSUER"], os.environ["AUDIENCE"], os.environ["JWKS"], os.environ["PUBLIC_URL"])
MOST_BYTES = 1024 * 1024
SCOPES = {"POST /v1/refunds": "refund_user"}


class Api(http.server.BaseHTTPRequestHandler):
    def handle_request(self) -> None:
        try:
            body = self.content()
            method, target, _ = self.requestline.split(" ")
            scope = SCOPES[f"{method} {target.split('?')[0]}"]
            [key] = self.headers.get_all("X-Api-Key") or []
            claims = verifier.verify(method, target, self.headers.items(), body, scope, tenants[key])
            self.answer(201, {"refunded": claims["tctx"]["tenant"], "step": claims["txn"]})
        except Exception as refused:  # whatever it is, the answer is No
            print(f"refused: {type(refused).__name__}: {refused}", file=sys.stderr, flush=True)
            self.answer(401, {"code": "invalid_token"})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_request

    def content(self) -> bytes:
        length = int(self.headers.get("Content-Length", 0))
        if "Transfer-Encoding" in self.headers or not 0 <= length <= MOST_BYTES:
            raise ValueError("content")
        return self.rfile.read(length)

    def answer(self, status: int, body: dict) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing by itself."""


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Api)
print(f"listening on http://127.0.0.1:{server.server_address[1]}/", flush=True)
server.serve_forever()
