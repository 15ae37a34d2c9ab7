// A person at an authorization server: follows redirects with cookies, chooses an account, and comes back with the answer.
export const CALLBACK = 'http://127.0.0.1/callback';

export async function consent(address, account) {
  const cookies = new Map();
  const visit = async (method, at) => {
    const answer = await fetch(at, { method, redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return answer;
  };
  let at = new URL(address);
  for (let hops = 0; hops < 20; hops++) {
    let answer = await visit('GET', at);
    if (answer.status === 200 && at.pathname.startsWith('/choose/')) { answer = await visit('POST', `${at}/${account}`); }
    const location = answer.headers.get('location');
    if (!location) { throw new Error(`The authorization server stopped at ${at.pathname} with ${answer.status}: ${await answer.text()}`); }
    at = new URL(location, at);
    if (at.href.startsWith(`${CALLBACK}?`)) { return at.searchParams; }
  }
  throw new Error('The authorization server led in circles.');
}
