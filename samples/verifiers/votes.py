"""Holds the votes that a step token carries (`tctx.approval`) to that token: each is a statement of its own, and the token's signature vouches for none of them."""
import hashlib
import urllib.parse
from collections.abc import Callable

import jwt


def demand_votes(claims: dict, key_of: Callable[[str], object]) -> None:
    """Raises unless the statements are exactly the signed yes, to this very request, of the people whom the token names."""
    tctx = claims["tctx"]
    approval = tctx["approval"]
    request = "sha256:" + hashlib.sha256(f"{tctx['htm']}\n{tctx['htu']}\n{tctx['body_digest']}".encode()).hexdigest()
    expected = {
        "decision": "approve", "tenant": tctx["tenant"], "approval": approval["id"], "revision": approval["revision"],
        "revision_digest": approval["digest"], "request_digest": request,
    }
    voters = []
    for statement in approval["statements"]:
        head = jwt.get_unverified_header(statement)
        if set(head) != {"typ", "alg", "kid"} or head["typ"] != "touchstage-vote+jwt":
            raise PermissionError("approval: not a vote")
        vote = jwt.decode(
            statement, key_of(head["kid"]), algorithms=["ES256"], issuer=claims["iss"], leeway=5,
            options={"require": ["iat", "sub"]})
        is_another_person = vote["sub"] != claims["sub"] and vote["sub"].startswith(urllib.parse.quote(tctx["tenant"], safe="") + "/")
        if any(vote[name] != value for name, value in expected.items()) or vote["iat"] > claims["iat"] + 5 or not is_another_person:
            raise PermissionError("approval: a vote")
        voters.append(vote["sub"])
    if not voters or len(set(voters)) != len(voters) or sorted(voters) != sorted(approval["approved_by"]):
        raise PermissionError("approval: who voted")
