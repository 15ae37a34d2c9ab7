using System.Net;
using System.Text.RegularExpressions;

namespace Touchstage.Mcp.Tests.SignIns;

/// <summary>A browser as far as signing in goes: it keeps cookies, follows nothing by itself, and sends forms as they stand on the page.</summary>
internal sealed partial class Visitor(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>The cookies by name: what the server set, whole.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Headers that go with everything, such as what a proxy adds.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);

    public Task<Visit> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<Visit> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Presses the button of the page's first form; a field may be sent otherwise than it stands there.</summary>
    public Task<Visit> PressAsync(Visit page, params KeyValuePair<string, string>[] otherwise)
    {
        var fields = Hidden().Matches(page.Body).ToDictionary(field => Decoded(field, "name"), field => Decoded(field, "value"), StringComparer.Ordinal);
        foreach (var (name, value) in otherwise)
        {
            fields[name] = value;
        }

        return PostAsync(Decoded(Action().Match(page.Body), "action"), fields);
    }

    /// <summary>Comes with the cookie of a session that somebody signed in to.</summary>
    public void Bring(string cookie, string value) => Cookies[cookie] = $"{cookie}={value}";

    public void Dispose() => http.Dispose();

    private async Task<Visit> SendAsync(HttpRequestMessage request)
    {
        using var owned = request;
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Values.Select(cookie => cookie.Split(';')[0])));
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var name = cookie.Split('=')[0];
            Cookies[name] = cookie;
            if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                Cookies.Remove(name);
            }
        }

        return new(answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync());
    }

    private static string Decoded(Match match, string group) => WebUtility.HtmlDecode(match.Groups[group].Value);

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Hidden();

    [GeneratedRegex("""<form method="post" action="(?<action>[^"]*)">""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Action();
}
