// @modelcontextprotocol/sdk, with its own OAuth.
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { main } from './authorization.mjs';

await main({
  newClient: () => new Client({ name: 'acceptance-v1', version: '1' }),
  newTransport: (address, options) => new StreamableHTTPClientTransport(address, options),
  isUnauthorized: (problem) => problem instanceof UnauthorizedError,
  finish: (transport, answer) => transport.finishAuth(answer.get('code')),
});
