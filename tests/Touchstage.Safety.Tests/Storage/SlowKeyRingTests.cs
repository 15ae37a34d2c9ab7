using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Storage;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A key ring's place that does not answer is waited for no longer than said, and then nothing is opened; once it is back, everything is.</summary>
public sealed class SlowKeyRingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("touchstage-slow-");
    private readonly FakeTimeProvider time = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_start_is_given_up_after_fifteen_seconds_in_all()
    {
        using var place = new SlowPlace(new KeyRingFolder(folder));
        using var ring = Ring(place);
        place.Hold();

        var opening = ring.OpenAsync(mustHoldKeys: false, default);
        await place.NextAsync();
        time.Advance(TimeSpan.FromSeconds(8));
        place.LetGo();
        await place.NextAsync();
        time.Advance(TimeSpan.FromSeconds(6.9));
        opening.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.2));

        var refused = await Should.ThrowAsync<StoreException>(() => opening.WaitAsync(Patience.ForAnEvent));
        refused.Code.ShouldBe(StoreException.KeyRing);
        refused.Message.ShouldContain("did not answer within 15 seconds");
        refused.Message.ShouldContain(folder.FullName);
        place.Free();
    }

    [Fact]
    public async Task One_that_does_not_answer_at_all_is_given_up_after_ten_seconds()
    {
        using var place = new SlowPlace(new KeyRingFolder(folder));
        using var ring = Ring(place);
        place.Hold();

        var opening = ring.OpenAsync(mustHoldKeys: false, default);
        await place.NextAsync();
        time.Advance(TimeSpan.FromSeconds(9.9));
        opening.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.2));

        (await Should.ThrowAsync<StoreException>(() => opening.WaitAsync(Patience.ForAnEvent))).Message.ShouldContain("did not answer within 10 seconds");
        place.Free();
    }

    [Fact]
    public async Task As_long_as_one_use_has_not_come_back_nobody_waits_again()
    {
        using var place = new SlowPlace(new KeyRingFolder(folder));
        using var ring = Ring(place);
        await ring.OpenAsync(mustHoldKeys: false, default);
        var wrapped = ring.CreateProtector("test").Protect([1, 2, 3]);
        place.Hold();
        var first = Task.Run(() => ring.CreateProtector("test").Unprotect(wrapped));
        await place.NextAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        (await Should.ThrowAsync<StoreException>(() => first.WaitAsync(Patience.ForAnEvent))).Code.ShouldBe(StoreException.KeyRing);

        // The clock stands still: this one does not wait.
        Should.Throw<StoreException>(() => ring.CreateProtector("test").Unprotect(wrapped)).Message.ShouldContain("did not answer within");
        Should.Throw<StoreException>(() => ring.CreateKey()).Message.ShouldContain("did not answer within");

        place.Free();
        (await OnceBackAsync(() => Task.FromResult(ring.CreateProtector("test").Unprotect(wrapped)))).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Under_a_running_server_nothing_is_sent_and_back_again_everything_is()
    {
        SlowPlace? place = null;
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: services => services.AddSingleton<IKeyRingPlace>(
            provider => place = new(new KeyRingFolder(new(Path.Combine(provider.GetRequiredService<SafetyOptions>().DataDirectory!, "keys"))))));
        var agent = await host.AgentAsync();
        (await host.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);
        place!.Hold();

        var call = Task.Run(() => host.InviteAsync(agent, "two@acme.example"));
        await place.NextAsync();
        host.Time.Advance(KeyRingReach.Limit);

        var refused = await Should.ThrowAsync<StoreException>(() => call.WaitAsync(Patience.ForAnEvent));
        (refused.Code, refused.Message.Contains("did not answer within 10 seconds", StringComparison.Ordinal)).ShouldBe((StoreException.KeyRing, true));
        upstream.Exchanges.Count(exchange => exchange.Method == "POST").ShouldBe(1);
        place.Free();
        (await OnceBackAsync(() => host.InviteAsync(agent, "two@acme.example"))).ShouldBe(ActionStatus.Completed);
    }

    // The thread that stood still comes back in its own time.
    private static async Task<T> OnceBackAsync<T>(Func<Task<T>> use)
    {
        for (var left = 100_000; ; left--)
        {
            try
            {
                return await use();
            }
            catch (StoreException) when (left > 0)
            {
                await Task.Yield();
            }
        }
    }

    private KeyRing Ring(SlowPlace place) => new(place, new KeyCertificates([], null, ProcessEnvironment.OfThisProcess, TimeProvider.System), time);

    /// <summary>The real place; while it is held, every use stands still until it is let go.</summary>
    private sealed class SlowPlace(IKeyRingPlace real) : IKeyRingPlace, IDisposable
    {
        private readonly SemaphoreSlim entered = new(0);
        private readonly SemaphoreSlim go = new(0);
        private volatile bool isHeld;

        public string Name => real.Name;

        public void Hold() => isHeld = true;

        public void LetGo() => go.Release();

        public void Free()
        {
            isHeld = false;
            go.Release();
        }

        /// <summary>The next use stands still.</summary>
        public async Task NextAsync()
        {
            if (!await entered.WaitAsync(Patience.ForAnEvent))
            {
                throw new TimeoutException($"Nobody asked the key ring's place within {Patience.ForAnEvent}.");
            }
        }

        public void Prepare() => Use(() =>
        {
            real.Prepare();
            return true;
        });

        public bool Has(Guid keyId) => Use(() => real.Has(keyId));

        public IReadOnlyCollection<XElement> GetAllElements() => Use(real.GetAllElements);

        public void StoreElement(XElement element, string friendlyName) => Use(() =>
        {
            real.StoreElement(element, friendlyName);
            return true;
        });

        public void Dispose()
        {
            entered.Dispose();
            go.Dispose();
        }

        private T Use<T>(Func<T> use)
        {
            if (!isHeld)
            {
                return use();
            }

            entered.Release();
            go.Wait();
            return use();
        }
    }
}
