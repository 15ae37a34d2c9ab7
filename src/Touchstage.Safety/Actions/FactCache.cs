using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <summary>Answers of facts whose manifest says how old they may be. In the memory of this server alone, and never more than so many.</summary>
internal sealed class FactCache(CredentialMark mark, TimeProvider time)
{
    private const int MostAnswers = 1_000;
    private const int LargestAnswer = 16 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset AskedAt)> order = new();

    /// <summary>An answer that is young enough, else a new one.</summary>
    /// <param name="lookUp">What is permitted to be looked up.</param>
    /// <param name="age">How old an answer may be; null for none.</param>
    /// <param name="ask">Asks for a new one.</param>
    /// <param name="cancellation">Stops it before anything is asked.</param>
    public async Task<FactAnswer> AskAsync(PermittedAction lookUp, TimeSpan? age, Func<Task<FactAnswer>> ask, CancellationToken cancellation)
    {
        if (age is not { } most)
        {
            return await ask();
        }

        var (key, askedAt) = (await KeyAsync(lookUp, cancellation), time.GetUtcNow());
        if (Find(key, askedAt) is { } found && askedAt - found.AskedAt < most)
        {
            return found.Answer with { AgeSeconds = (long)Math.Ceiling((askedAt - found.AskedAt).TotalSeconds) };
        }

        // Invariant: an answer is as old as its question, and only what was answered is kept, never a failure.
        var answer = await ask();
        if (answer.Value is { } value && value.Text.Length <= LargestAnswer)
        {
            Keep(key, new(answer, askedAt));
        }

        return answer;
    }

    private Kept? Find(string key, DateTimeOffset now)
    {
        lock (gate)
        {
            return kept.TryGetValue(key, out var found) && found.AskedAt <= now ? found : null;
        }
    }

    private void Keep(string key, Kept answer)
    {
        lock (gate)
        {
            kept[key] = answer;
            order.Enqueue((key, answer.AskedAt));
            while (order.Count > MostAnswers && order.TryDequeue(out var oldest))
            {
                if (kept.TryGetValue(oldest.Key, out var entry) && entry.AskedAt == oldest.AskedAt)
                {
                    kept.Remove(oldest.Key);
                }
            }
        }
    }

    // Invariant: whatever could make the answer another one is in the key: both manifests, the account and what opens it, the very request, and who asks, for the step token tells the API so.
    private async Task<string> KeyAsync(PermittedAction lookUp, CancellationToken cancellation)
    {
        var (action, scope) = (lookUp.Action, lookUp.Action.Scope);
        var asked = CanonicalJson.Of(new JsonObject
        {
            ["tenant"] = scope.Tenant.Id.Value,
            ["tenant_manifest"] = scope.Tenant.Digest,
            ["manifest"] = action.Capability.Manifest.Digest,
            ["scope"] = lookUp.Scope,
            ["principal"] = action.Caller.Principal.Key,
            ["credential"] = await mark.OfAsync(scope.Tenant.Id, scope.Connection, cancellation),
            ["sent"] = StepEntries.Sent(scope.Connection, lookUp.Request, "").ToNode(),
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.Text)));
    }

    private sealed record Kept(FactAnswer Answer, DateTimeOffset AskedAt);
}
