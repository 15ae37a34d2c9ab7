// An OAuth authorization server (npm oidc-provider) whose access tokens are for MCP servers; clients register themselves, and people say which account is theirs. On a free loopback port.
// The first line of standard input sets it up: { resources: [URI], skewSeconds, accounts: { NAME: { tenant, roles, email } } }.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';

const [line] = await once(createInterface(process.stdin), 'line');
const { resources, skewSeconds = 0, accounts } = JSON.parse(line);

// Its clock may be wrong; oidc-provider reads no other.
const now = Date.now;
Date.now = () => now() + skewSeconds * 1000;

const SCOPES = 'touchstage:agent touchstage:approver';
const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'offline_access', ...SCOPES.split(' ')],
  clientDefaults: { application_type: 'native', id_token_signed_response_alg: 'ES256' },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  pkce: { required: () => true },
  issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  ttl: { AccessToken: 300, RefreshToken: 3600, AuthorizationCode: 60, Grant: 3600, Session: 3600, Interaction: 600 },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    registration: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, asked) => {
        if (!resources.includes(asked)) throw new errors.InvalidTarget();
        return { scope: SCOPES, audience: asked, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256', kid: 'one' } } };
      },
    },
  },
  extraTokenClaims: (_, token) => ({ ...accounts[token.accountId], email_verified: true }),
  interactions: { url: (_, interaction) => `/choose/${interaction.uid}` },
  findAccount: (_, id) => (accounts[id] ? { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) } : undefined),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope(oidc.params.scope ?? '');
    for (const resource of resources) { grant.addResourceScope(resource, oidc.params.scope ?? ''); }
    await grant.save();
    return grant;
  },
});
if (process.env.TELL) { provider.on('server_error', (_, broken) => console.error(broken)); }

const handle = provider.callback();
server.on('request', async (request, response) => {
  const choice = /^\/choose\/[\w-]+(?:\/(\w+))?$/.exec(new URL(request.url, issuer).pathname);
  if (!choice) return handle(request, response);
  try {
    if (request.method === 'POST') {
      return await provider.interactionFinished(request, response, { login: { accountId: choice[1], remember: false }, consent: {} }, { mergeWithLastSubmission: false });
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(Object.keys(accounts).map((name) => `<form method="post" action="${request.url}/${name}"><button>${name}</button></form>`).join(''));
  } catch (broken) {
    response.statusCode = 500;
    response.end(String(broken));
  }
});

console.log(`listening on ${issuer}/`);
