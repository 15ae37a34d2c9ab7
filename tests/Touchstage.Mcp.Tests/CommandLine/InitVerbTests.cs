using System.Text.Json;
using Touchstage.Mcp.CommandLine;
using Touchstage.Mcp.Starter;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class InitVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-init-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    private string Made => Path.Combine(folder, "shop");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_folder_holds_what_check_and_the_strict_policy_tests_pass()
    {
        (await RunAsync("init shop")).ShouldBe(ExitCode.Done, error.ToString());
        Files(Made).ShouldBe([".gitignore", "README.md", "capabilities/capability.schema.json", "capabilities/credits/issue_credit.yaml", "tenants/acme.yaml"]);
        output.ToString().ShouldContain($"  cd {Made}");

        (await RunAsync("check", Made)).ShouldBe(ExitCode.Done, error.ToString());
        (await RunAsync("policy test --strict", Made)).ShouldBe(ExitCode.Done, output.ToString());
        error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task In_the_current_folder_there_is_nowhere_to_go_first()
    {
        Directory.CreateDirectory(Made);
        (await RunAsync("init", Made)).ShouldBe(ExitCode.Done, error.ToString());
        output.ToString().ShouldNotContain("  cd ");
        File.Exists(Path.Combine(Made, "README.md")).ShouldBeTrue();
    }

    [Fact]
    public async Task Editors_are_shown_the_schema_beside_the_manifest()
    {
        await RunAsync("init shop");
        var manifest = Path.Combine(Made, "capabilities", "credits", "issue_credit.yaml");
        var first = (await File.ReadAllLinesAsync(manifest))[0];
        first.ShouldStartWith("# yaml-language-server: $schema=");
        var schema = Path.GetFullPath(first[(first.IndexOf('=', StringComparison.Ordinal) + 1)..], Path.GetDirectoryName(manifest)!);
        JsonElement.Parse(await File.ReadAllTextAsync(schema)).GetProperty("title").GetString().ShouldBe("Touchstage capability manifest");
    }

    [Fact]
    public async Task Whoever_else_uses_the_machine_cannot_look_into_the_store()
    {
        await RunAsync("init shop");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(Made, "data")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        (await File.ReadAllLinesAsync(Path.Combine(Made, ".gitignore"))).ShouldContain("/data/");
    }

    [Fact]
    public async Task What_is_in_the_way_is_listed_whole_and_nothing_is_written()
    {
        Directory.CreateDirectory(Path.Combine(Made, "capabilities"));
        await File.WriteAllTextAsync(Path.Combine(Made, "README.md"), "mine");
        await File.WriteAllTextAsync(Path.Combine(Made, "tenants"), "a file where a folder would be");

        (await RunAsync("init shop")).ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain("README.md");
        error.ToString().ShouldContain("tenants");
        Files(Made).ShouldBe(["README.md", "tenants"]);
        (await File.ReadAllTextAsync(Path.Combine(Made, "README.md"))).ShouldBe("mine");
        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Done_twice_it_refuses_the_second_time()
    {
        (await RunAsync("init shop")).ShouldBe(ExitCode.Done);
        (await RunAsync("init shop")).ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain("issue_credit.yaml");
    }

    [Fact]
    public async Task A_link_is_in_the_way_wherever_it_leads()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "elsewhere")).FullName;
        Directory.CreateDirectory(Made);
        Directory.CreateSymbolicLink(Path.Combine(Made, "capabilities"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(Made, "README.md"), Path.Combine(folder, "nowhere"));

        (await RunAsync("init shop")).ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain("capabilities");
        error.ToString().ShouldContain("README.md");
        Files(elsewhere).ShouldBeEmpty();
        File.Exists(Path.Combine(folder, "nowhere")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_is_no_folder()
    {
        await File.WriteAllTextAsync(Made, "mine");
        (await RunAsync("init shop")).ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain("is a file");
    }

    [Fact]
    public void What_was_written_before_a_failure_is_taken_away_again()
    {
        var files = new NewFiles(Made);
        Should.Throw<IOException>(() => files.Write([new("a/b/one.txt", "1"), new("a/two.txt", "2"), new("a/b/one.txt", "again")], "data"));
        Directory.Exists(Made).ShouldBeFalse();
    }

    [Fact]
    public void What_comes_into_being_meanwhile_is_not_overwritten_and_not_taken_away()
    {
        Directory.CreateDirectory(Made);
        File.WriteAllText(Path.Combine(Made, "two.txt"), "mine");
        Should.Throw<IOException>(() => new NewFiles(Made).Write([new("one.txt", "1"), new("two.txt", "2")]));
        Files(Made).ShouldBe(["two.txt"]);
        File.ReadAllText(Path.Combine(Made, "two.txt")).ShouldBe("mine");
    }

    [Theory]
    [InlineData("/home/ada/shop", "/home/ada/shop")]
    [InlineData("/home/ada/my shop", "'/home/ada/my shop'")]
    [InlineData("/it's", @"'/it'\''s'")]
    [InlineData("/a;rm", "'/a;rm'")]
    [InlineData("", "''")]
    public void A_folder_in_a_command_is_one_word(string text, string word) => ShellWord.Of(text).ShouldBe(word);

    private static string[] Files(string root) =>
        [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private async Task<int> RunAsync(string line, string? at = null) =>
        await new Cli(ScriptedTerminal.In(at ?? folder, output, error), Verbs.All).RunAsync(line.Split(' '), CancellationToken.None);
}
