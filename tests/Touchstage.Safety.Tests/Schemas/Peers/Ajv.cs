using System.Diagnostics;
using System.Text.Json;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>Ajv's build for draft 2020-12, in one process of Node that is asked again and again, one question at a time.</summary>
internal sealed class Ajv : IDisposable
{
    private readonly Lock turn = new();
    private readonly Process node = NodePackages.Start("validate.mjs");

    /// <summary>What Ajv makes of each instance.</summary>
    public Verdict[] Validate(string schema, IReadOnlyCollection<string> instances)
    {
        var answer = JsonElement.Parse(Ask($$"""{"schema":{{schema}},"instances":[{{string.Join(',', instances)}}]}"""));
        return answer.TryGetProperty("error", out var error)
            ? [.. instances.Select(_ => new Verdict(null, error.GetString()!))]
            : [.. answer.GetProperty("valid").EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String ? new(null, one.GetString()!) : new Verdict(one.GetBoolean(), ""))];
    }

    // It is waited for on this thread: were the answer read on another of the pool, those that wait for their turn could take every one that there is. And there are schemas for which Ajv takes
    // for ever.
    private string Ask(string question)
    {
        lock (turn)
        {
            using var late = new CancellationTokenSource(Patience.ForAnEvent);
            using var end = late.Token.Register(node.Kill);
            node.StandardInput.WriteLine(question);
            node.StandardInput.Flush();
            return node.StandardOutput.ReadLine()
                ?? throw (late.IsCancellationRequested ? new TimeoutException($"Ajv did not judge within {Patience.ForAnEvent}: {question}") : new InvalidOperationException("Node ended; what it said is above."));
        }
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
