using System.Text.Json;

namespace Touchstage.Safety.Approvals;

/// <summary>A case with its sensitive values, shown once; who had them shown is recorded. Prints as <c>***</c>.</summary>
public sealed class RevealedArguments
{
    internal RevealedArguments(JsonElement arguments, JsonElement request) => (Arguments, Request) = (arguments, request);

    /// <summary>The arguments, a JSON object.</summary>
    public JsonElement Arguments { get; }

    /// <summary>What would be sent: <c>{ method, uri, headers, body }</c>.</summary>
    public JsonElement Request { get; }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
