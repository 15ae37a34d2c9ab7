using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Upstream;

namespace Touchstage.Safety.Tests.Upstream;

public sealed class ScrubberTests
{
    private const string Opaque = "kZ7pQ2mX9vLr4TnB8wJd3HsYc6FgUe1RaVo5iKqNtMx";
    private const string Header = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IjEifQ";
    private const string Claims = "eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUiLCJzdWIiOiJhY21lIiwiYXVkIjoiYmlsbGluZyIsImV4cCI6MTgwMDAwMDAwMH0";
    private const string Signature = "p0Zq_3vY-8RkLmT2nWcXb7HdGfJs5AeUiOo9QyEw1KzVtNrMx4CgBhDjFl6SaPu";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["opaque token"] = Opaque,
        ["jwt"] = $"{Header}.{Claims}.{Signature}",
        ["client secret"] = "P~5_x.Qr8+Lm/2t=ZcW!vB7$nK4@hG9#",
        ["api key"] = "sk_live_51Hx8aKq2ZvTn7RbYw3",
        ["password"] = "Tr0ub4dor&3xyz",
        ["pem line"] = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2",
        ["not ascii"] = "пароль-дляТестов-пример",
    };

    public static TheoryData<string> AllKinds => [.. Kinds.Keys];

    public static TheoryData<string> Spellings => [.. Echo.Spellings.Select(spelling => spelling.Name)];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Scrub_AnyKindOfSecretInThisSpelling_IsMasked(string spelling)
    {
        var spell = Echo.Spellings.Single(one => one.Name == spelling).Spell;
        foreach (var (kind, secret) in Kinds.Where(kind => kind.Key != "not ascii" || !spelling.Contains(" of ", StringComparison.Ordinal) && !spelling.StartsWith("escapes", StringComparison.Ordinal)))
        {
            Scrub(Of(secret), new JsonObject { ["id"] = "inv_1", ["note"] = spell(secret) }).ShouldBe("""{"id":"inv_1","note":"***"}""", kind);
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Finds_PasswordInsideItsBasicHeader_True(string kind)
    {
        var secret = Kinds[kind];
        var scrubber = new Scrubber([secret, "billing-robot@acme.example:" + secret]);
        scrubber.Finds("Basic " + Echo.Base64("billing-robot@acme.example:" + secret)).ShouldBeTrue();
        scrubber.Finds("We wrote to billing-robot@acme.example.").ShouldBeFalse();
    }

    [Theory]
    [InlineData("abc", "robot:abc", true)]
    [InlineData("abc", "cannot find abc", true)]
    [InlineData("a%b", "x a%25b", true)]
    [InlineData("a!b$c&", "x a!b$c&amp;", true)]
    [InlineData("a!b$c&", "abc", false)]
    [InlineData("p4ss!w", "cDRzcyF3", true)]
    public void Finds_SecretTooShortForParts_AsAWhole(string secret, string text, bool isFound) => Of(secret).Finds(text).ShouldBe(isFound);

    // Any part of 16 characters, or half of it.
    [Theory]
    [InlineData("opaque token", 16)]
    [InlineData("client secret", 11)]
    [InlineData("api key", 13)]
    [InlineData("password", 8)]
    [InlineData("pem line", 16)]
    public void Finds_APart_FromSixteenCharactersOrHalfOnward(string kind, int part)
    {
        var secret = string.Concat(Kinds[kind].Where(char.IsLetterOrDigit));
        var scrubber = Of(Kinds[kind]);
        for (var at = 0; at + part <= secret.Length; at++)
        {
            var piece = secret.Substring(at, part);
            scrubber.Finds($"[{piece}]").ShouldBeTrue(piece);
            scrubber.Finds(Echo.Base64("it was: " + piece)).ShouldBeTrue(piece);
            scrubber.Finds(Convert.ToHexString(Encoding.ASCII.GetBytes(piece))).ShouldBeTrue(piece);
            scrubber.Finds($"[{piece[1..]}]").ShouldBeFalse(piece);
        }
    }

    [Fact]
    public void Finds_SignatureOrClaimsOfAToken_ButNotItsHeader()
    {
        var scrubber = Of(Kinds["jwt"]);
        scrubber.Finds(Signature).ShouldBeTrue();
        scrubber.Finds(Signature[20..40]).ShouldBeTrue();
        scrubber.Finds(Claims).ShouldBeTrue();
        scrubber.Finds(Claims[40..90]).ShouldBeTrue();
        scrubber.Finds($"{Header}.eyJpc3MiOiJodHRwczovL2Rvd25sb2Fkcy5leGFtcGxlIn0.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Scrub_SplitOverValues_IsWithheld(string kind)
    {
        var secret = Kinds[kind];
        var scrubber = Of(secret);
        foreach (var size in (int[])[3, 4, 5, 7])
        {
            string[] raw = [.. Echo.Chunks(secret, size)];
            string[][] together = [raw, [.. Echo.Chunks(Echo.Base64(secret), size)], [.. Echo.Chunks(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), size)]];
            string[][] each = kind == "not ascii" ? [] : [[.. raw.Select(Echo.Base64)], [.. raw.Select(Echo.Base64Url)]];
            foreach (var (how, answer) in together.Concat(each).Where(pieces => !pieces.Any(scrubber.Finds)).SelectMany(Splits))
            {
                Scrub(scrubber, answer).ShouldBeNull($"{how}, {size} each");
            }

            foreach (var pieces in together)
            {
                Scrub(scrubber, new JsonArray([.. pieces.Select(piece => (JsonNode)$" \"{piece}\" -\u200b")])).ShouldBeNull($"with separators, {size} each");
            }
        }
    }

    [Fact]
    public void Scrub_HalvesInTwoMembers_AreMaskedOrWithheld()
    {
        foreach (var cut in Enumerable.Range(1, Opaque.Length - 1))
        {
            var scrubbed = Scrub(Of(Opaque), new JsonObject { ["b"] = Opaque[..cut], ["a"] = Opaque[cut..] });
            (scrubbed?.Contains(Opaque[..Math.Min(cut, 16)], StringComparison.Ordinal) is true && cut >= 16).ShouldBeFalse();
            scrubbed.ShouldBeOneOf(null, """{"a":"***","b":"***"}""", $$"""{"a":"***","b":"{{Opaque[..cut]}}"}""", $$"""{"a":"{{Opaque[cut..]}}","b":"***"}""");
        }
    }

    [Fact]
    public void Scrub_DigitsSplitOverNumbers_IsWithheld() =>
        Scrub(Of("83719264058371926405"), new JsonArray(83719, 26405, 83719, 26405)).ShouldBeNull();

    [Fact]
    public void Scrub_BytesAsNumbers_IsWithheld() =>
        Scrub(Of(Opaque), new JsonObject { ["type"] = "Buffer", ["data"] = new JsonArray([.. Encoding.ASCII.GetBytes(Opaque).Select(b => (JsonNode)(int)b)]) }).ShouldBeNull();

    [Fact]
    public void Scrub_Name_IsWithheld()
    {
        Scrub(Of(Opaque), new JsonObject { [Opaque] = true }).ShouldBeNull();
        Scrub(Of(Opaque), new JsonObject { ["x"] = new JsonObject { [Echo.Base64(Opaque)] = 1 } }).ShouldBeNull();
    }

    [Fact]
    public void Scrub_WithoutSecret_IsTheVeryValue()
    {
        var answer = JsonNode.Parse("""{"b":[1,true,null,"x"],"a":{"n":1.5}}""");
        var value = CanonicalJson.Of(answer);
        Of(Opaque).Scrub(answer, value).ShouldBeSameAs(value);
        new Scrubber([]).Scrub(answer, value).ShouldBeSameAs(value);
        new Scrubber(["", " "]).Finds("").ShouldBeFalse();
    }

    [Fact]
    public void Finds_SensitiveArgument_AsAWholeOnly()
    {
        var scrubber = new Scrubber([Opaque], ["4111 1111 1111 1111", "please refund the whole of the payment"]);
        scrubber.Finds("card 4111-1111-1111-1111").ShouldBeTrue();
        scrubber.Finds(Echo.Base64("card=4111 1111 1111 1111;")).ShouldBeTrue();
        scrubber.Finds("We cannot refund the whole of the payment.").ShouldBeFalse();
        Scrub(scrubber, new JsonObject { ["a"] = "4111 1111", ["b"] = "1111 1111" }).ShouldBeNull();
    }

    // Each is as long as the longest answer, and costs most in another place.
    [Theory]
    [InlineData("MTEx")]
    [InlineData("%252525")]
    [InlineData("&amp;amp;")]
    [InlineData("\\\\\\\\")]
    [InlineData("kZ7pQ2mX9vLr4Tn0")]
    [InlineData("6b5a377051326d5z")]
    public void Finds_HostileText_EndsWithoutFinding(string piece) =>
        Of(Opaque).Finds(string.Concat(Enumerable.Repeat(piece, 1_048_576 / piece.Length))).ShouldBeFalse();

    [Fact]
    public void Finds_RandomOrdinaryAnswers_Never() => Gen.Select(Answer(3), Secrets.Array[1, 3]).Sample(
        (answer, secrets) =>
        {
            var node = JsonNode.Parse(answer);
            var value = CanonicalJson.Of(node);
            new Scrubber(secrets).Scrub(node, value).ShouldBeSameAs(value);
        },
        iter: 2_000);

    [Fact]
    public void Scrub_SecretAnywhereInARandomAnswer_NeverComesThrough() =>
        Gen.Select(Answer(2), Secrets.Array[1, 3], Gen.Int[0, 2], Gen.Int[0, Echo.Spellings.Length - 1], Gen.Int[0, 5]).Sample(
            (answer, secrets, which, spelling, place) =>
            {
                var secret = secrets[which % secrets.Length];
                var echo = Echo.Spellings[spelling].Spell(secret);
                var half = echo.Length / 2;
                var other = JsonNode.Parse(answer);
                JsonNode node = place switch
                {
                    0 => new JsonObject { ["x"] = echo, ["y"] = other },
                    1 => new JsonArray(other, echo),
                    2 => new JsonObject { [echo] = other },
                    3 => new JsonArray(echo[..half], echo[half..], other),
                    4 => new JsonObject { ["z"] = echo[..half], ["b"] = echo[half..], ["c"] = other },
                    _ => new JsonArray([.. Echo.Chunks(echo, 4).Select(piece => (JsonNode)piece)]),
                };
                var scrubber = new Scrubber(secrets);
                var scrubbed = scrubber.Scrub(node, CanonicalJson.Of(node));
                (scrubbed is null || !scrubber.Finds(scrubbed.Text)).ShouldBeTrue();
                (scrubbed?.Text.Contains(echo, StringComparison.Ordinal) is true).ShouldBeFalse(Echo.Spellings[spelling].Name);
                (scrubbed?.Text == CanonicalJson.Of(node).Text).ShouldBeFalse($"{Echo.Spellings[spelling].Name} at {place}");
            },
            iter: 3_000);

    [Fact]
    public void ToString_OfItsParts_PrintsNothing() => new Needle("secretsecret", 8).ToString().ShouldBe("***");

    private static readonly Gen<string> Secrets = Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"].Array[32, 64].Select(chars => new string(chars));

    private static Scrubber Of(string secret) => new([secret]);

    private static string? Scrub(Scrubber scrubber, JsonNode answer) => scrubber.Scrub(answer, CanonicalJson.Of(answer))?.Text;

    private static IEnumerable<(string How, JsonNode Answer)> Splits(string[] pieces)
    {
        yield return ("items", new JsonArray([.. pieces.Select(piece => (JsonNode)piece)]));
        yield return ("members in order", new JsonObject(pieces.Select((piece, i) => KeyValuePair.Create($"m{i:d3}", (JsonNode?)piece))));
        yield return ("members whose names sort the other way", new JsonObject(pieces.Select((piece, i) => KeyValuePair.Create($"m{999 - i:d3}", (JsonNode?)piece))));
        yield return ("members that come in another order", new JsonObject(pieces.Select((piece, i) => KeyValuePair.Create($"m{i:d3}", (JsonNode?)piece)).Reverse()));
        yield return ("a column", new JsonArray([.. pieces.Select((piece, i) => (JsonNode)new JsonObject { ["n"] = i, ["p"] = piece, ["q"] = "noise" })]));
        yield return ("depths", pieces.TakeLast(40).Reverse().Aggregate((JsonNode)new JsonObject(), (inner, piece) => new JsonObject { ["a"] = piece, ["b"] = inner }));
        yield return ("between flags", new JsonArray([.. pieces.SelectMany(piece => (JsonNode?[])[piece, true, null])]));
        if (pieces.Distinct(StringComparer.Ordinal).Count() == pieces.Length)
        {
            yield return ("names", new JsonObject(pieces.Select(piece => KeyValuePair.Create(piece, (JsonNode?)true))));
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Answer(int depth)
    {
        var word = Gen.OneOf(OneOf("status", "succeeded", "created_at", "2026-11-26T10:15:44Z", "EUR", "https://api.example/v1/invites/1?page=2", "Ada Lovelace", "100%"),
            Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz ABCDEFGHIJ0123456789-_%&\\/+=.,"], 0, 60]);
        var text = word.Select(one => JsonValue.Create(one)!.ToJsonString());
        var leaf = Gen.OneOf(text, Gen.Int.Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), OneOf("true", "false", "null"));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Answer(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Array[0, 6].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(text, inner).Array[0, 6].Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"{member.Item1}:{member.Item2}"))}}}"));
    }
}
