using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Completion;

/// <summary>What <c>touchstage completion bash</c> prints is sourced by a real bash, which then completes on the real executable.</summary>
public sealed class BashCompletionTests
{
    // What every verb has may stand among them where anything may come.
    private static readonly string[] Everywhere = ["--allow-network", "--capabilities", "--data", "--help", "--issuer", "--json", "--key-certificate", "--key-certificate-password", "--key-ring", "--store", "--verbose"];

    [Theory]
    [InlineData("touchstage po", "policy")]
    [InlineData("touchstage policy s", "simulate suggest")]
    [InlineData("touchstage session create acme --kind ", "agent approver")]
    [InlineData("touchstage session create acme --ki", "--kind")]
    [InlineData("touchstage completion ", "bash fish pwsh zsh")]
    [InlineData("touchstage keys rotate --only s", "signing")]
    [InlineData("touchstage  import   openapi --o", "--only --out")]
    [InlineData("touchstage nonsense-", "")]
    public async Task Bash_completes_verbs_options_and_their_values(string typed, string expected)
    {
        var run = await Command.RunAsync(Shell($$"""
            source <(touchstage completion bash)
            COMP_LINE='{{typed}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(touchstage); COMP_CWORD=1
            _touchstage
            printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' '
            """));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Everywhere.Contains(word, StringComparer.Ordinal)).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bash_takes_what_is_typed_for_text()
    {
        var run = await Command.RunAsync(Shell("""
            source <(touchstage completion bash)
            COMP_LINE='touchstage check $(echo ran >&2) `echo ran >&2` --c'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(touchstage); COMP_CWORD=1
            _touchstage
            complete -p touchstage
            """));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("-F _touchstage touchstage");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_shell_is_given_a_script(string shell)
    {
        var run = await Command.RunAsync(Shell($"touchstage completion {shell}"));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("[suggest:");
        run.Output.ShouldNotContain("\r");
    }

    private static System.Diagnostics.ProcessStartInfo Shell(string script)
    {
        var path = $"{Path.GetDirectoryName(Executable.Touchstage)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return Command.Of("bash", ["--norc", "-c", script], new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = path });
    }
}
