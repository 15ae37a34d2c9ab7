"""Holds a request to its step token, with PyJWT (2.6 or later) and cryptography. Whatever does not hold raises, and the answer is 401 `invalid_token`."""
import base64
import hashlib
import threading
import time
import urllib.parse

import jwt

from votes import demand_votes


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def demand(holds: bool, check: str) -> None:
    if not holds:
        raise PermissionError(check)


class Verifier:
    """What the operator of Touchstage told the API's owner: issuer, audience, JWKS address, and the base URL that callers use."""

    def __init__(self, issuer: str, audience: str, jwks: str, public_url: str) -> None:
        self.issuer, self.audience, self.public_url = issuer, audience, public_url
        self.keys, self.fetched, self.fetching = jwt.PyJWKClient(jwks), float("-inf"), threading.Lock()
        self.started, self.used, self.gate = int(time.time()), {}, threading.Lock()

    def verify(self, method: str, target: str, headers: list[tuple[str, str]], body: bytes, scope: str, tenant: str) -> dict:
        """The claims, if the token was made for this very request to this scope and tenant; `target` is the path and query as they came."""
        received: dict[str, list[str]] = {}
        for name, value in headers:
            received.setdefault(name.lower(), []).append(value.strip(" \t"))
        demand(len(received.get("txn-token", [])) == 1, "one token")
        token = received["txn-token"][0]
        head = jwt.get_unverified_header(token)
        demand(set(head) == {"typ", "alg", "kid"} and head["typ"] == "txntoken+jwt", "header")
        claims = jwt.decode(
            token, self.key_of(head["kid"]), algorithms=["ES256"], issuer=self.issuer, audience=self.audience, leeway=5,
            options={"require": ["exp", "iat", "jti", "txn", "sub", "scope", "tctx"]})
        tctx = claims["tctx"]
        demand(claims["aud"] == self.audience and claims["exp"] - claims["iat"] <= 35, "audience and lifetime")
        demand(claims["iat"] > self.started, "issued before the start")  # when nobody here knows what was used
        demand(claims["scope"] == scope and (tctx["capability"] == scope or scope.startswith(f"fact:{tctx['capability']}.")), "scope")
        demand(tctx["tenant"] == tenant and claims["sub"].startswith(urllib.parse.quote(tenant, safe="") + "/"), "tenant")
        demand(tctx["htm"] == method and tctx["htu"] == self.public_url + target, "method and URL, as they came")  # never Host or X-Forwarded-*
        names = tctx["hdr_names"]
        demand(all(name in names for name in ("content-type", "content-encoding", "idempotency-key") if name in received), "uncovered header")
        demand(all(len(received.get(name, [])) == 1 for name in names), "covered headers")
        demand(tctx["hdr_digest"] == digest("".join(f"{name}: {received[name][0]}\n" for name in names).encode()), "header values")
        demand(tctx["body_digest"] == digest(body), "body")
        if "approval" in tctx:
            demand_votes(claims, self.key_of)
        with self.gate:  # several processes share a store instead, such as SET jti NX EX in Redis
            now = time.time()
            self.used = {jti: until for jti, until in self.used.items() if until >= now}
            demand(claims["jti"] not in self.used and len(self.used) < 100_000, "seen before")
            self.used[claims["jti"]] = claims["exp"] + 5
        return claims

    def key_of(self, kid: str) -> object:
        """The issuer's key of that id. Made-up ids cost the issuer one fetch in ten seconds at most."""
        with self.fetching:
            key = self.keys.match_kid(self.keys.get_signing_keys(), kid)
            if key is None and time.monotonic() - self.fetched > 10:
                self.fetched = time.monotonic()
                key = self.keys.match_kid(self.keys.get_signing_keys(refresh=True), kid)
        demand(key is not None, "kid")
        return key.key
