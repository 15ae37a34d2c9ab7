// What an agent and an approver go through, told as one JSON object. The two client packages differ in a few calls, which `kit` evens out.
const text = message => message.messages.map(m => m.content.text).join('\n');

export async function converse({ connect, kit, email }) {
  const report = {};
  const agent = await connect(process.env.AGENT_KEY);
  const approver = await connect(process.env.APPROVER_KEY);
  try {
    report.server = agent.getServerVersion().name;
    report.era = kit.era(agent);
    report.tools = (await agent.listTools()).tools.map(tool => tool.name);
    report.agentPrompts = (await agent.listPrompts()).prompts.length;
    report.approverTools = (await approver.listTools()).tools.length;
    report.approverPrompts = (await approver.listPrompts()).prompts.map(prompt => prompt.name).sort();

    report.allowed = (await kit.call(agent, 'list_projects', {})).structuredContent;
    const wrong = await kit.call(agent, 'refund_user', { payment_id: 'PAY-1', amount: -3 });
    report.wrong = { isError: wrong.isError, ...wrong.structuredContent };
    report.unknown = await kit.call(agent, 'delete_universe', {}).then(() => null, fault => ({ code: fault.code, message: fault.message }));

    const held = await kit.call(agent, 'invite_member', { email, role: 'admin' });
    report.held = held.structuredContent;
    const { id, uri } = held.structuredContent.approval;
    report.linked = held.content.some(block => block.type === 'resource_link' && block.uri === uri);

    let updates = 0;
    let seen = 0;
    let wake = () => {};
    const settled = (async () => {
      for (;;) {
        // An update that came while the last one was read counts as well.
        if (seen === updates) { await new Promise(resolve => { wake = resolve; }); }
        seen = updates;
        const read = await agent.readResource({ uri });
        const document = JSON.parse(read.contents[0].text);
        if (document.status === 'succeeded') { return document; }
      }
    })();
    const end = await kit.watch(agent, uri, () => { updates++; wake(); });
    const shown = text(await approver.getPrompt({ name: 'review', arguments: { id } }));
    const code = shown.split('\n').at(-1).replace('Decision code: ', '');
    report.said = text(await approver.getPrompt({ name: 'approve', arguments: { id, code } }));
    report.settled = await bounded(settled, 30_000, `no update of ${uri} brought the end; ${updates} came`);
    report.updates = updates;
    report.check = (await kit.call(agent, 'touchstage_check_approval', { approval_id: id })).structuredContent;
    await end();
  } finally {
    await kit.close(agent);
    await kit.close(approver);
  }

  return report;
}

async function bounded(promise, milliseconds, problem) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(problem)), milliseconds); });
  try { return await Promise.race([promise, late]); } finally { clearTimeout(timer); }
}

// usage: node vN.mjs http|sse|stdio ERA EMAIL TARGET...   where TARGET is a URL, or a command and its arguments
export async function main(make) {
  const [door, era, email, ...target] = process.argv.slice(2);
  const { kit, open } = make({ door, era, target });
  try {
    console.log(JSON.stringify(await converse({ connect: open, kit, email })));
  } catch (problem) {
    console.error(problem.message);
    process.exitCode = 1;
  }
}
