using System.Text.Json;

namespace Touchstage.Mcp.Demo;

/// <summary>The sample product, seen by its owner: what it received, and what it says to a call that does not come from Touchstage.</summary>
internal sealed class Storefront(HttpClient http, Uri address, DemoSecrets secrets)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private long seen;

    /// <summary>What the product received since this was asked last.</summary>
    public async Task<IReadOnlyList<ReceivedRequest>> WhatIsNewAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/journal"));
        request.Headers.Add("X-Owner-Key", secrets.OwnerKey);
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        var journal = await answer.Content.ReadFromJsonAsync<JsonElement>(Json, cancellation);
        var entries = journal.GetProperty("entries").Deserialize<List<ReceivedRequest>>(Json) ?? [];
        var added = entries.Where(entry => entry.Number > seen).OrderBy(entry => entry.Number).ToList();
        seen = added.Count == 0 ? seen : added[^1].Number;
        return added;
    }

    /// <summary>Calls the product past Touchstage, as somebody with the tenant's own API key could.</summary>
    public async Task<int> CallDirectlyAsync(string apiKey, string? stepToken, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/payments/pay_1002/refunds"));
        request.Headers.Add("X-Api-Key", apiKey);
        if (stepToken is not null)
        {
            request.Headers.Add("Txn-Token", stepToken);
        }

        request.Content = JsonContent.Create(new { amount = 20 });
        using var answer = await http.SendAsync(request, cancellation);
        return (int)answer.StatusCode;
    }
}
