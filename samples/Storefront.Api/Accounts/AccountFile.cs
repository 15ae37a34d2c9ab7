using System.Text.Json;

namespace Storefront.Api.Accounts;

/// <summary>Reads the accounts file: <c>[{ "account": "acme", "tenant": "acme", "apiKeys": ["…"], "clients": [{ "id": "…", "secret": "…" }] }]</c>; keys and clients may be left out.</summary>
public static class AccountFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The accounts of a file.</summary>
    /// <exception cref="FormatException">The file cannot be read, or is not as described; the message says where and what.</exception>
    public static IReadOnlyList<Account> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Strict);
            var accounts = document.RootElement.EnumerateArray().Select((item, index) => ReadOne(path, item, index)).ToList();
            return accounts.Select(account => account.Name).Distinct(StringComparer.Ordinal).Count() == accounts.Count
                && accounts.SelectMany(account => account.ApiKeys) is var keys && keys.Distinct(StringComparer.Ordinal).Count() == keys.Count()
                    ? accounts
                    : throw new FormatException($"{path}: an account or an API key is listed twice.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new FormatException($"{path}: cannot be read as a list of accounts: {failed.Message}", failed);
        }
    }

    private static Account ReadOne(string path, JsonElement item, int index)
    {
        var name = Text(item, "account");
        var tenant = Text(item, "tenant");
        var keys = item.TryGetProperty("apiKeys", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(key => key.GetString()).ToList()
            : [];
        var clients = item.TryGetProperty("clients", out var listed) ? listed.EnumerateArray().Select(client => (Id: Text(client, "id"), Secret: Text(client, "secret"))).ToList() : [];
        return name is not null && tenant is not null && keys.TrueForAll(key => !string.IsNullOrWhiteSpace(key)) && clients.TrueForAll(client => client is { Id: not null, Secret: not null })
            ? new(name, tenant, keys.ConvertAll(key => key!)) { Clients = [.. clients.Select(client => new OAuthClient(client.Id!, client.Secret!))] }
            : throw new FormatException($"{path}: account {index + 1} needs \"account\" and \"tenant\", no empty \"apiKeys\", and \"id\" and \"secret\" for each of its \"clients\".");
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
