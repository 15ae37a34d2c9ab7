using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Schemas.Formats;

namespace Touchstage.Safety.Tests.Schemas.Formats;

public sealed class FormatTests
{
    private const int Mebibyte = 1 << 20;

    // Ten times what the slowest takes alone on a machine, since other tests run beside; what is not linear takes minutes.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);

    // What a parser trips over: starts of everything, halves of pairs, and what repeats into something deep or long.
    private static readonly Gen<string> Pieces = JsonText.Pick(
        "a", "1", "-", ".", ":", "::", "/", "//", "~", "~0", "%", "%41", "@", "[", "]", "{", "}", "(", "(?", "(?<a>", ")", "\\", "\\u{", "\\p{", "*", "{1,2}", "|", "^", "$",
        "xn--", "\"", "#", "?", "T", "Z", "P1D", "2031-12-24", "18:30:00", "\ud800", "\udc00", "😀", "é", "e\u0301", "א", "\u0660", "\u200d", "\u30fb", "。", "\0", "\n", " ");

    public static TheoryData<string> Names => [.. StringFormat.Known];

    [Fact]
    public void Known_IsEveryFormatOfTheStandard() => StringFormat.Known.Order(StringComparer.Ordinal).ShouldBe(
        [
            "date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri", "iri-reference", "json-pointer", "regex",
            "relative-json-pointer", "time", "uri", "uri-reference", "uri-template", "uuid",
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Said_EndsASentence(string name) => StringFormat.Find(name)!.Said.ShouldStartWith("a");

    [Fact]
    public void Find_WhatIsNoFormat_IsNull() => StringFormat.Find("Date").ShouldBeNull();

    [ConformanceFact]
    public void OfficialTests_AllAgree()
    {
        var (agreed, wrong) = (0, new List<string>());
        foreach (var (format, test) in Official("optional/format/*.json"))
        {
            var text = test.GetProperty("data").GetString()!;
            if (format.Holds(text) == test.GetProperty("valid").GetBoolean())
            {
                agreed++;
            }
            else
            {
                wrong.Add($"{format.Name}: {test.GetProperty("description").GetString()}: {text}");
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));

        // The suite is pinned.
        agreed.ShouldBe(465);
    }

    // As annotations these are valid; each stands there because it is none of its format.
    [ConformanceFact]
    public void OfficialTestsOfAnnotations_AreRefusedAsAssertions()
    {
        var refused = Official("format.json").Select(o => (o.Format.Name, Holds: o.Format.Holds(o.Test.GetProperty("data").GetString()))).ToList();

        refused.ShouldAllBe(o => !o.Holds);
        refused.Count.ShouldBe(16);
    }

    [Theory]
    [InlineData("date", "0000-02-29", true)]
    [InlineData("date", "2100-02-29", false)]
    [InlineData("date", "2031-13-01", false)]
    [InlineData("date", "2031-1２-01", false)]
    [InlineData("date-time", "2031-12-24 18:30:00Z", false)]
    [InlineData("date-time", "2031-12-24", false)]
    [InlineData("time", "18:30:00", false)]
    [InlineData("time", "18:30:00.Z", false)]
    [InlineData("time", "00:29:60+00:30", true)]
    [InlineData("time", "23:59:60+00:30", false)]
    [InlineData("duration", "P1Y", true)]
    [InlineData("duration", "p1y", false)]
    [InlineData("duration", "P1DT", false)]
    [InlineData("email", "te~st@example.com", true)]
    [InlineData("email", "\"joe bloggs\"@example.com", true)]
    [InlineData("email", "\"joe..bloggs\"@example.com", true)]
    [InlineData("email", "\"joe@bloggs\"@example.com", true)]
    [InlineData("email", "\"a\\\"b\"@example.com", true)]
    [InlineData("email", "\"a\"b\"@example.com", false)]
    [InlineData("email", "\"a\\\u0007\"@example.com", false)]
    [InlineData("email", "\"a@example.com", false)]
    [InlineData("email", "\"a\\", false)]
    [InlineData("email", "joe.bloggs@[127.0.0.1]", true)]
    [InlineData("email", "joe.bloggs@[IPv6:::1]", true)]
    [InlineData("email", "joe.bloggs@[127.0.0.300]", false)]
    [InlineData("email", "joe.bloggs@[::1]", false)]
    [InlineData("email", ".test@example.com", false)]
    [InlineData("email", "test.@example.com", false)]
    [InlineData("email", "te..st@example.com", false)]
    [InlineData("email", "ann@invalid=domain.com", false)]
    [InlineData("email", "ann@example.com, bob@example.com", false)]
    [InlineData("email", "ann@example.com\n", false)]
    [InlineData("email", "änn@example.com", false)]
    [InlineData("email", "ann@", false)]
    [InlineData("idn-email", "änn@exämple.com", true)]
    [InlineData("idn-email", "\"\\é\"@example.com", false)]
    [InlineData("idn-email", "ann@example。com", false)]
    [InlineData("hostname", "Example.COM", true)]
    [InlineData("hostname", "ab--cd.com", true)]
    [InlineData("hostname", "XN--BCHER-KVA.example", true)]
    [InlineData("hostname", "bücher.example", false)]
    [InlineData("hostname", "1a.xn--4dbc5h", false)]
    [InlineData("idn-hostname", "bücher.example", true)]
    [InlineData("idn-hostname", "bu\u0308cher.example", false)]
    [InlineData("idn-hostname", "q\u0323\u0307", true)]
    [InlineData("idn-hostname", "q\u0307\u0323", false)]
    [InlineData("idn-hostname", "ê\u0323", false)]
    [InlineData("idn-hostname", "Bücher", false)]
    [InlineData("idn-hostname", "ab--cd", false)]
    [InlineData("idn-hostname", "א\u05b0", true)]
    [InlineData("idn-hostname", "א1\u0660", false)]
    [InlineData("idn-hostname", "אa", false)]
    [InlineData("idn-hostname", "אaא", false)]
    [InlineData("idn-hostname", "aאa", false)]
    [InlineData("idn-hostname", "א-b.com", false)]
    [InlineData("idn-hostname", "\u0903a", false)]
    [InlineData("idn-hostname", "l·l", true)]
    [InlineData("idn-hostname", "l·a", false)]
    [InlineData("idn-hostname", "α\u0375β", true)]
    [InlineData("idn-hostname", "α\u0375b", false)]
    [InlineData("idn-hostname", "א\u05f3", true)]
    [InlineData("idn-hostname", "a・", false)]
    [InlineData("idn-hostname", "a・ア", true)]
    [InlineData("idn-hostname", "क\u094d\u200dष", true)]
    [InlineData("idn-hostname", "क\u200dष", false)]
    [InlineData("idn-hostname", "بي\u200cبي", true)]
    [InlineData("idn-hostname", "ا\u200cب", false)]
    [InlineData("idn-hostname", "ب\u0660\u06f0", false)]
    [InlineData("idn-hostname", "xn---9uc", false)]
    [InlineData("idn-hostname", "xn--a", false)]
    [InlineData("idn-hostname", "\u0660.com", false)]
    [InlineData("idn-hostname", "☃.example", false)]
    [InlineData("idn-hostname", "\u0378.example", false)]
    [InlineData("ipv4", "192.0.2.01", false)]
    [InlineData("ipv4", "1.2.3.4.5", false)]
    [InlineData("ipv6", "1::2:3:4:5:6:7:8", false)]
    [InlineData("ipv6", "1::3:4:5:6:7:8", true)]
    [InlineData("ipv6", "1.2.3.4::", false)]
    [InlineData("ipv6", ":::", false)]
    [InlineData("uri", "https://[::1]:443/a?b#c", true)]
    [InlineData("uri", "https://[v1.a:b]/", true)]
    [InlineData("uri", "https://[v1.]/", false)]
    [InlineData("uri", "https://[v.a]/", false)]
    [InlineData("uri", "https://[::1/", false)]
    [InlineData("uri", "https://[::1]a/", false)]
    [InlineData("uri", "https://a@b@c/", false)]
    [InlineData("uri", "https://a/[b]", false)]
    [InlineData("uri", "a:", true)]
    [InlineData("uri", "a:b#c#d", false)]
    [InlineData("uri-reference", "", true)]
    [InlineData("uri-reference", "a:b", true)]
    [InlineData("uri-reference", "1:b", false)]
    [InlineData("uri-reference", "./1:b", true)]
    [InlineData("uri-reference", "//a:b/", false)]
    [InlineData("uri-reference", "/é", false)]
    [InlineData("iri", "https://exämple.com/é?\ue000", true)]
    [InlineData("iri", "https://example.com/\ue000", false)]
    [InlineData("iri", "https://example.com/\u202e", false)]
    [InlineData("iri", "é", false)]
    [InlineData("uri-template", "{=var}", true)]
    [InlineData("uri-template", "{var:3*}", false)]
    [InlineData("uri-template", "{*}", false)]
    [InlineData("uuid", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", false)]
    [InlineData("json-pointer", "/~", false)]
    [InlineData("relative-json-pointer", "0+1", false)]
    [InlineData("regex", "a{2,1}", false)]
    public void Holds_IsAsTheSpecificationSays(string format, string text, bool expected) => StringFormat.Find(format)!.Holds(text).ShouldBe(expected);

    // By itself, because what is written in an attribute must be whole text.
    [Fact]
    public void HalfOfAPair_IsNoCharacter()
    {
        StringFormat.Find("idn-email")!.Holds("\ud800nn@example.com").ShouldBeFalse();
        StringFormat.Find("idn-hostname")!.Holds("a\ud800").ShouldBeFalse();
        StringFormat.Find("iri")!.Holds("https://example.com/\ud83d").ShouldBeFalse();
        StringFormat.Find("uri-template")!.Holds("\udc00").ShouldBeFalse();
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, false)]
    public void Hostname_Has253CharactersAtMost(int last, bool expected)
    {
        var name = $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{new string('d', last)}";

        StringFormat.Find("hostname")!.Holds(name).ShouldBe(expected);
        StringFormat.Find("idn-hostname")!.Holds(name).ShouldBe(expected);
        StringFormat.Find("hostname")!.Holds($"{name}.").ShouldBeFalse();
        StringFormat.Find("hostname")!.Holds($"{name}.e").ShouldBeFalse();
    }

    [Theory]
    [InlineData(64, 63, 63, 61, true)]
    [InlineData(65, 1, 1, 1, false)]
    [InlineData(64, 63, 63, 62, false)]
    public void Email_HasALocalPartOf64AndOf254OctetsAtMost(int local, int first, int second, int third, bool expected)
    {
        var address = $"{new string('a', local)}@{new string('b', first)}.{new string('c', second)}.{new string('d', third)}";

        StringFormat.Find("email")!.Holds(address).ShouldBe(expected);
        StringFormat.Find("idn-email")!.Holds(address).ShouldBe(expected);
        StringFormat.Find("idn-email")!.Holds($"é{address[2..]}").ShouldBe(expected);
        StringFormat.Find("idn-email")!.Holds($"é{address[1..]}").ShouldBeFalse();
    }

    [Theory]
    [InlineData("date", "2031-12-24")]
    [InlineData("date-time", "2031-12-24T18:30:00.123+01:00")]
    [InlineData("time", "18:30:00Z")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("email", "ann.smith@mail.example.com")]
    [InlineData("uri", "https://ann@example.com:443/a%20b?c=d#e")]
    [InlineData("ipv4", "192.0.2.1")]
    [InlineData("ipv6", "2001:db8::192.0.2.1")]
    [InlineData("hostname", "www.example.com")]
    public void Holds_OfACommonFormat_AllocatesNothing(string name, string text)
    {
        var format = StringFormat.Find(name)!;
        format.Holds(text).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            format.Holds(text);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_OfAnyText_AnswersWithoutThrowing(string name)
    {
        var format = StringFormat.Find(name)!;
        Gen.OneOf(Pieces.Array[0, 12].Select(string.Concat), Gen.String).Sample(text => { format.Holds(text); }, iter: 3_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_OfAMebibyte_TakesTimeInLineWithItsLength(string name)
    {
        var format = StringFormat.Find(name)!;
        Gen.Select(Pieces.Array[0, 3].Select(string.Concat), Pieces.Array[1, 3].Select(string.Concat)).Sample((start, piece) => TakesItsLength(format, start, piece).ShouldBeTrue(), iter: 30, threads: 1);
    }

    // Four times the text takes four times as long; what is quick enough is not measured on a busy machine.
    private static bool TakesItsLength(StringFormat format, string start, string piece) =>
        Fastest(format, Text(start, piece, Mebibyte)) is var whole && (whole < Quick || whole < Fastest(format, Text(start, piece, Mebibyte / 4)) * 10);

    private static string Text(string start, string piece, int length) => start + string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    // Other tests run beside this one: only what is slow every time is slow.
    private static TimeSpan Fastest(StringFormat format, string text)
    {
        var fastest = TimeSpan.MaxValue;
        for (var round = 0; round < 5 && fastest >= Quick; round++)
        {
            var start = Stopwatch.GetTimestamp();
            format.Holds(text);
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        return fastest;
    }

    private static IEnumerable<(StringFormat Format, JsonElement Test)> Official(string files) =>
        from file in Directory.EnumerateFiles(ConformanceFactAttribute.Folder!, files).Order(StringComparer.Ordinal)
        from @group in JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray()
        let format = StringFormat.Find(@group.GetProperty("schema").GetProperty("format").GetString()!)
        where format is not null
        from test in @group.GetProperty("tests").EnumerateArray()
        where test.GetProperty("data").ValueKind == JsonValueKind.String
        select (format, test);
}
