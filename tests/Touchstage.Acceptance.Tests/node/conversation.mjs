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
    report.completed = (await approver.complete({ ref: { type: 'ref/prompt', name: 'review' }, argument: { name: 'id', value: id } })).completion.values;
    report.waited = await wait(kit, agent, id);
    report.afterwards = (await kit.call(agent, 'touchstage_check_approval', { approval_id: id })).structuredContent;
    const shown = text(await approver.getPrompt({ name: 'review', arguments: { id } }));
    const code = shown.split('\n').at(-1).replace('Decision code: ', '');
    report.said = text(await approver.getPrompt({ name: 'approve', arguments: { id, code } }));
    report.settled = await bounded(settled, 120_000, `no update of ${uri} brought the end; ${updates} came`);
    report.updates = updates;
    report.check = (await kit.call(agent, 'touchstage_check_approval', { approval_id: id })).structuredContent;
    await end();
  } finally {
    await kit.close(agent);
    await kit.close(approver);
  }

  return report;
}

// Waits for the approval until the first word of progress, and then no longer.
async function wait(kit, agent, id) {
  const stop = new AbortController();
  const told = [];
  const options = { signal: stop.signal, onprogress: progress => { told.push(progress); stop.abort('not any more'); } };
  const ended = await bounded(
    kit.call(agent, 'touchstage_check_approval', { approval_id: id, wait_seconds: 50 }, options).then(() => 'answered', () => 'cancelled'),
    45_000, 'the wait was not broken off');
  return { ended, progress: told[0] };
}

// The same case decided in forms: one approved as shown, one changed and confirmed, and one changed by code with a client that shows no forms.
export async function decide({ connect, kit, email }) {
  const report = { shown: [] };
  const agent = await connect(process.env.AGENT_KEY);
  const answers = [];
  const forms = await connect(process.env.APPROVER_KEY, async ({ params }) => {
    report.shown.push(params);
    return { action: 'accept', content: answers.shift() };
  });
  const plain = await connect(process.env.APPROVER_KEY);
  try {
    report.era = kit.era(agent);
    const hold = async name => (await kit.call(agent, 'invite_member', { email: `${name}-${email}`, role: 'admin' })).structuredContent.approval.id;
    const prompt = async (client, name, args) => text(await client.getPrompt({ name, arguments: args }));
    const done = async id => {
      for (;;) {
        const told = (await kit.call(agent, 'touchstage_check_approval', { approval_id: id, wait_seconds: 30 })).structuredContent;
        if (!['pending', 'approved', 'executing'].includes(told.status)) { return told; }
      }
    };

    const approved = await hold('approved');
    answers.push({ decision: 'approve', note: 'known to us' });
    report.approve = await prompt(forms, 'review', { id: approved });
    report.approved = await done(approved);

    const modified = await hold('modified');
    answers.push({ decision: 'modify', note: 'a viewer is enough', change_role: 'viewer' }, { confirm: 'confirm' });
    report.modify = await prompt(forms, 'review', { id: modified });
    report.modified = await done(modified);

    const coded = await hold('coded');
    const changes = JSON.stringify({ role: 'member' });
    const preview = await prompt(plain, 'modify', { id: coded, changes });
    report.preview = preview;
    report.code = await prompt(plain, 'modify', { id: coded, changes, code: preview.split('\n').at(-1).replace('Decision code: ', '') });
    report.coded = await done(coded);

    const completed = await plain.complete({ ref: { type: 'ref/prompt', name: 'reject' }, argument: { name: 'tag', value: 'w' } });
    report.tags = completed.completion.values;
  } finally {
    for (const client of [agent, forms, plain]) { await kit.close(client); }
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
    const scene = process.env.SCENE === 'forms' ? decide : converse;
    console.log(JSON.stringify(await scene({ connect: open, kit, email })));
  } catch (problem) {
    console.error(problem.message);
    process.exitCode = 1;
  }
}
