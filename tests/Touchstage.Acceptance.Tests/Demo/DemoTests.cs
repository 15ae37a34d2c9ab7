using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Touchstage.Acceptance.Tests.Demo;

/// <summary>The story that a stranger sees first.</summary>
public sealed partial class DemoTests(DemoOnce demo) : IClassFixture<DemoOnce>
{
    private const char Escape = '\u001b';

    private static readonly string[] Scenes =
    [
        "1. Two tenants, two lists of tools", "2. Allowed", "3. Held, and approved by a person", "4. Held, and changed by a person", "5. Held, and rejected",
        "6. Two people must say yes", "7. The same tool, another role", "8. Forbidden", "9. Only for a verified e-mail address", "10. A limit", "11. Kept apart", "12. The product by itself",
        "13. The record",
    ];

    [Fact]
    public void It_ends_with_0_after_the_story() => demo.Run.ExitCode.ShouldBe(0, demo.Run.Output + demo.Run.Error);

    [Fact]
    public void Every_scene_is_told_and_came_out_as_it_should()
    {
        foreach (var scene in Scenes)
        {
            demo.Run.Output.ShouldContain($"── {scene} ─");
        }

        demo.Run.Output.Split('\n').Count(line => line.StartsWith("  ✓ ", StringComparison.Ordinal)).ShouldBe(Scenes.Length + 1);
        demo.Run.Output.ShouldContain("Every scene came out as it should");
        demo.Run.Output.ShouldNotContain("✗");
    }

    [Fact]
    public void Redirected_it_is_plain_text_of_bounded_width()
    {
        demo.Run.Output.ShouldNotContain(Escape);
        demo.Run.Output.Split('\n').ShouldAllBe(line => line.Length <= 100);
    }

    [Fact]
    public void It_names_approvals_steps_and_ledger_entries_and_shows_what_the_product_received()
    {
        demo.Run.Output.ShouldMatch(@"HELD +apr_[a-z0-9]+");
        demo.Run.Output.ShouldMatch(@"ALLOWED +stp_[a-z0-9]+");
        demo.Run.Output.ShouldMatch(@"ledger +acme #\d+");
        demo.Run.Output.ShouldMatch(@"POST /v1/payments/pay_1004/refunds -> 201: refunded 120 EUR of pay_1004 as ref_2\s+account acme by step token, as refund_user,\s+step stp_");
        demo.Run.Output.ShouldMatch(@"GET /v1/payments/pay_1004 -> 200: answered: nothing was changed\s+account globex by access token, as get_payment,\s+step stp_");
    }

    [Fact]
    public void Nothing_that_leaves_the_processes_or_stays_on_disk_holds_a_key_or_a_token()
    {
        var places = Directory.EnumerateFiles(demo.Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, Read, StringComparer.Ordinal);
        places.Keys.ShouldContain(file => file.EndsWith("touchstage.db", StringComparison.Ordinal));
        places.Keys.ShouldContain(file => file.EndsWith("server.log", StringComparison.Ordinal));
        places["standard output"] = demo.Run.Output;
        places["standard error"] = demo.Run.Error;

        var found = places.SelectMany(place => Secret().Matches(place.Value).Select(match => string.Create(CultureInfo.InvariantCulture, $"{place.Key}: {match.Value[..6]}… at {match.Index}")));

        found.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_option_is_a_usage_error()
    {
        var run = await Executable.RunAsync("demo", "--onec");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--onec");
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("touchstage-acceptance-").FullName;
        try
        {
            var file = Path.Combine(folder, "mine.txt");
            await File.WriteAllTextAsync(file, "mine");

            var run = await Executable.RunAsync("demo", "--once", "--data", folder);

            run.ExitCode.ShouldBe(1);
            run.Output.ShouldContain("is not empty");
            Directory.GetFileSystemEntries(folder).ShouldBe([file]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Read(string file) => Encoding.Latin1.GetString(File.ReadAllBytes(file));

    // The product's keys and access tokens, session keys, and step tokens, which like every JWT begin with the letters of '{"'. Signed votes are no secret.
    [GeneratedRegex(@"sk_(?:demo|access)_[A-Za-z0-9_-]{8,}|ts_(?:agent|approver)_[A-Za-z0-9_-]{8,}|eyJ(?!0eXAiOiJ0b3VjaHN0YWdlLXZv|hcHByb3ZhbCI6)[A-Za-z0-9_-]{10,}\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Secret();
}
