using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>No namespace can be reached from itself by what its types use. Every use that closes a cycle is named.</summary>
public sealed class NamespaceCycles
{
    public static TheoryData<string> Libraries => [.. Assemblies.OutsideOfTests.Select(assembly => assembly.Name.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_namespace_is_in_a_cycle(string assembly) =>
        InCycles(Assemblies.OutsideOfTests.Single(a => a.Name.Name == assembly)).ShouldBeEmpty();

    [Fact]
    public void A_planted_cycle_is_found() => InCycles(Assemblies.Planted("NamespaceCycles")).ShouldBe(
        [
            "Planted.Day.Noon uses Planted.Twilight.Dusk",
            "Planted.Night.Midnight uses Planted.Day.Noon",
            "Planted.Twilight.Dusk uses Planted.Night.Midnight",
        ]);

    // What the compiler makes on the side, such as the type behind a collection expression, has no namespace and is everybody's.
    private static IEnumerable<string> InCycles(AssemblyDefinition assembly)
    {
        var uses = assembly.MainModule.Types.Where(type => !type.IsGenerated())
            .SelectMany(type => type.Uses().Select(used => used.Outermost()).Select(used => (Type: type, Used: used)))
            .Where(use => use.Used.Scope == assembly.MainModule && use.Used.Namespace != use.Type.Namespace && !use.Used.Name.Contains('<', StringComparison.Ordinal))
            .Select(use => (From: use.Type.Namespace, To: use.Used.Namespace, Text: $"{use.Type.FullName} uses {use.Used.FullName}"))
            .Distinct()
            .ToLookup(use => use.From, StringComparer.Ordinal);
        var reached = uses.ToDictionary(from => from.Key, from => Reached(uses, from.Key), StringComparer.Ordinal);
        return uses.SelectMany(from => from).Where(use => reached.TryGetValue(use.To, out var back) && back.Contains(use.From)).Select(use => use.Text).Order(StringComparer.Ordinal);
    }

    private static HashSet<string> Reached(ILookup<string, (string From, string To, string Text)> uses, string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var space))
        {
            foreach (var next in uses[space].Select(use => use.To).Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }
}
