using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;
using Touchstage.Safety.Actions;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>The stages have one order and one set of names: in the pipeline's own file, in Activities, in a replay of the ledger and in what is documented.</summary>
public sealed class OneOrder
{
    private const string Pipeline = "src/Touchstage.Safety/Actions/ActionPipeline.cs";

    private static readonly string[] Verbs = ["identify", "resolve", "validate", "judge", "permit", "record", "refresh", "mint", "open", "send", "settle"];

    [Fact]
    public void Stage_names_are_the_contracts() => PipelineStage.All.ShouldBe(Verbs);

    [Fact]
    public void The_pipeline_runs_the_stages_in_order() => Run(Source(Pipeline), "RunAsync").ShouldBe(Verbs);

    [Fact]
    public void What_people_approved_runs_the_same_stages_but_for_its_caller_who_is_recalled() => Run(Source(Pipeline), "RunApprovedAsync").ShouldBe(Verbs[1..]);

    [Fact]
    public void A_look_at_a_step_of_unknown_outcome_runs_the_same_stages_but_is_judged_by_nobody() =>
        Run(Source(Pipeline), "VerifyAsync").ShouldBe(Verbs[1..].Except(["judge", "permit"]));

    [Fact]
    public void Each_stage_is_named_after_what_it_calls() => Misnamed(Source(Pipeline)).ShouldBeEmpty();

    [Fact]
    public void Activities_are_started_for_stages_alone() =>
        Assemblies.OfSrc.SelectMany(ActivityStarters).ShouldBe(["Touchstage.Safety.Actions.PipelineTelemetry"]);

    [Fact]
    public void A_replay_tells_the_stages_in_order() => Told(Source("src/Touchstage.Safety/Actions/Replays.cs")).ShouldBe(Verbs);

    [Fact]
    public void The_front_documents_the_stages_in_order() =>
        Repository.Read("src", "Touchstage.Safety", "Actions", "IActions.cs").ShouldContain(string.Join(", ", Verbs));

    [Fact]
    public void Planted_disorder_is_found()
    {
        var planted = Repository.Sources("tests/Touchstage.Architecture.Tests/Planted").Single(source => source.FileName is "OneOrder.cs");

        Run(planted, "RunAsync").ShouldBe(["identify", "judge", "record", "permit", "mint"]);
        Misnamed(planted).ShouldBe(["mint calls nothing of that name", "record calls permitter.Permit()"]);
        Told(planted).ShouldBe(["send", "open"]);
        ActivityStarters(Assemblies.Planted("OneOrder")).ShouldBe(["Planted.Starter"]);
    }

    private static SourceFile Source(string path) => new(path, Repository.Read(path));

    // The stages as they are run from one method on, with the class's own methods read in at the place where they are called.
    private static IEnumerable<string> Run(SourceFile source, string method)
    {
        var methods = source.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>().ToLookup(declared => declared.Identifier.Text, StringComparer.Ordinal);
        return methods[method].Single().DescendantNodes().OfType<InvocationExpressionSyntax>().SelectMany(call => call switch
        {
            { Expression: IdentifierNameSyntax { Identifier.Text: var own } } when methods.Contains(own) => Run(source, own),
            _ when VerbOf(call) is { } verb => [verb],
            _ => Enumerable.Empty<string>(),
        });
    }

    private static IEnumerable<string> Misnamed(SourceFile source) =>
        from call in source.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let verb = VerbOf(call)
        where verb is not null
        let called = call.ArgumentList.Arguments[1].DescendantNodes().OfType<InvocationExpressionSyntax>().Where(inner => inner.Expression is MemberAccessExpressionSyntax).ToArray()
        where !called.Any(inner => ((MemberAccessExpressionSyntax)inner.Expression).Name.Identifier.Text is var name
            && (name.Equals(verb, StringComparison.OrdinalIgnoreCase) || name.Equals(verb + "Async", StringComparison.OrdinalIgnoreCase)))
        select $"{verb} calls {(called is [var first, ..] ? first.ToString() : "nothing of that name")}";

    private static string? VerbOf(InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Stage" or "StageAsync" }, ArgumentList.Arguments: [{ Expression: var verb }, _, ..] }
            ? verb.ToString().Split('.')[^1].ToLowerInvariant()
            : null;

    private static IEnumerable<string> Told(SourceFile source) => source.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Where(access => access.Expression.ToString() is nameof(PipelineStage)).Select(access => access.Name.Identifier.Text.ToLowerInvariant()).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> ActivityStarters(AssemblyDefinition assembly) =>
        (from method in assembly.Methods()
         where method.Instructions().Any(i => i.Operand is MethodReference { Name: "StartActivity" or "CreateActivity", DeclaringType.Name: "ActivitySource" })
         select method.DeclaringType.Outermost().FullName).Distinct(StringComparer.Ordinal);
}
