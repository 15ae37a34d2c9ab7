// Gets access tokens as any client could, without a client library. usage: node tokens.mjs ISSUER   with [{ account, scope, resource }] on standard input
import { createHash, randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { CALLBACK, consent } from './browser.mjs';

const issuer = process.argv[2];
const json = async (at, options) => {
  const answer = await fetch(at, options);
  if (!answer.ok) { throw new Error(`${at}: ${answer.status} ${await answer.text()}`); }
  return answer.json();
};
const metadata = await json(`${issuer}/.well-known/oauth-authorization-server`).catch(() => json(`${issuer}/.well-known/openid-configuration`));
const { client_id } = await json(metadata.registration_endpoint, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none', grant_types: ['authorization_code'], response_types: ['code'] }),
});

async function tokenOf({ account, scope, resource }) {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const asked = new URL(metadata.authorization_endpoint);
  asked.search = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: CALLBACK, scope, resource, code_challenge: challenge, code_challenge_method: 'S256', state: 's' });
  const answer = await consent(asked, account);
  if (!answer.get('code')) { throw new Error(`No code: ${answer}`); }
  const body = new URLSearchParams({ grant_type: 'authorization_code', code: answer.get('code'), client_id, redirect_uri: CALLBACK, code_verifier: verifier, resource });
  return (await json(metadata.token_endpoint, { method: 'POST', body })).access_token;
}

const tokens = [];
for (const wanted of JSON.parse(await text(process.stdin))) { tokens.push(await tokenOf(wanted)); }
console.log(JSON.stringify({ tokens, keys: await json(metadata.jwks_uri) }));
