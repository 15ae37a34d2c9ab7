using System.Text.Json;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// What an agent may know of a capability: what it does and what it takes. Never its rules, thresholds or facts, which would be an oracle for the
/// model.
/// </summary>
/// <param name="Name">The MCP tool's name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="InputSchema">
/// JSON Schema (draft 2020-12) of the arguments: a closed object, inlined, without <c>$schema</c>, <c>$id</c>, <c>$ref</c>, <c>$defs</c> and <c>x-*</c>. A tool whose calls can be
/// held also takes the optional texts <c>_user_request</c> and <c>_reasoning</c>.
/// </param>
/// <param name="OutputSchema">JSON Schema of the structured result: the shared envelope, with the capability's own output at <c>result</c>.</param>
/// <param name="Effects">What it does to the world.</param>
/// <param name="IsIdempotent">Whether doing it twice is doing it once.</param>
/// <param name="CanBeHeld">Whether a call can be held for a person to decide.</param>
public sealed record ToolDescription(
    string Name, string Title, string Description, JsonElement InputSchema, JsonElement OutputSchema, Effects Effects, bool IsIdempotent, bool CanBeHeld)
{
    /// <summary>
    /// The JSON of the resource <c>touchstage://capabilities/{name}</c>: <c>{ name, title, description, effects, idempotent, can_be_held, input
    /// }</c>.
    /// </summary>
    /// <returns>Compact JSON.</returns>
    public string ToResourceJson() => PublishedSchemas.Resource(this);
}
