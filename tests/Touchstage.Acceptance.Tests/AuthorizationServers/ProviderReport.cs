using System.Text.Json;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>What the authorization server and its API saw.</summary>
/// <param name="Requests">How many of what: <c>token</c> for all of the token endpoint, and <c>GRANT ok</c> or <c>GRANT ERROR</c>; <c>revoked</c> for grants ended by reuse.</param>
/// <param name="Calls">The API's calls, in order.</param>
/// <param name="Issued">Every token that was given.</param>
internal sealed record ProviderReport(IReadOnlyDictionary<string, int> Requests, IReadOnlyList<JsonElement> Calls, IReadOnlyList<string> Issued)
{
    public static ProviderReport Of(JsonElement said) => new(
        said.GetProperty("requests").Deserialize<Dictionary<string, int>>()!, [.. said.GetProperty("calls").EnumerateArray()], said.GetProperty("issued").Deserialize<List<string>>()!);

    public int Count(string what) => Requests.GetValueOrDefault(what);
}
