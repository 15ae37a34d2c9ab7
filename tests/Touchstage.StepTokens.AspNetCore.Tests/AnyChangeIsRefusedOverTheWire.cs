using CsCheck;
using Touchstage.StepTokens.Tests;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>Whatever is changed of a request or its token, a real server with the kit executes nothing; what nobody changed it executes, once.</summary>
public sealed class AnyChangeIsRefusedOverTheWire
{
    [Fact]
    public async Task Any_one_change_to_a_request_or_its_token_is_refused()
    {
        await using var api = await KitApi.StartAsync();
        var requests = new SignedRequests(KitApi.PublicUrl, api.Clock.GetUtcNow, api.Minter.Key);
        var tried = new Dictionary<string, int>(StringComparer.Ordinal);
        var executed = 0;

        await Gen.Select(requests.Any, Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000]).SampleAsync(async (request, a, b) =>
        {
            foreach (var (kind, change) in Mutations.All)
            {
                // A server refuses some of it before the kit is asked: a header that is no header, a target that is no target.
                var answer = await SendAsync(api, change(requests, request, a, b));
                answer.Status.ShouldBeOneOf(400, 401);
                if (answer.Status == 401)
                {
                    answer.ShouldTellNothing();
                }

                api.Executed.ShouldBe(executed, kind);
                tried[kind] = tried.GetValueOrDefault(kind) + 1;
            }

            // None of the changed copies has spent it.
            (await SendAsync(api, request)).Status.ShouldBe(200);
            api.Executed.ShouldBe(++executed);
            (await SendAsync(api, request)).ShouldTellNothing();
            api.Executed.ShouldBe(executed);
        }, iter: 10, threads: 1);

        executed.ShouldBe(10);
        tried.Keys.ShouldBe(Mutations.All.Select(mutation => mutation.Kind), ignoreOrder: true);
        tried.Values.ShouldAllBe(times => times == 10);
        ((string[])
        [
            StepTokenFailures.Malformed, StepTokenFailures.JoseHeader, StepTokenFailures.Type, StepTokenFailures.Algorithm, StepTokenFailures.KeyId, StepTokenFailures.Signature,
            StepTokenFailures.Claims, StepTokenFailures.Lifetime, StepTokenFailures.Method, StepTokenFailures.Url, StepTokenFailures.Headers, StepTokenFailures.Body, StepTokenFailures.Replayed,
        ]).Except(api.Log.FailedChecks, StringComparer.Ordinal).ShouldBeEmpty();
        api.Log.Messages.ShouldAllBe(message => !message.Contains("eyJ", StringComparison.Ordinal));
    }

    private static Task<Answer> SendAsync(KitApi api, SignedRequest request) =>
        RawHttp.SendAsync(api.Address, request.Method, request.Target, [.. request.Headers, new("Txn-Token", request.Token)], request.Body);
}
