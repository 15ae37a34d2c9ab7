using System.Xml.Linq;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Storage;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

/// <summary>What opens everything is away: nothing executes, not even with what a running server has in memory, and the message says why.</summary>
public sealed class A22_TheKeyRingIsGone
{
    [Fact]
    public async Task UnderARunningServer_NothingExecutes_AndBackAgainEverythingDoes()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        (await host.InviteAsync(agent, "eve@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        var (ring, away) = (Path.Combine(host.Folder, "data", "keys"), Path.Combine(host.Folder, "away"));
        Directory.Move(ring, away);

        var refused = await Should.ThrowAsync<StoreException>(() => host.InviteAsync(agent, "bob@acme.example"));

        refused.Code.ShouldBe(StoreException.KeyRing);
        refused.Message.ShouldContain(ring);
        upstream.Writes().ShouldBe(1);
        Directory.Move(away, ring);
        (await host.InviteAsync(agent, "bob@acme.example")).Status.ShouldBe(ActionStatus.Completed);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut short")]
    [InlineData("a file in its place")]
    public async Task AtTheStart_NothingStarts(string how)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var ring = Path.Combine(host.Folder, "data", "keys");
        var key = Directory.GetFiles(ring).Single();
        switch (how)
        {
            case "gone":
                Directory.Delete(ring, recursive: true);
                break;
            case "cut short":
                await File.WriteAllTextAsync(key, (await File.ReadAllTextAsync(key))[..40]);
                break;
            default:
                Directory.Delete(ring, recursive: true);
                await File.WriteAllTextAsync(ring, "");
                break;
        }

        var refused = await Should.ThrowAsync<StoreException>(() => TouchstageHost.StartAsync(upstream.BaseUrl, folder: host.Folder));

        refused.Code.ShouldBe(StoreException.KeyRing);
        refused.Message.ShouldContain("--key-ring");
    }

    [Theory]
    [InlineData("full")]
    [InlineData("read-only")]
    public async Task APlaceThatTakesNothing_StartsNothing(string how)
    {
        await using var upstream = SampleUpstream.Start();

        var refused = await Should.ThrowAsync<StoreException>(() => TouchstageHost.StartAsync(upstream.BaseUrl, replace: services => services.Around<IKeyRingPlace>(real => new FullPlace(real, how))));

        refused.Code.ShouldBe(StoreException.KeyRing);
    }

    private sealed class FullPlace(IKeyRingPlace real, string how) : IKeyRingPlace
    {
        public string Name => real.Name;

        public void Prepare()
        {
            if (how is "read-only")
            {
                throw new UnauthorizedAccessException(how);
            }
        }

        public bool Has(Guid keyId) => real.Has(keyId);

        public IReadOnlyCollection<XElement> GetAllElements() => how is "full" ? [] : real.GetAllElements();

        public void StoreElement(XElement element, string friendlyName)
        {
            if (how is "full")
            {
                throw new IOException("No space left on device");
            }

            real.StoreElement(element, friendlyName);
        }
    }
}
