using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

internal sealed partial class ProposedAction
{
    /// <summary>The stage <c>validate</c>: received text becomes canonical arguments that fit the schema, and the request they come to.</summary>
    internal sealed class Validator
    {
        private const int MaxNarrativeLength = 2_000;

        [SuppressMessage("Performance", "CA1822", Justification = "A stage comes from DI: nobody validates without having been handed the validator.")]
        public Result<ProposedAction> Validate(ResolvedAction action, string argumentsJson, Narrative narrative)
        {
            if (!CanonicalJson.Parse(argumentsJson).TryGet(out var received, out var refusal))
            {
                return refusal;
            }

            var capability = action.Scope.Capability;
            var (arguments, told) = capability.Approval is null ? (received, Narrative.None) : SplitNarrative(received);
            var problems = capability.Input.Validate(arguments);
            if (!problems.IsEmpty)
            {
                return ArgumentRefusals.Invalid(problems);
            }

            if (!capability.Request.Render(action.Scope.Connection.BaseUrl, arguments).TryGet(out var request, out refusal) ||
                !capability.Request.Render(action.Scope.Connection.BaseUrl, capability.Input.Mask(arguments)).TryGet(out var masked, out refusal))
            {
                return refusal;
            }

            return new ProposedAction(
                action, arguments, request, masked, new(Cut(narrative.UserRequest ?? told.UserRequest), Cut(narrative.Reasoning ?? told.Reasoning)));
        }

        // The two are not arguments of the capability: they are taken off before anything is validated, digested or sent.
        private static (CanonicalJson Arguments, Narrative Told) SplitNarrative(CanonicalJson received)
        {
            if (received.ToNode() is not JsonObject all)
            {
                return (received, Narrative.None);
            }

            var told = new Narrative(Take(all, Narrative.UserRequestArgument), Take(all, Narrative.ReasoningArgument));
            return (CanonicalJson.Of(all), told);
        }

        private static string? Take(JsonObject all, string name) =>
            all.Remove(name, out var node) && node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

        // By whole characters, and what is no character at all (half a surrogate pair) is replaced: the text is stored in documents that hold only well-formed Unicode.
        private static string? Cut(string? text) => text is null
            ? null
            : string.Concat(text.EnumerateRunes().Take(MaxNarrativeLength)) + (text.Length > 2 * MaxNarrativeLength || text.EnumerateRunes().Count() > MaxNarrativeLength ? "…" : "");
    }
}
