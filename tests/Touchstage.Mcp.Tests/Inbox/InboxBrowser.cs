using System.Net;

namespace Touchstage.Mcp.Tests.Inbox;

/// <summary>A browser without script: it keeps cookies, follows nothing by itself, and sends forms as they stand on the page.</summary>
internal sealed class InboxBrowser : IDisposable
{
    private readonly HttpClient http;

    public InboxBrowser(Uri url, string cookieName, string cookie)
    {
        var cookies = new CookieContainer();
        cookies.Add(url, new Cookie(cookieName, cookie, "/"));
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = url };
    }

    public Task<InboxPage> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<InboxPage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Fills in a form of a page and sends it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="typed">What is typed, chosen or pressed.</param>
    public Task<InboxPage> SubmitAsync(InboxPage page, string action, params (string Name, string Value)[] typed)
    {
        var fields = page.Fields(action);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return PostAsync(action, fields);
    }

    /// <summary>Opens a case and fills in one of its forms.</summary>
    public async Task<InboxPage> ActAsync(string id, string verb, params (string Name, string Value)[] typed) =>
        await SubmitAsync(await GetAsync($"/inbox/approvals/{id}"), $"/inbox/approvals/{id}/{verb}", typed);

    /// <summary>The stream of changes.</summary>
    public async Task<StreamReader> ChangesAsync() => new(await http.GetStreamAsync(new Uri("/inbox/changes", UriKind.Relative)));

    public void Dispose() => http.Dispose();

    private async Task<InboxPage> SendAsync(HttpRequestMessage request)
    {
        using var owned = request;
        using var answer = await http.SendAsync(request);
        return new(answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync());
    }
}
