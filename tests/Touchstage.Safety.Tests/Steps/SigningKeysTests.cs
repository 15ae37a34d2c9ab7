using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Steps;
using Touchstage.StepTokens;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Steps;

public sealed class SigningKeysTests
{
    private readonly MemorySigningKeys store = new();
    private readonly SigningKeys keys;

    public SigningKeysTests() => keys = new(store, new EphemeralDataProtectionProvider(), new FakeTimeProvider());

    [Fact]
    public async Task JwksAsync_MakesTheFirstKey_AndPublishesIt()
    {
        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(await keys.JwksAsync(default)), out var published).ShouldBeTrue();

        published!.KeyIds.ShouldBe([(await store.ListAsync(default)).Single().KeyId]);
    }

    [Fact]
    public async Task PublishedAsync_AKeyThatSomebodyPutIntoTheStore_IsNotAmongThem()
    {
        await keys.JwksAsync(default);
        var own = (await store.ListAsync(default)).Single();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await store.AddAsync(own with { KeyId = "planted", SealedPrivateKey = [1, 2, 3], PublicJwk = StepTokenKeySet.WriteJwk("planted", other) }, DateTimeOffset.MaxValue.AddTicks(-1), default);
        await store.AddAsync(new("copied", own.SealedPrivateKey, StepTokenKeySet.WriteJwk("copied", other), own.CreatedAt), DateTimeOffset.MaxValue.AddTicks(-1), default);

        (await store.ListAsync(default)).Count.ShouldBe(3);
        (await keys.PublishedAsync(default)).KeyIds.ShouldBe([own.KeyId]);
    }
}
