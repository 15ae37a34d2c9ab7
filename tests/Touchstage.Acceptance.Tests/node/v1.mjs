// @modelcontextprotocol/sdk: revisions up to 2025-11-25.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { main } from './conversation.mjs';

function transportOf(door, target, key) {
  if (door === 'stdio') {
    return new StdioClientTransport({ command: target[0], args: target.slice(1), stderr: 'inherit', env: { ...process.env, TOUCHSTAGE_SESSION: key } });
  }
  const options = { requestInit: { headers: { Authorization: `Bearer ${key}` } } };
  return door === 'sse' ? new SSEClientTransport(new URL(target[0]), options) : new StreamableHTTPClientTransport(new URL(target[0]), options);
}

await main(({ door, target }) => ({
  open: async (key, fill) => {
    const client = new Client({ name: 'acceptance-v1', version: '1' }, fill ? { capabilities: { elicitation: { form: {} } } } : undefined);
    if (fill) { client.setRequestHandler(ElicitRequestSchema, fill); }
    await client.connect(transportOf(door, target, key));
    return client;
  },
  kit: {
    era: client => client.transport.protocolVersion ?? null,
    call: (client, name, args, options) => client.callTool({ name, arguments: args }, undefined, options),
    watch: async (client, uri, updated) => {
      client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => { if (params.uri === uri) { updated(); } });
      await client.subscribeResource({ uri });
      return () => client.unsubscribeResource({ uri });
    },
    close: async client => {
      await client.transport?.terminateSession?.();
      await client.close();
    },
  },
}));
