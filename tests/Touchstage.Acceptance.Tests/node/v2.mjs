// @modelcontextprotocol/client: both eras.
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { main } from './conversation.mjs';

function transportOf(door, target, key) {
  if (door === 'stdio') {
    return new StdioClientTransport({ command: target[0], args: target.slice(1), stderr: 'inherit', env: { ...process.env, TOUCHSTAGE_SESSION: key } });
  }
  const options = { requestInit: { headers: { Authorization: `Bearer ${key}` } } };
  return door === 'sse' ? new SSEClientTransport(new URL(target[0]), options) : new StreamableHTTPClientTransport(new URL(target[0]), options);
}

await main(({ door, era, target }) => ({
  open: async (key, fill) => {
    const mode = era === 'auto' || era === 'legacy' ? era : { pin: era };
    const client = new Client({ name: 'acceptance-v2', version: '1' }, { versionNegotiation: { mode }, ...(fill ? { capabilities: { elicitation: { form: {} } } } : {}) });
    if (fill) { client.setRequestHandler('elicitation/create', fill); }
    await client.connect(transportOf(door, target, key));
    return client;
  },
  kit: {
    era: client => client.getNegotiatedProtocolVersion(),
    call: (client, name, args, options) => client.callTool({ name, arguments: args }, options),
    watch: async (client, uri, updated) => {
      client.setNotificationHandler('notifications/resources/updated', ({ params }) => { if (params.uri === uri) { updated(); } });
      if (client.getNegotiatedProtocolVersion() >= '2026-07-28') {
        const subscription = await client.listen({ resourceSubscriptions: [uri] });
        return () => subscription.close();
      }
      await client.subscribeResource({ uri });
      return () => client.unsubscribeResource({ uri });
    },
    close: async client => {
      if (client.transport?.sessionId) { await client.transport.terminateSession?.(); }
      await client.close();
    },
  },
}));
