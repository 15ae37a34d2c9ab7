// Holds the votes that a step token carries (`tctx.approval`) to that token: each is a statement of its own, and the token's signature vouches for none of them.
import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';

/** Throws unless the statements are exactly the signed yes, to this very request, of the people whom the token names. */
export async function demandVotes({ iss, iat, sub, tctx }, keys) {
  const { id, revision, digest, approved_by: people, statements } = tctx.approval;
  const request = `sha256:${createHash('sha256').update(`${tctx.htm}\n${tctx.htu}\n${tctx.body_digest}`).digest('hex')}`;
  const voters = new Set();
  for (const statement of statements) {
    const { payload: vote } = await jwtVerify(statement, keys, { issuer: iss, typ: 'touchstage-vote+jwt', algorithms: ['ES256'], requiredClaims: ['iat', 'sub'] });
    const isYesToThis = vote.decision === 'approve' && vote.tenant === tctx.tenant && vote.approval === id && vote.revision === revision
      && vote.revision_digest === digest && vote.request_digest === request && vote.iat <= iat + 5;
    const isAnotherPerson = vote.sub !== sub && vote.sub.startsWith(`${encodeURIComponent(tctx.tenant)}/`);
    if (!isYesToThis || !isAnotherPerson || voters.has(vote.sub)) throw new Error('approval: a vote');
    voters.add(vote.sub);
  }
  if (voters.size === 0 || voters.size !== people.length || !people.every((person) => voters.has(person))) throw new Error('approval: who voted');
}
