using System.CommandLine;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Prints what a shell needs to complete verbs, options and their values.</summary>
internal sealed class CompletionVerb() : Verb("completion", "Print the script with which a shell completes what you type.")
{
    // Each asks the executable itself, and falls back to the names of files. Suggestions are compared, never evaluated.
    private const string Bash = """
        # touchstage completion bash; in ~/.bashrc: source <(touchstage completion bash)
        _touchstage() {
          local line=${COMP_LINE:0:COMP_POINT} current=${COMP_LINE:0:COMP_POINT} word
          line=${line#*[[:space:]]}
          current=${current##*[[:space:]]}
          COMPREPLY=()
          while IFS= read -r word; do
            word=${word%$'\r'}
            [[ $word == [a-z0-9]* || $word == --* ]] && [[ $word == "$current"* ]] && COMPREPLY+=("$word")
          done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)
        }
        complete -o default -F _touchstage touchstage
        """;

    private const string Zsh = """
        #compdef touchstage
        # touchstage completion zsh; in ~/.zshrc after compinit: source <(touchstage completion zsh)
        _touchstage() {
          local line="${words[2,CURRENT]}" word
          local -a found
          while IFS= read -r word; do
            [[ $word == [a-z0-9]* || $word == --* ]] && found+=("$word")
          done < <("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)
          compadd -- $found || _files
        }
        compdef _touchstage touchstage
        """;

    private const string Fish = """
        # touchstage completion fish > ~/.config/fish/completions/touchstage.fish
        function __touchstage_suggest
            set -l line (commandline -cp | string replace -r '^\s*\S+\s?' '')
            set -l length (string length -- "$line")
            touchstage "[suggest:$length]" "$line" 2>/dev/null </dev/null | string match -r '^(?:[a-z0-9]|--).*'
        end
        complete -c touchstage -a '(__touchstage_suggest)'
        """;

    private const string PowerShell = """
        # touchstage completion pwsh; in $PROFILE: touchstage completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName touchstage -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $text = "$commandAst".PadRight($cursorPosition).Substring(0, $cursorPosition)
            $line = $text -replace '^\s*\S+\s?', ''
            touchstage "[suggest:$($line.Length)]" "$line" 2>$null |
                Where-Object { $_ -cmatch '^([a-z0-9]|--)' -and $_.StartsWith($wordToComplete, 'Ordinal') } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private readonly Argument<string> shell = new Argument<string>("SHELL") { Description = "Which shell." }.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");

    protected override IEnumerable<Argument> Arguments => [shell];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        // Shells read line feeds only, wherever this was built.
        terminal.Out.Write((parse.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => PowerShell,
        }).ReplaceLineEndings("\n") + "\n");
        return Task.FromResult(ExitCode.Done);
    }
}
