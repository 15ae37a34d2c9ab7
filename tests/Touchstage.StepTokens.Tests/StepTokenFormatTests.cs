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

    [Theory]
    [InlineData(StepTokenNames.TxnTokenType)]
    [InlineData(StepTokenNames.BearerType)]
    public void TryRead_Gives_back_what_was_signed(string type)
    {
        var claims = minting.Claims();

        StepTokenFormat.TryRead(StepTokenFormat.Sign(claims, type, Minting.KeyId, minting.Key), type, StepTokenKeySet.Of(Minting.KeyId, minting.Key), out var read).ShouldBeTrue();

        read.ToPayload().ShouldBe(claims.ToPayload());
    }

    [Fact]
    public void TryRead_Another_type_another_key_or_a_changed_byte_is_refused()
    {
        var (token, keys) = (minting.Sign(minting.Claims()), StepTokenKeySet.Of(Minting.KeyId, minting.Key));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var vote = minting.Sign(minting.Vote());

        StepTokenFormat.TryRead(token, StepTokenNames.TxnTokenType, keys, out _).ShouldBeTrue();
        StepTokenFormat.TryRead(token, StepTokenNames.BearerType, keys, out _).ShouldBeFalse();
        StepTokenFormat.TryRead(vote, VoteStatementNames.Type, keys, out _).ShouldBeFalse();
        StepTokenFormat.TryRead(token, StepTokenNames.TxnTokenType, StepTokenKeySet.Of(Minting.KeyId, other), out _).ShouldBeFalse();
        StepTokenFormat.TryRead(token, StepTokenNames.TxnTokenType, StepTokenKeySet.Empty, out _).ShouldBeFalse();
        StepTokenFormat.TryRead(token[..^1], StepTokenNames.TxnTokenType, keys, out _).ShouldBeFalse();
    }
}
