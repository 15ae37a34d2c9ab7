// @modelcontextprotocol/client, with its own OAuth.
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { main } from './authorization.mjs';

await main({
  newClient: (era) => new Client({ name: 'acceptance-v2', version: '1' }, { versionNegotiation: { mode: era } }),
  newTransport: (address, options) => new StreamableHTTPClientTransport(address, options),
  isUnauthorized: (problem) => problem instanceof UnauthorizedError,
  finish: (transport, answer) => transport.finishAuth(answer),
});
