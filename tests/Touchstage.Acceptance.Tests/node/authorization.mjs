// An MCP client that is given an address and nothing else: it finds the authorization server, registers there, has its person consent, and works with the tokens that it gets.
import { CALLBACK, consent } from './browser.mjs';

// What a client keeps between its attempts; the SDK drives it.
class Memory {
  constructor(account) { this.account = account; this.saved = []; }

  get redirectUrl() { return CALLBACK; }

  get clientMetadata() {
    return { client_name: 'acceptance', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
  }

  state() { this.asked = crypto.randomUUID(); return this.asked; }

  clientInformation() { return this.client; }

  saveClientInformation(client) { this.client = client; }

  tokens() { return this.kept; }

  saveTokens(tokens) { this.kept = tokens; this.saved.push(tokens.access_token); }

  saveCodeVerifier(verifier) { this.verifier = verifier; }

  codeVerifier() { return this.verifier; }

  discoveryState() { return this.discovered; }

  saveDiscoveryState(state) { this.discovered = state; }

  async redirectToAuthorization(address) {
    this.address = address;
    this.answer = await consent(address, this.account);
    if (this.answer.get('state') !== this.asked) { throw new Error('The answer is to another question.'); }
  }
}

// The server's public name leads to where it listens, as a name server and a proxy would have it.
function leading(from, to, seen) {
  return async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const at = asked.origin === new URL(from).origin ? new URL(asked.pathname + asked.search, to) : asked;
    const answer = await fetch(at, init);
    seen.push({ method: init?.method ?? 'GET', path: asked.pathname + (asked.pathname.startsWith('/mcp') ? asked.search : ''), status: answer.status, challenge: answer.headers.get('www-authenticate') });
    return answer;
  };
}

// usage: node authorized-vN.mjs RESOURCE ADDRESS ERA
export async function main({ newClient, newTransport, isUnauthorized, finish }) {
  const [resource, address, era] = process.argv.slice(2);
  const report = {};

  const party = async (account, query) => {
    const memory = new Memory(account);
    const seen = [];
    const open = () => newTransport(new URL(resource + query), { authProvider: memory, fetch: leading(resource, address, seen) });
    const first = open();
    try {
      await newClient(era).connect(first);
      throw new Error('It connected without a token.');
    } catch (refused) {
      if (!isUnauthorized(refused)) { throw refused; }
    }
    await finish(first, memory.answer);
    await first.close();
    const client = newClient(era);
    await client.connect(open());
    return { client, memory, seen };
  };

  const agent = await party('sam', '');
  report.seen = agent.seen.slice(0, 8);
  report.asked = Object.fromEntries(agent.memory.address.searchParams);
  report.tools = (await agent.client.listTools()).tools.map((tool) => tool.name);
  const call = async (whom) => (await agent.client.callTool({ name: 'invite_member', arguments: { email: `${whom}-${crypto.randomUUID()}@acme.example`, role: 'admin' } })).structuredContent;
  report.held = await call('first');

  // The token is spoilt, as if it had expired: the client is told so, renews it, and goes on in the same session.
  const before = agent.client.transport.sessionId ?? null;
  agent.memory.kept = { ...agent.memory.kept, access_token: `${agent.memory.kept.access_token.slice(0, -8)}AAAAAAAA` };
  report.again = await call('second');
  report.sameSession = (agent.client.transport.sessionId ?? null) === before;
  report.renewed = agent.seen.some(({ challenge }) => challenge?.includes('error="invalid_token"'));

  const approver = await party('olga', '?kind=approver');
  report.approverAsked = Object.fromEntries(approver.memory.address.searchParams);
  report.approverTools = (await approver.client.listTools()).tools.length;
  report.prompts = (await approver.client.listPrompts()).prompts.map((prompt) => prompt.name).sort();
  const prompt = async (name, args) => (await approver.client.getPrompt({ name, arguments: args })).messages.map((message) => message.content.text).join('\n');
  const review = await prompt('review', { id: report.held.approval.id });
  report.approved = await prompt('approve', { id: report.held.approval.id, code: review.split('\n').at(-1).replace('Decision code: ', '') });
  for (let looks = 0; looks < 10 && !['succeeded', 'failed'].includes(report.settled?.status); looks++) {
    report.settled = (await agent.client.callTool({ name: 'touchstage_check_approval', arguments: { approval_id: report.held.approval.id, wait_seconds: 5 } })).structuredContent;
  }
  report.tokens = [...agent.memory.saved, ...approver.memory.saved];

  await agent.client.close();
  await approver.client.close();
  console.log(JSON.stringify(report));
}
