using System.Collections.Immutable;
using CsCheck;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class EncoderFunctionsTests
{
    [Fact]
    public void What_is_encoded_is_decoded_with_and_without_its_padding() => Gen.Byte.Array[0, 50].Sample(bytes =>
    {
        var encoded = Functions.Call("base64.encode", CelValue.Of([.. bytes]));
        return Functions.Call("base64.decode", encoded).AsBytes.SequenceEqual(bytes)
            && Functions.Call("base64.decode", CelValue.Of(encoded.AsString.TrimEnd('='))).AsBytes.SequenceEqual(bytes);
    });

    [Theory]
    [InlineData("a")]
    [InlineData("aGVsb")]
    [InlineData("aGVsbG8==")]
    [InlineData("aGVs=")]
    [InlineData("aGVs====")]
    [InlineData("aGVs bG8=")]
    [InlineData("aGVsbG8=\n")]
    [InlineData("aGVsbG8=aGVs")]
    [InlineData("-_-_")]
    [InlineData("=")]
    [InlineData("äää=")]
    public void Decode_WhatIsNotBase64_Fails(string text) => Functions.Told("base64.decode", CelValue.Of(text)).ShouldBe("The text is not base64.");

    [Fact]
    public void Encode_OfMuch_FailsBeforeItIsMade()
    {
        Functions.Call("base64.encode", CelValue.Of(ImmutableArray.Create(new byte[ConditionLimits.ResultSize / 4 * 3]))).AsString.Length.ShouldBe(ConditionLimits.ResultSize);
        Functions.Call("base64.encode", CelValue.Of(ImmutableArray.Create(new byte[(ConditionLimits.ResultSize / 4 * 3) + 1]))).ShouldBe(BoundedResult.Failure);
    }

    [Fact]
    public void Decode_OfMuch_FailsBeforeItIsMade() => Functions.Call("base64.decode", CelValue.Of(new string('a', 400_000))).ShouldBe(BoundedResult.Failure);
}
