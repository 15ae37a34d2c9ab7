using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Conditions.TaggedValues;

/// <summary>Evaluates one line after the other, each for itself.</summary>
internal sealed class PolicyLanguage : IPolicyLanguage
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 * ConditionLimits.ValueDepth };
    private static readonly JsonWriterOptions Deep = new() { MaxDepth = 4 * ConditionLimits.ValueDepth };

    /// <inheritdoc/>
    public string Evaluate(string line, bool plain = false)
    {
        var (trial, problem) = Read(line, plain);
        return trial is null ? Error(problem ?? "The line is malformed.") : Answer(trial, plain);
    }

    private static (Trial? Trial, string? Problem) Read(string line, bool plain)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return Trial.Read(document.RootElement, plain);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Text with half a surrogate pair is the one thing that parses, and throws InvalidOperationException when it is read.
            return (null, "The line is not one JSON object, or has the same member twice, or text that is not Unicode.");
        }
    }

    private static string Answer(Trial trial, bool plain)
    {
        var load = Condition.Compile(trial.Expression, trial.Environment, CelType.Dyn);
        if (load.Condition is not { } condition)
        {
            return Error(string.Join(' ', load.Problems.Select(p => p.Sentence)));
        }

        if (trial.IsCheckOnly)
        {
            return Write(writer => writer.WriteString("type", TypeName.Of(condition.Type)));
        }

        var evaluation = condition.Evaluate(trial);
        return evaluation.Kind != EvaluationKind.Value ? Error(evaluation.Error ?? "The expression has no value.") : Write(writer =>
        {
            writer.WritePropertyName("value");
            if (plain)
            {
                writer.WriteRawValue(CelJson.Write(evaluation.Value));
            }
            else
            {
                TaggedValue.Write(writer, evaluation.Value);
            }
        });
    }

    private static string Error(string message) => Write(writer => writer.WriteString("error", message));

    private static string Write(Action<Utf8JsonWriter> member)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Deep))
        {
            writer.WriteStartObject();
            member(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
