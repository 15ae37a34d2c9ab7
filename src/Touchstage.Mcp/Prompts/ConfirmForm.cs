using ModelContextProtocol.Protocol;
using Touchstage.Safety.Actions;

namespace Touchstage.Mcp.Prompts;

/// <summary>The form in which a change is confirmed, after it was shown what would come of it.</summary>
internal static class ConfirmForm
{
    /// <summary>The question's name.</summary>
    public const string Key = "confirmation";

    private const string Confirm = "confirm";

    public static string Message(ModificationPreview preview) =>
        $"{PreviewText.Of(preview)}\nHow to decide\n    {Confirm}: {PreviewText.Effect(preview)}\n    cancel:  nothing is recorded, and what was proposed goes on waiting";

    public static ElicitRequestParams.RequestSchema Fields() => new()
    {
        Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
        {
            [Confirm] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Title = "Change it?", Enum = [Confirm, "cancel"] },
        },
        Required = [Confirm],
    };

    /// <summary>Whether it was confirmed; anything else is a No.</summary>
    public static bool IsConfirmed(ElicitResult answer) =>
        answer.IsAccepted && answer.Content is { } content && content.TryGetValue(Confirm, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String && value.GetString() == Confirm;
}
