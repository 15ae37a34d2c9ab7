using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Steps;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Steps;

public sealed class CheckpointSignerTests
{
    private readonly CheckpointSigner signer = new(new SigningKeys(new MemorySigningKeys(), new EphemeralDataProtectionProvider(), new FakeTimeProvider()));

    [Fact]
    public async Task VerifyAsync_ExactlyTheSignedBytes_AndNothingElse()
    {
        byte[] bytes = [1, 2, 3];
        var signature = await signer.SignAsync(bytes, default);

        (await signer.VerifyAsync(bytes, signature, default)).ShouldBeTrue();
        (await signer.VerifyAsync(new byte[] { 1, 2, 4 }, signature, default)).ShouldBeFalse();
        (await signer.VerifyAsync(bytes, signature[..^4] + "AAAA", default)).ShouldBeFalse();
        (await signer.VerifyAsync(bytes, "other" + signature, default)).ShouldBeFalse();
        (await signer.VerifyAsync(bytes, "nonsense", default)).ShouldBeFalse();
        (await signer.VerifyAsync(bytes, signature.Split('.')[0] + ".!!", default)).ShouldBeFalse();
    }
}
