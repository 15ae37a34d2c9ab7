// Answers nginx's auth_request (nginx.conf): 204 if the request that nginx describes is the one its step token was made for, else 401.
// It believes what nginx says of the request, so let nobody else reach it.
import { createServer } from 'node:http';
import { verifier } from './verify.mjs';

const { ISSUER, AUDIENCE, JWKS, PUBLIC_URL, PORT = '0' } = process.env;
const verify = verifier({ issuer: ISSUER, audience: AUDIENCE, jwks: JWKS, publicUrl: PUBLIC_URL });
const nothing = Buffer.alloc(0);

const server = createServer({ maxHeaderSize: 32 * 1024 }, async ({ headersDistinct }, response) => {
  // What nginx left out is undefined here, and no token is for that.
  const [method, url, scope, tenant] = ['method', 'target', 'scope', 'tenant'].map((name) => headersDistinct[`x-step-${name}`]?.join());
  try {
    await verify({ method, url, headersDistinct }, nothing, { scope, tenant });
    response.writeHead(204).end();
  } catch (refused) {
    console.error(`refused: ${refused.message}`); // for the owner; the caller learns nothing of it
    response.writeHead(401).end();
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}/`));
