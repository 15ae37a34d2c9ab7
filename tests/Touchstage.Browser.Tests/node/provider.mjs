// An OpenID Connect provider for the tests: npm oidc-provider on a free loopback port, with accounts from a file and a page where one of them is chosen.
// Standard input says who is known: { clientId, clientSecret, accounts: { name: { claims } } }.
// Standard output says where it listens.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const { clientId, clientSecret, accounts } = JSON.parse(await text(process.stdin));
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  // A native client may come back to any loopback port (RFC 8252, section 7.3); the server's is not known yet.
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/inbox/sign-in/callback'],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub', 'tenant', 'kind', 'roles'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false }, pushedAuthorizationRequests: { enabled: false } },
  interactions: { url: (_, interaction) => `/choose/${interaction.uid}` },
  findAccount: (_, name) => (accounts[name] ? { accountId: name, claims: () => ({ sub: name, ...accounts[name] }) } : undefined),
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
    grant.addOIDCScope('openid email');
    await grant.save();
    return grant;
  },
});

// A page of one button an account; pressing it is the whole interaction.
const handle = provider.callback();
server.on('request', async (request, response) => {
  const choice = /^\/choose\/[\w-]+(?:\/([\w.@-]+))?$/.exec(new URL(request.url, issuer).pathname);
  if (!choice) return handle(request, response);
  try {
    if (request.method === 'POST') {
      return await provider.interactionFinished(request, response, { login: { accountId: choice[1], remember: false }, consent: {} }, { mergeWithLastSubmission: false });
    }
    const buttons = Object.keys(accounts).map((name) => `<form method="post" action="${request.url}/${name}"><button>${name}</button></form>`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Who are you?</title><h1>Who are you?</h1>${buttons.join('')}</html>`);
  } catch (broken) {
    response.statusCode = 500;
    response.end(String(broken));
  }
});

console.log(`listening on ${issuer}/`);
