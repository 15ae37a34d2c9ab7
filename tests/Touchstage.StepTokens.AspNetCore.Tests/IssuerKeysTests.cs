using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class IssuerKeysTests : IDisposable
{
    private readonly Publisher publisher = new();

    public void Dispose() => publisher.Dispose();

    [Fact]
    public async Task Keys_are_fetched_once_and_kept()
    {
        await using var api = await StartAsync();

        (await api.SendAsync()).Status.ShouldBe(200);
        (await api.SendAsync()).Status.ShouldBe(200);

        publisher.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_that_are_five_minutes_old_are_fetched_again()
    {
        await using var api = await StartAsync();
        (await api.SendAsync()).Status.ShouldBe(200);
        api.Clock.Advance(TimeSpan.FromMinutes(5));

        (await api.SendAsync()).Status.ShouldBe(200);

        publisher.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_key_is_looked_for_at_most_every_ten_seconds()
    {
        await using var api = await StartAsync();
        (await api.SendAsync()).Status.ShouldBe(200);
        api.Clock.Advance(TimeSpan.FromSeconds(10));

        for (var i = 0; i < 5; i++)
        {
            (await api.SendAsync(api.Minter.Mint(KitApi.Look, keyId: $"made-up-{i}"))).ShouldTellNothing();
        }

        publisher.Fetches.ShouldBe(2);
        api.Log.FailedChecks.ShouldAllBe(check => check == StepTokenFailures.KeyId);
    }

    [Fact]
    public async Task A_key_that_was_just_published_is_found()
    {
        await using var api = await StartAsync();
        (await api.SendAsync()).Status.ShouldBe(200);
        publisher.Document = StepTokenKeySet.Of("key-2", api.Minter.Key).ToJwks();
        api.Clock.Advance(TimeSpan.FromSeconds(10));

        (await api.SendAsync(api.Minter.Mint(KitApi.Look, keyId: "key-2"))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "")]
    [InlineData(HttpStatusCode.Redirect, "")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task An_issuer_without_keys_means_no(HttpStatusCode status, string document)
    {
        publisher.Status = status;
        publisher.Document = document;
        await using var api = await StartAsync(publish: false);

        (await api.SendAsync()).ShouldTellNothing();

        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.KeysUnavailable]);
    }

    [Fact]
    public async Task A_document_that_is_too_long_means_no()
    {
        await using var api = await StartAsync();
        publisher.Document += new string(' ', 64 * 1024);

        (await api.SendAsync()).ShouldTellNothing();

        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.KeysUnavailable]);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_in_five_seconds_means_no()
    {
        publisher.Silent = true;
        await using var api = await StartAsync();

        var sent = api.SendAsync();
        await publisher.Asked.Task;
        api.Clock.Advance(TimeSpan.FromSeconds(5));

        (await sent).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.KeysUnavailable]);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_means_no_and_old_keys_do_not_help()
    {
        await using var api = await StartAsync();
        (await api.SendAsync()).Status.ShouldBe(200);
        publisher.Unreachable = true;
        api.Clock.Advance(TimeSpan.FromMinutes(5));

        (await api.SendAsync()).ShouldTellNothing();

        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.KeysUnavailable]);
    }

    private async Task<KitApi> StartAsync(bool publish = true)
    {
        var api = await KitApi.StartAsync(
            tokens =>
            {
                tokens.Keys = null;
                tokens.JwksUri = new("https://touchstage.example/.well-known/jwks.json");
            },
            services => services.AddHttpClient(StepTokenDefaults.KeysClient).ConfigurePrimaryHttpMessageHandler(() => publisher));
        if (publish)
        {
            publisher.Document = StepTokenKeySet.Of(api.Minter.KeyId, api.Minter.Key).ToJwks();
        }

        return api;
    }

    private sealed class Publisher : HttpMessageHandler
    {
        public int Fetches { get; private set; }

        public string Document { get; set; } = "";

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public bool Unreachable { get; set; }

        public bool Silent { get; set; }

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Fetches++;
            Asked.TrySetResult();
            if (Silent)
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            return Unreachable
                ? throw new HttpRequestException("connection refused")
                : new HttpResponseMessage(Status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Document)) };
        }
    }
}
