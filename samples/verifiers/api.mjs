// An API of one route that does only what a step token allows. Configuration comes from the environment; ACCOUNTS is {"API key": "tenant"}.
import { createServer } from 'node:http';
import { verifier } from './verify.mjs';

const { ISSUER, AUDIENCE, JWKS, PUBLIC_URL, ACCOUNTS, PORT = '0' } = process.env;
const tenants = JSON.parse(ACCOUNTS);
const verify = verifier({ issuer: ISSUER, audience: AUDIENCE, jwks: JWKS, publicUrl: PUBLIC_URL });
const mostBytes = 1024 * 1024;
const scopes = { 'POST /v1/refunds': 'refund_user' };

async function content(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    if ((bytes += chunk.length) > mostBytes) throw new Error('content');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// A token with ten votes has about 11 KiB, and Node takes 16 KiB of headers unless told.
const server = createServer({ maxHeaderSize: 32 * 1024 }, async (request, response) => {
  const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    const scope = scopes[`${request.method} ${request.url.split('?')[0]}`];
    const keys = request.headersDistinct['x-api-key'] ?? [];
    const tenant = keys.length === 1 && Object.hasOwn(tenants, keys[0]) ? tenants[keys[0]] : undefined;
    if (!scope || !tenant) throw new Error('route or account');
    const { txn } = await verify(request, await content(request), { scope, tenant });
    answer(201, { refunded: tenant, step: txn });
  } catch (refused) {
    console.error(`refused: ${refused.message}`); // for the owner; the caller learns nothing of it
    answer(401, { code: 'invalid_token' });
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}/`));
