using System.Text;
using System.Text.RegularExpressions;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>Every refusal code is unique, in snake case, can be given, and stands in <c>docs/codes.md</c> with its meaning; nothing else stands there.</summary>
public sealed partial class Codes
{
    private const string Page = "docs/codes.md";
    private const string WriteDocs = "TOUCHSTAGE_WRITE_DOCS";

    [Fact]
    public void Codes_are_well_formed_and_unique() => Malformed(RefusalCodes.Defined(Assemblies.Safety)).ShouldBeEmpty();

    [Fact]
    public void Every_code_can_be_given() => RefusalCodes.NeverGiven(Assemblies.OfSrc).ShouldBeEmpty();

    [Fact]
    public void The_page_lists_the_codes_that_there_are()
    {
        var codes = RefusalCodes.Defined(Assemblies.Safety);
        if (Environment.GetEnvironmentVariable(WriteDocs) is "1")
        {
            File.WriteAllText(Repository.PathOf(Page), Write(codes));
        }

        Repository.Read(Page).ShouldBe(Write(codes), $"{Page} is generated: {WriteDocs}=1 dotnet test tests/Touchstage.Architecture.Tests --filter {nameof(Codes)}");
    }

    [Fact]
    public void Planted_codes_are_found()
    {
        var planted = Assemblies.Planted("Codes", "Touchstage.Safety");
        var codes = RefusalCodes.Defined(planted);

        Malformed(codes).ShouldBe(
            [
                "Touchstage.Safety.Tenants.TenantRefusals.Computed is not defined by two literals in a static field",
                "Touchstage.Safety.Tenants.TenantRefusals.Loud: code Not-Snake is not in snake case",
                "Touchstage.Safety.Tenants.TenantRefusals.Mute: the meaning is not a sentence",
                "code twice is defined by Touchstage.Safety.Tenants.TenantRefusals.First, Touchstage.Safety.Tenants.TenantRefusals.Second",
            ],
            ignoreOrder: true);
        RefusalCodes.NeverGiven([planted]).ShouldBe(
            ["Touchstage.Safety.Tenants.TenantRefusals.Computed", "Touchstage.Safety.Tenants.TenantRefusals.Dead", "Touchstage.Safety.Tenants.TenantRefusals.DeadBesides"]);
        Write(codes).ShouldContain("| `loud_and_clear` | The tenant has \\| in its name. | Tenants |");
    }

    private static IEnumerable<string> Malformed(IReadOnlyList<CodeField> codes) =>
        codes.Where(code => code.Code is "").Select(code => $"{code.Field} is not defined by two literals in a static field")
            .Concat(codes.Where(code => code.Code is not "" && !SnakeCase().IsMatch(code.Code)).Select(code => $"{code.Field}: code {code.Code} is not in snake case"))
            .Concat(codes.Where(code => code.Code is not "" && !code.Meaning.EndsWith('.')).Select(code => $"{code.Field}: the meaning is not a sentence"))
            .Concat(codes.Where(code => code.Code is not "").GroupBy(code => code.Code, StringComparer.Ordinal).Where(same => same.Count() > 1)
                .Select(same => $"code {same.Key} is defined by {string.Join(", ", same.Select(code => code.Field))}"));

    private static string Write(IReadOnlyList<CodeField> codes)
    {
        var page = new StringBuilder("""
            # Codes

            An expected "no" is a refusal: a permanent code for programs and a reason for readers. A code is never renamed and never given another meaning.
            This page is generated from the code and held to it by a test; CONTRIBUTING.md says how to write it anew.

            | code | when it is given | by |
            |---|---|---|

            """);
        foreach (var code in codes)
        {
            page.Append($"| `{code.Code}` | {code.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} | {code.Field.Split('.')[^3]} |\n");
        }

        return page.ToString();
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SnakeCase();
}
