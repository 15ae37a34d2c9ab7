using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What a person would change, as a JSON merge patch: from <c>--set</c>, or from <c>--changes</c> as text, file or standard input.</summary>
internal sealed class ChangesSource(Terminal terminal)
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>What <c>--changes</c> says or points to.</summary>
    /// <exception cref="UsageException">It is not there, or is not JSON.</exception>
    public async Task<JsonElement> ReadAsync(string given, CancellationToken cancellation)
    {
        var text = given switch
        {
            "-" => await ReadAsync(terminal.In, cancellation),
            ['@', .. var name] => await ReadFileAsync(Path.GetFullPath(name, terminal.CurrentDirectory), cancellation),
            _ => given,
        };
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw new UsageException("""--changes is not JSON. It is an object of the arguments to change and their new values, such as {"amount": 20}; null takes one out.""");
        }
    }

    /// <summary>What <c>--set</c> says, each value in its argument's type.</summary>
    /// <exception cref="UsageException">One is not NAME=VALUE, or is there twice.</exception>
    public static JsonElement From(IEnumerable<string> pairs, JsonElement form)
    {
        var changes = new JsonObject();
        foreach (var pair in pairs)
        {
            var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (pair[..at], pair[(at + 1)..]) : throw new UsageException("--set is NAME=VALUE, such as --set amount=20.");
            if (!changes.TryAdd(name, FormValue.Of(form, name, value)))
            {
                throw new UsageException("--set gives one argument twice.");
            }
        }

        return JsonSerializer.SerializeToElement(changes);
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"--changes names {path}, which does not exist.");
        }

        await using var file = File.OpenRead(path);
        return await ReadAsync(file, cancellation);
    }

    private static async Task<string> ReadAsync(Stream source, CancellationToken cancellation)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > MaxBytes ? throw new UsageException($"--changes points to more than {MaxBytes} bytes.") : Encoding.UTF8.GetString(buffer.AsSpan(0, length));
    }
}
