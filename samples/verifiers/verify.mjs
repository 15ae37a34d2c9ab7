// Holds a request to its step token, with npm `jose` alone. Whatever does not hold throws, and the answer is 401 `invalid_token`.
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { demandVotes } from './votes.mjs';

const digest = (bytes) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
const demand = (holds, check) => { if (!holds) throw new Error(check); };

/** @param {{ issuer: string, audience: string, jwks: string, publicUrl: string }} api what the operator of Touchstage told the API's owner */
export function verifier({ issuer, audience, jwks, publicUrl }) {
  const keys = createRemoteJWKSet(new URL(jwks));
  const started = Math.floor(Date.now() / 1000);
  const used = new Map(); // jti -> when it may be forgotten

  /** The claims, if the token was made for this very request to this scope and tenant. `request` is node:http's, `body` its whole content. */
  return async function verify(request, body, { scope, tenant }) {
    const headers = request.headersDistinct;
    demand(headers['txn-token']?.length === 1, 'one token');
    const { payload, protectedHeader } = await jwtVerify(headers['txn-token'][0], keys, {
      issuer, audience, typ: 'txntoken+jwt', algorithms: ['ES256'], clockTolerance: 5, maxTokenAge: 35, requiredClaims: ['exp', 'jti', 'txn', 'sub', 'scope', 'tctx'],
    });
    const { tctx, jti, exp, iat } = payload;
    demand(Object.keys(protectedHeader).sort().join() === 'alg,kid,typ', 'header');
    demand(payload.aud === audience && exp - iat <= 35, 'audience and lifetime');
    demand(iat > started, 'issued before the start'); // when nobody here knows what was used
    demand(payload.scope === scope && (tctx.capability === scope || scope.startsWith(`fact:${tctx.capability}.`)), 'scope');
    demand(tctx.tenant === tenant && payload.sub.startsWith(`${encodeURIComponent(tenant)}/`), 'tenant');
    demand(tctx.htm === request.method && tctx.htu === publicUrl + request.url, 'method and URL, as they came'); // never Host or X-Forwarded-*
    const names = tctx.hdr_names;
    demand(['content-type', 'content-encoding', 'idempotency-key'].every((name) => !(name in headers) || names.includes(name)), 'uncovered header');
    demand(names.every((name) => headers[name]?.length === 1), 'covered headers');
    demand(tctx.hdr_digest === digest(names.map((name) => `${name}: ${headers[name][0]}\n`).join('')), 'header values');
    demand(tctx.body_digest === digest(body), 'body');
    if ('approval' in tctx) await demandVotes(payload, keys);

    const now = Date.now() / 1000;
    for (const [old, until] of used) if (until < now) used.delete(old);
    demand(!used.has(jti) && used.size < 100_000, 'seen before'); // several processes share a store instead, such as SET jti NX EX in Redis
    used.set(jti, exp + 5);
    return payload;
  };
}
