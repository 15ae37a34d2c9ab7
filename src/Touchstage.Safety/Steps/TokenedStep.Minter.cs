using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Steps;

internal sealed partial class TokenedStep
{
    /// <summary>The stage <c>mint</c>: one token for one step, good for seconds and for one request.</summary>
    internal sealed class Minter(SigningKeys keys, StepTokenIssuer issuer, IIdSource ids, TimeProvider time)
    {
        public async Task<TokenedStep> MintAsync(RefreshedStep refreshed, CancellationToken cancellation)
        {
            if (!refreshed.TrySpend())
            {
                throw new InvalidOperationException("A refreshed step is spent once.");
            }

            var step = refreshed.Step;
            var connection = step.Action.Action.Scope.Connection;
            if (connection.Audience is not { } audience)
            {
                return new(step, null);
            }

            var type = connection.Auth.Type is ConnectionAuth.StepToken ? StepTokenNames.BearerType : StepTokenNames.TxnTokenType;
            var token = await keys.SignAsync((keyId, key) => StepTokenFormat.Sign(Claims(step, audience), type, keyId, key), cancellation);
            return new(step, token);
        }

        private StepTokenClaims Claims(RecordedStep step, string audience)
        {
            var (action, request) = (step.Action.Action, step.Request);
            var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
            var life = step.Action.Timeout < StepTokenFormat.MaxLifetime ? step.Action.Timeout : StepTokenFormat.MaxLifetime;
            return new()
            {
                Issuer = issuer.Issuer,
                IssuedAt = now,
                ExpiresAt = now + TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(life.TotalSeconds))),
                Audience = audience,
                Transaction = step.Id,
                TokenId = ids.Next("jti"),
                Subject = new(action.Scope.Tenant.Id.Value, action.Caller.Principal.Issuer, action.Caller.Principal.Subject),
                Scope = step.Action.Scope,
                Workload = issuer.Workload,
                Context = new()
                {
                    Tenant = action.Scope.Tenant.Id.Value,
                    Capability = action.Capability.Name,
                    Connection = action.Scope.Connection.Name,
                    ArgumentsDigest = ArgumentsDigest(step),
                    Binding = RequestBinding.Compute(
                        request.Method, request.Uri, request.Headers.Select(h => KeyValuePair.Create(h.Name, h.Value)), request.Body.AsSpan()),
                    Approval = step.Action.Grant is { } grant ? ApprovalOf(grant) : null,
                },
                Origin = new(action.Caller.Client, issuer.Transport),
            };
        }

        // One statement a voter: whoever said yes on several people's behalf is one name to the API, which knows no more than the subject.
        private static StepApproval ApprovalOf(Grant grant)
        {
            var votes = grant.Votes.DistinctBy(vote => VoteSigner.SubjectOf(vote.Voter)).OrderBy(vote => vote.Voter.Key, StringComparer.Ordinal).ToArray();
            return new(
                grant.ApprovalId,
                grant.Revision,
                grant.RevisionDigest,
                votes.Select(vote => VoteSigner.SubjectOf(vote.Voter).ToString()),
                votes.Select(vote => vote.Statement));
        }

        private static string ArgumentsDigest(RecordedStep step) =>
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(step.ArgumentsSalt + step.Action.Action.Arguments.Text)));
    }
}
