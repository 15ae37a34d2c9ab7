using System.Collections.Immutable;

namespace Touchstage.StepTokens.Tests;

/// <summary>Every way to change a request or its token, by kind. Each changes one thing, chosen by two numbers.</summary>
internal static class Mutations
{
    // Before the list, which is made in this order.
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<(string Kind, Func<SignedRequests, SignedRequest, int, int, SignedRequest> Change)> All { get; } =
    [
        .. TokenMutations.All.Select(mutation => (mutation.Kind, (Func<SignedRequests, SignedRequest, int, int, SignedRequest>)((by, request, a, b) => request with { Token = mutation.Change(by, request.Token, a, b) }))),
        ("header: value", (_, request, a, _) => request with { Headers = request.Headers.SetItem(a % request.Headers.Length, Other(request.Headers[a % request.Headers.Length])) }),
        ("header: removed", (_, request, a, _) => request with { Headers = request.Headers.RemoveAt(a % request.Headers.Length) }),
        ("header: twice", (_, request, a, _) => request with { Headers = request.Headers.Add(request.Headers[a % request.Headers.Length]) }),
        ("header: not covered", (_, request, _, _) => request with { Headers = request.Headers.Add(new("Content-Encoding", "gzip")) }),
        ("method: another", (_, request, a, _) => request with { Method = Methods.Where(method => method != request.Method).ElementAt(a % (Methods.Length - 1)) }),
        ("method: case", (_, request, _, _) => request with { Method = request.Method[..1] + request.Method[1..].ToLowerInvariant() }),
        ("path: a segment more", (_, request, _, _) => request with { Target = request.Target.Replace("?", "/more?", StringComparison.Ordinal) }),
        ("path: a slash more", (_, request, _, _) => request with { Target = request.Target.Replace("?", "/?", StringComparison.Ordinal) }),
        ("path: dots", (_, request, _, _) => request with { Target = "/any/." + request.Target["/any".Length..] }),
        ("path: case", (_, request, _, _) => request with { Target = At(request.Target, "/any/".Length, letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)) }),
        ("path: encoding", (_, request, _, _) => request with { Target = $"/any/%{(int)request.Target["/any/".Length]:X2}{request.Target["/any/x".Length..]}" }),
        ("query: a parameter more", (_, request, _, _) => request with { Target = request.Target + "&admin=1" }),
        ("query: a value longer", (_, request, _, _) => request with { Target = request.Target + "1" }),
        ("query: none", (_, request, _, _) => request with { Target = request.Target[..request.Target.IndexOf('?', StringComparison.Ordinal)] }),
        ("query: order", (_, request, _, _) => request with { Target = request.Target + "&" }),
        ("url: fragment", (_, request, _, _) => request with { Target = request.Target + "#x" }),
        ("body: a byte", (_, request, a, b) => request with { Body = OtherBody(request.Body, a, b) }),
    ];

    private static KeyValuePair<string, string> Other(KeyValuePair<string, string> header) => new(header.Key, header.Value + "x");

    private static string At(string text, int index, Func<char, char> change) => text[..index] + change(text[index]) + text[(index + 1)..];

    private static byte[] OtherBody(byte[] body, int a, int b)
    {
        if (body.Length == 0 || b % 3 == 0)
        {
            return [.. body, (byte)a];
        }

        var at = a % body.Length;
        return b % 3 == 1 ? [.. body[..at], .. body[(at + 1)..]] : [.. body[..at], (byte)(body[at] ^ (1 << (b % 8))), .. body[(at + 1)..]];
    }
}
