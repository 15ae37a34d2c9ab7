using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""",
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}")]
    [InlineData("""{ "numbers": [1E30, 4.50, 2e-3, 0.000000000000000000000000001], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }""",
        """{"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""")]
    [InlineData("""{"b":{"d":1,"c":[ ]},"a":{}}""", """{"a":{},"b":{"c":[],"d":1}}""")]
    [InlineData("\"\\u0001\\b\\t\\n\\f\\r\\u007f\\u2028\"", "\"\\u0001\\b\\t\\n\\f\\r\u007f\u2028\"")]
    [InlineData("""{"":1,"a\/b":2}""", """{"":1,"a/b":2}""")]
    public void Parse_WritesTheFormOfRfc8785(string text, string expected)
    {
        var json = Accept(text);

        json.Text.ShouldBe(expected);
        Encoding.UTF8.GetString(json.Utf8).ShouldBe(expected);
        json.Root.GetRawText().ShouldBe(expected);
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("0.10", "0.1")]
    [InlineData("19.99", "19.99")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("0e999999999999999999999", "0")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("100000000000000000000000", "1e+23")]
    [InlineData("0.00000000000000000000000000000010e31", "1")]
    public void Parse_ANumberThatIsHeldExactly_IsWrittenShortest(string text, string expected) => Accept(text).Text.ShouldBe(expected);

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("49.999999999999999999")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("1e999999999")]
    [InlineData("1e-999999999")]
    [InlineData("1e99999999999999999999999999")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("333333333.33333329")]
    public void Parse_ANumberThatIsNotHeldExactly_IsRefused(string text)
    {
        Refused($$"""{"a":[1,{{text}}]}""", "arguments_not_canonical", "number").Path.ShouldBe("/a/1");
    }

    [Fact]
    public void Parse_AMillionDigits_IsRefusedInOnePass()
    {
        Refused(new string('1', 1_000_000), "arguments_not_canonical", "number");
        Accept("1" + new string('0', 300)).Text.ShouldBe("1e+300");
        Accept("0." + new string('0', 1_000_000)).Text.ShouldBe("0");
    }

    [Theory]
    [InlineData("""{"a":1,"a":1}""", "/a")]
    [InlineData("""{"a":1,"\u0061":2}""", "/a")]
    [InlineData("""{"x":[{"a":1,"b":2,"a":3}]}""", "/x/0/a")]
    public void Parse_ADuplicateKey_IsRefused(string text, string path) =>
        Refused(text, "arguments_not_canonical", "duplicateKey").Path.ShouldBe(path);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\udfff\":1}")]
    public void Parse_ALoneSurrogate_IsRefused(string text) => Refused(text, "arguments_not_canonical", "surrogate");

    // Not inline data: an attribute's text is stored as UTF-8, which cannot hold half a pair.
    [Fact]
    public void Parse_ALoneSurrogateInTheTextItself_IsRefused() => Refused("\"\ud800\"", "arguments_not_canonical", "surrogate");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("// no\n1")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData("'a'")]
    [InlineData("\uFEFF1")]
    public void Parse_WhatIsNotJson_IsRefused(string text) => Refused(text, "arguments_not_json", "json");

    [Fact]
    public void Parse_InvalidUtf8_IsRefused()
    {
        byte[][] broken = [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82]];
        foreach (var utf8 in broken)
        {
            CanonicalJson.Parse(utf8).TryGet(out _, out var refusal).ShouldBeFalse();
            refusal!.Code.Value.ShouldBe("arguments_not_json");
        }
    }

    [Fact]
    public void Parse_AtEachLimit_IsAccepted_AndRefusedBeyondIt()
    {
        Accept($"\"{new string('a', (1 << 20) - 2)}\"");
        Refused($"\"{new string('a', (1 << 20) - 1)}\"", "arguments_too_large", "size");

        Accept(new string('[', 64) + new string(']', 64));
        Refused(new string('[', 65) + new string(']', 65), "arguments_too_large", "depth");
        Refused(new string('[', 100_000), "arguments_too_large", "depth");

        Accept($"[{string.Join(',', Enumerable.Repeat("1", 9_999))}]");
        Refused($"[{string.Join(',', Enumerable.Repeat("1", 10_000))}]", "arguments_too_large", "count");
    }

    [Fact]
    public void Parse_AHundredThousandProperties_IsRefused()
    {
        var text = new StringBuilder("{\"p\":0");
        for (var i = 0; i < 100_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"{i}\":0");
        }

        Refused(text.Append('}').ToString(), "arguments_too_large", text.Length > 1 << 20 ? "size" : "count");
    }

    [Fact]
    public void From_ReadsTheRawText_SoThatDuplicatesAndDigitsAreSeen()
    {
        using var document = JsonDocument.Parse("""{"good":{"b":1.50,"a":2},"twice":{"a":1,"a":2},"long":0.1000000000000000000001}""");

        CanonicalJson.From(document.RootElement.GetProperty("good")).TryGet(out var good, out _).ShouldBeTrue();
        good!.Text.ShouldBe("""{"a":2,"b":1.5}""");
        CanonicalJson.From(document.RootElement.GetProperty("twice")).Refusal!.Code.Value.ShouldBe("arguments_not_canonical");
        CanonicalJson.From(document.RootElement.GetProperty("long")).Refusal!.Code.Value.ShouldBe("arguments_not_canonical");
        CanonicalJson.From(default).Refusal!.Code.Value.ShouldBe("arguments_not_json");
    }

    [Fact]
    public void Of_ComposesAndRefusesByThrowing()
    {
        CanonicalJson.Of(new JsonObject { ["b"] = 1.50m, ["a"] = new JsonArray("ö", null, true) }).Text.ShouldBe("""{"a":["ö",null,true],"b":1.5}""");
        CanonicalJson.Of(null).Text.ShouldBe("null");
        Should.Throw<ArgumentException>(() => CanonicalJson.Of(JsonValue.Create((1L << 53) + 1)));
        Should.Throw<ArgumentException>(() => CanonicalJson.Of(JsonValue.Create(double.NaN)));
        Should.Throw<ArgumentException>(() => CanonicalJson.Of(JsonValue.Create("\ud800")));
        Should.Throw<ArgumentException>(() => CanonicalJson.Of(new JsonObject { ["\udc00"] = 1 }));
    }

    [Fact]
    public void Of_EnclosesWhateverWasReceived()
    {
        var deepest = Accept(new string('[', 64) + new string(']', 64));
        var fullest = Accept($"[{string.Join(',', Enumerable.Repeat("1", 9_999))}]");
        var options = new JsonDocumentOptions { MaxDepth = 128 };

        var composed = CanonicalJson.Of(new JsonObject
        {
            ["a"] = JsonNode.Parse(deepest.Text, documentOptions: options),
            ["b"] = JsonNode.Parse(fullest.Text, documentOptions: options),
        });

        CanonicalJson.Restore(composed.Utf8).Text.ShouldBe(composed.Text);
        Should.Throw<ArgumentException>(() => CanonicalJson.Restore(" 1"u8));
    }

    [Fact]
    public void Digest_IsSha256OverTheCanonicalBytes()
    {
        Accept(" { } ").Digest.ShouldBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        Accept("""{"b":1,"a":2}""").Digest.ShouldBe(Accept("""{"a":2.0,"b":10e-1}""").Digest);
    }

    [Fact]
    public void Parse_OfACanonicalText_ChangesNothing() => JsonText.Any(4).Sample(text =>
    {
        var once = Accept(text);
        Accept(once.Text).Text.ShouldBe(once.Text);
        CanonicalJson.Of(JsonNode.Parse(once.Text)).Digest.ShouldBe(once.Digest);
        CanonicalJson.Restore(once.Utf8).Digest.ShouldBe(once.Digest);
    }, iter: 2_000);

    [Fact]
    public void Parse_OfAnyBytes_NeverThrows() => Gen.Byte.Array[0, 40].Sample(bytes => _ = CanonicalJson.Parse(bytes).Refusal, iter: 10_000);

    [Fact]
    public void Parse_OfAnyText_NeverThrows() => Gen.Char["{}[]\",:\\u0d8e1E+-.tfn \ud800"].Array[0, 24].Sample(
        text => _ = CanonicalJson.Parse(new string(text)).Refusal, iter: 20_000);

    private static CanonicalJson Accept(string text)
    {
        CanonicalJson.Parse(text).TryGet(out var json, out var refusal).ShouldBeTrue(refusal?.ToString());
        return json!;
    }

    private static Problem Refused(string text, string code, string rule)
    {
        CanonicalJson.Parse(text).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.Value.ShouldBe(code);
        refusal.Reason.Length.ShouldBeLessThan(500);
        refusal.Problems.Single().Rule.ShouldBe(rule);
        return refusal.Problems.Single();
    }
}
