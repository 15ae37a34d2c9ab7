using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>The kit's own client against a real server that publishes keys, or something else.</summary>
public sealed class JwksEndpointTests : IAsyncLifetime
{
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private JwksServer issuer = null!;
    private KitApi api = null!;

    public async Task InitializeAsync()
    {
        issuer = await JwksServer.StartAsync();
        api = await KitApi.StartAsync(tokens =>
        {
            tokens.Keys = null;
            tokens.JwksUri = issuer.Keys;
        });
        issuer.Publish(Published);
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await issuer.DisposeAsync();
    }

    private StepTokenKeySet Published => StepTokenKeySet.Of(api.Minter.KeyId, api.Minter.Key);

    [Fact]
    public async Task Keys_rotate_with_overlap_and_one_that_is_dropped_is_refused()
    {
        using var next = new Minter(() => KitApi.PublicUrl, api.Clock) { KeyId = "key-2", Minted = 100 };
        (await api.SendAsync()).Status.ShouldBe(200);

        issuer.Publish(Published.With(next.KeyId, next.Key));
        api.Clock.Advance(BetweenFetches);
        (await api.SendAsync(next.Mint(KitApi.Look))).Status.ShouldBe(200);
        (await api.SendAsync()).Status.ShouldBe(200);

        issuer.Publish(StepTokenKeySet.Of(next.KeyId, next.Key));
        api.Clock.Advance(Kept);
        (await api.SendAsync()).ShouldTellNothing();
        (await api.SendAsync(next.Mint(KitApi.Look))).Status.ShouldBe(200);

        api.Log.FailedChecks.ShouldBe([StepTokenFailures.KeyId]);
        api.Executed.ShouldBe(4);
    }

    [Theory]
    [InlineData("not found")]
    [InlineData("error")]
    [InlineData("redirect")]
    [InlineData("html")]
    [InlineData("nothing")]
    [InlineData("too long")]
    [InlineData("endless")]
    [InlineData("cut short")]
    [InlineData("reset")]
    [InlineData("private key")]
    [InlineData("private key of another kind")]
    [InlineData("symmetric key")]
    [InlineData("two keys of one name")]
    [InlineData("a point off the curve")]
    [InlineData("two documents")]
    public async Task What_is_not_a_set_of_public_keys_means_no(string what)
    {
        issuer.Answer = context => AnswerAsync(context, what);

        await ShouldBeRefusedAsync(StepTokenRequestFailures.KeysUnavailable);

        issuer.Asked.ShouldBe(1);
        api.Log.Events.ShouldContain(entry => entry.Id == 7101 || entry.Id == 7102);
    }

    [Theory]
    [InlineData("crv", "P-384")]
    [InlineData("crv", "secp256k1")]
    [InlineData("kty", "RSA")]
    [InlineData("use", "enc")]
    public async Task A_key_that_signs_no_step_tokens_is_no_key(string member, string value)
    {
        issuer.Publish(Changed(key => key[member] = value));

        await ShouldBeRefusedAsync(StepTokenFailures.KeyId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_issuer_that_does_not_come_to_an_end_in_five_seconds_means_no(bool begins)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        issuer.Answer = async context =>
        {
            if (begins)
            {
                await context.Response.WriteAsync("""{"keys":[""");
                await context.Response.Body.FlushAsync();
            }

            begun.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        };
        var sent = api.SendAsync();
        await begun.Task;

        api.Clock.Advance(TimeSpan.FromSeconds(5));

        (await sent).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.KeysUnavailable]);
    }

    [Fact]
    public async Task Nobody_at_the_address_means_no()
    {
        await issuer.DisposeAsync();

        await ShouldBeRefusedAsync(StepTokenRequestFailures.KeysUnavailable);
    }

    [Fact]
    public async Task Many_tokens_at_once_ask_once()
    {
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var document = Published.ToJwks();
        issuer.Answer = async context =>
        {
            await hold.Task;
            await context.Response.WriteAsync(document);
        };
        var sent = Enumerable.Range(0, 16).Select(_ => api.SendAsync()).ToArray();
        await issuer.First.Task;
        hold.SetResult();

        (await Task.WhenAll(sent)).ShouldAllBe(answer => answer.Status == 200);

        issuer.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Made_up_key_names_ask_once_in_ten_seconds_and_take_nothing_from_the_keys_that_are_known()
    {
        (await api.SendAsync()).Status.ShouldBe(200);
        for (var round = 0; round < 3; round++)
        {
            api.Clock.Advance(BetweenFetches);
            issuer.Answer = context => AnswerAsync(context, "error");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => api.SendAsync(api.Minter.Mint(KitApi.Look, keyId: $"made-up-{i}"))));
        }

        issuer.Asked.ShouldBe(4);
        api.Log.FailedChecks.Count.ShouldBe(24);
        api.Log.FailedChecks.ShouldAllBe(check => check == StepTokenFailures.KeyId);
        (await api.SendAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_issuer_that_is_down_is_asked_once_in_ten_seconds_and_found_again_when_it_is_back()
    {
        issuer.Answer = context => AnswerAsync(context, "error");
        for (var i = 0; i < 5; i++)
        {
            (await api.SendAsync()).ShouldTellNothing();
        }

        issuer.Asked.ShouldBe(1);
        issuer.Publish(Published);
        api.Clock.Advance(BetweenFetches);

        (await api.SendAsync()).Status.ShouldBe(200);
    }

    private async Task ShouldBeRefusedAsync(string check)
    {
        (await api.SendAsync()).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([check]);
        api.Executed.ShouldBe(0);
    }

    private async Task AnswerAsync(HttpContext context, string what)
    {
        switch (what)
        {
            case "not found" or "error":
                context.Response.StatusCode = what is "error" ? 500 : 404;
                await context.Response.WriteAsync(Published.ToJwks());
                break;
            case "redirect":
                context.Response.Redirect("/elsewhere");
                break;
            case "endless":
                var chunk = new byte[16 * 1024];
                chunk.AsSpan().Fill((byte)' ');
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                }

                break;
            case "cut short":
                context.Response.ContentLength = 10_000;
                await context.Response.WriteAsync(Published.ToJwks());
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "reset":
                context.Abort();
                break;
            default:
                await context.Response.WriteAsync(Document(what));
                break;
        }
    }

    private string Document(string what)
    {
        var one = StepTokenKeySet.WriteJwk(api.Minter.KeyId, api.Minter.Key);
        return what switch
        {
            "html" => "<html>",
            "too long" => Published.ToJwks() + new string(' ', 64 * 1024),
            "private key" => Changed(key => key["d"] = key["x"]!.GetValue<string>()),
            "private key of another kind" => $$"""{"keys":[{{one}},{"kty":"RSA","kid":"rsa","use":"sig","n":"AQAB","e":"AQAB","d":"AQAB"}]}""",
            "symmetric key" => $$"""{"keys":[{{one}},{"kty":"oct","kid":"mac","use":"sig","k":"AQAB"}]}""",
            "two keys of one name" => $$"""{"keys":[{{one}},{{one}}]}""",
            "a point off the curve" => Changed(key => key["x"] = key["y"]!.GetValue<string>()),
            "two documents" => Published.ToJwks() + Published.ToJwks(),
            _ => "",
        };
    }

    private string Changed(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(Published.ToJwks())!;
        change(document["keys"]![0]!.AsObject());
        return document.ToJsonString();
    }
}
