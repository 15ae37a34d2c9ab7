using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies;

/// <summary>What the answer of a look-up shows of a step, and how that was told.</summary>
internal sealed class Evidence
{
    private readonly VerifyDeclaration declared;
    private readonly Evaluation succeeded;
    private readonly Evaluation? failed;

    private Evidence(VerifyDeclaration declared, Evaluation succeeded, Evaluation? failed) =>
        (this.declared, this.succeeded, this.failed) = (declared, succeeded, failed);

    /// <summary>What it shows.</summary>
    // Invariant: an answer shows something only if everything that is asked of it has a clear answer; what contradicts itself or cannot be evaluated shows nothing.
    public EvidenceKind Kind => succeeded.IsTrue && failed?.IsFalse is not false ? EvidenceKind.Succeeded
        : succeeded.IsFalse && failed?.IsTrue is true ? EvidenceKind.Failed
        : EvidenceKind.None;

    /// <summary>Weighs an answer that fits the look-up's schema.</summary>
    public static Evidence Of(VerifyDeclaration declared, CanonicalJson arguments, string stepId, CanonicalJson answer)
    {
        var input = new EvidenceInput(declared.Types, arguments, stepId, answer);
        return new(declared, declared.Succeeded.Evaluate(input), declared.Failed?.Evaluate(input));
    }

    /// <summary>What each condition came to (<c>{ succeeded, failed? }</c>), without any value of the answer.</summary>
    public JsonObject Describe()
    {
        var described = new JsonObject { ["succeeded"] = Word(succeeded) };
        if (failed is not null)
        {
            described["failed"] = Word(failed);
        }

        return described;
    }

    /// <summary>The same for an author, with the values that were read.</summary>
    public string Explain() => string.Join('\n', Lines());

    private IEnumerable<string> Lines()
    {
        yield return Line("succeeded", declared.Succeeded, succeeded);
        if (declared.Failed is { } condition && failed is not null)
        {
            yield return Line("failed", condition, failed);
        }
    }

    private static string Line(string name, Condition condition, Evaluation evaluation) =>
        $"{name}: {condition.Text} = {Word(evaluation)}{(evaluation.Error is { } error ? $" ({error})" : "")} [{string.Join(", ", evaluation.Reads.Select(read => $"{read.Path} = {read.Value}"))}]";

    private static string Word(Evaluation evaluation) => evaluation.IsTrue ? "true" : evaluation.IsFalse ? "false" : "error";
}
