using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

public sealed class StepTokenKeySetTests : IDisposable
{
    private readonly Minting minting = new();

    public void Dispose() => minting.Dispose();

    [Fact]
    public void ToJwks_Reads_back_and_verifies()
    {
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var published = StepTokenKeySet.Of("key-0", second).With(Minting.KeyId, minting.Key).ToJwks();

        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(published), out var keys).ShouldBeTrue();
        keys.KeyIds.ShouldBe(["key-0", "key-1"], ignoreOrder: true);
        minting.FailureOf(minting.Sign(), expected: minting.Expected(keys: keys)).ShouldBeNull();
    }

    [Fact]
    public void WriteJwk_Writes_the_public_part_only() =>
        JsonNode.Parse(StepTokenKeySet.WriteJwk(Minting.KeyId, minting.Key))!.AsObject().Select(member => member.Key)
            .ShouldBe(["kty", "crv", "use", "alg", "kid", "x", "y"]);

    [Theory]
    [InlineData("kty", "RSA")]
    [InlineData("crv", "P-384")]
    [InlineData("use", "enc")]
    [InlineData("alg", "ES384")]
    public void TryParse_A_key_of_another_kind_is_passed_over(string member, string value)
    {
        StepTokenKeySet.TryParse(Published(key => key[member] = value), out var keys).ShouldBeTrue();
        keys.KeyIds.ShouldBeEmpty();
    }

    [Fact]
    public void TryParse_A_private_key_spoils_the_document() => StepTokenKeySet.TryParse(Published(key => key["d"] = "AAAA"), out _).ShouldBeFalse();

    [Fact]
    public void TryParse_A_point_off_the_curve_spoils_the_document() =>
        StepTokenKeySet.TryParse(Published(key => key["x"] = key["y"]!.GetValue<string>()), out _).ShouldBeFalse();

    [Fact]
    public void TryParse_Two_keys_of_one_name_spoil_the_document()
    {
        var one = StepTokenKeySet.WriteJwk(Minting.KeyId, minting.Key);

        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes($$"""{"keys":[{{one}},{{one}}]}"""), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[1]}""")]
    public void TryParse_Another_document_is_refused(string text) => StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    private byte[] Published(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(StepTokenKeySet.Of(Minting.KeyId, minting.Key).ToJwks())!;
        change(document["keys"]![0]!.AsObject());
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
