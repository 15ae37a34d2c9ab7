using System.Text.Json.Nodes;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>The few names and values that generated schemas and instances are made of: so few that they often meet.</summary>
internal static class Words
{
    public static readonly string[] Names = ["a", "b", "c", "ab", "x-1", "é", "a/b", "~"];

    public static readonly string[] Texts = ["", "a", "b", "ab", "aa", "abc", "aab", "é", "😀", "1", "10", "x-1", "a\nb", "2024-02-29"];

    public static readonly string[] Numbers = ["0", "1", "2", "3", "-1", "-2", "10", "1.5", "0.5", "0.1", "0.3", "19.99", "-0", "1.0", "1e2", "2.50", "1e-7", "1e30", "9007199254740992"];

    /// <summary>No double holds them exactly.</summary>
    public static readonly string[] Inexact = ["9007199254740993", "1e400", "0.1000000000000000000000001"];

    public static readonly string[] Units = ["1", "2", "3", "0.5", "0.1", "0.01", "1.5", "1e-7", "10"];

    public static readonly string[] Types = ["array", "boolean", "integer", "null", "number", "object", "string"];

    /// <summary>Patterns, each with texts that match.</summary>
    public static readonly (string Pattern, string[] Texts)[] Patterns =
    [
        ("^a", ["a", "ab", "aab"]),
        ("b$", ["b", "ab", "aab"]),
        ("^[a-c]+$", ["a", "b", "abc"]),
        ("^x-", ["x-1", "x-"]),
        ("\\d", ["1", "10", "x-1"]),
        ("^.$", ["a", "é", "😀"]),
        ("^(é|.😀)?$", ["", "é", "a😀"]),
        ("a|1", ["a", "1", "10"]),
        ("^(ab?)+$", ["a", "aab", "ab"]),
        ("^[^a]{1,2}$", ["b", "10", "é"]),
        ("", ["", "c"]),
    ];

    /// <summary>Formats whose rules leave nothing to interpret, each with texts that follow it and texts that nearly do.</summary>
    public static readonly (string Format, string[] Texts, string[] Others)[] Formats =
    [
        ("date", ["2024-02-29", "1999-12-31"], ["2023-02-29", "2024-2-9", "2024-13-01"]),
        ("ipv4", ["127.0.0.1", "255.255.255.255"], ["256.0.0.1", "1.2.3", "1.2.3.4.5"]),
        ("ipv6", ["::1", "2001:db8::1"], [":::1", "12345::", "::1%0"]),
        ("uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"]),
        ("json-pointer", ["", "/a/0", "/~0~1"], ["a", "/~2"]),
    ];

    public static JsonNode Number(string text) => JsonNode.Parse(text)!;

    public static JsonNode? Scalar(Dice dice) => dice.Below(10) switch
    {
        0 => null,
        1 => JsonValue.Create(dice.Chance(50)),
        < 6 => Number(dice.Pick(Numbers)),
        _ => JsonValue.Create(dice.Pick(Texts)),
    };

    /// <summary>Any value.</summary>
    public static JsonNode? Value(Dice dice, int depth) => depth == 0 || dice.Chance(50) ? Scalar(dice)
        : dice.Chance(50) ? new JsonArray([.. Enumerable.Range(0, dice.Below(4)).Select(_ => Value(dice, depth - 1))])
        : new JsonObject(dice.Some(Names, 25).Select(name => KeyValuePair.Create(name, Value(dice, depth - 1))));
}
