using System.Security.Cryptography;

namespace Touchstage.StepTokens.Tests;

public sealed class StepTokenFormatTests : IDisposable
{
    private readonly Minting minting = new();

    public void Dispose() => minting.Dispose();

    [Fact]
    public void Sign_A_life_of_more_than_30_seconds_throws() =>
        Should.Throw<ArgumentException>(() => minting.Sign(minting.Claims(life: TimeSpan.FromSeconds(31))));

    [Fact]
    public void Sign_Another_type_throws() =>
        Should.Throw<ArgumentException>(() => StepTokenFormat.Sign(minting.Claims(), "JWT", Minting.KeyId, minting.Key));

    [Fact]
    public void Sign_An_empty_claim_throws() => Should.Throw<ArgumentException>(() => minting.Sign(minting.Claims(audience: "")));

    [Fact]
    public void Sign_A_key_on_another_curve_throws()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<ArgumentException>(() => StepTokenFormat.Sign(minting.Claims(), StepTokenNames.TxnTokenType, Minting.KeyId, key));
    }

    [Fact]
    public void Sign_A_token_too_long_to_be_read_throws() =>
        Should.Throw<ArgumentException>(() => minting.Sign(minting.Claims(binding: RequestBinding.Compute("GET", "https://api.example/" + new string('a', 12_500), [], []))));
}
