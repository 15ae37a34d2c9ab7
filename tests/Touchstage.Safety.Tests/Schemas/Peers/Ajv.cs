using System.Diagnostics;
using System.Text.Json;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>Ajv's build for draft 2020-12, in one process of Node that is asked again and again, one question at a time.</summary>
internal sealed class Ajv : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock turn = new();
    private readonly Process node = NodePackages.Start("validate.mjs");

    /// <summary>What Ajv makes of each instance.</summary>
    public Verdict[] Validate(string schema, IReadOnlyCollection<string> instances)
    {
        string? line;
        lock (turn)
        {
            node.StandardInput.WriteLine($$"""{"schema":{{schema}},"instances":[{{string.Join(',', instances)}}]}""");
            node.StandardInput.Flush();
            line = Answer(schema);
        }

        var answer = JsonElement.Parse(line ?? throw new InvalidOperationException("Node ended; what it said is above."));
        return answer.TryGetProperty("error", out var error)
            ? [.. instances.Select(_ => new Verdict(null, error.GetString()!))]
            : [.. answer.GetProperty("valid").EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String ? new(null, one.GetString()!) : new Verdict(one.GetBoolean(), ""))];
    }

    // There are schemas for which Ajv takes for ever.
    private string? Answer(string schema)
    {
        var answer = node.StandardOutput.ReadLineAsync();
        if (!answer.Wait(Patience))
        {
            node.Kill();
            throw new TimeoutException($"Ajv did not judge within {Patience}: {schema}");
        }

        return answer.Result;
    }

    public void Dispose()
    {
        if (!node.HasExited)
        {
            node.StandardInput.Close();
        }

        node.WaitForExit();
        node.Dispose();
    }
}
